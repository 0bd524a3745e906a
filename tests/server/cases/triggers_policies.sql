CREATE TRIGGER tr BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-18: orders ShareRowExclusive

CREATE TRIGGER tr AFTER UPDATE OF n ON orders FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-18: orders ShareRowExclusive

CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON orders DEFERRABLE FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-18: orders ShareRowExclusive

CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON orders FROM customers DEFERRABLE FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-18: customers AccessShare; orders ShareRowExclusive

CREATE OR REPLACE TRIGGER accounts_on_update BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-13: error 42601
-- expect 14-18: accounts ShareRowExclusive

CREATE TRIGGER tr BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12: error 42809
-- expect 13-18: readings ShareRowExclusive; readings_1 ShareRowExclusive; readings_2 ShareRowExclusive

CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION on_row();
-- expect 12-18: v ShareRowExclusive

DROP TRIGGER IF EXISTS nope ON accounts;
-- expect 12-18: -

ALTER TRIGGER accounts_on_update ON accounts RENAME TO accounts_t2;
-- expect 12-18: accounts AccessExclusive

ALTER TRIGGER accounts_on_update ON accounts DEPENDS ON EXTENSION plpgsql;
-- expect 12-18: accounts AccessShare

ALTER TABLE accounts DISABLE TRIGGER ALL;
-- expect 12-18: accounts ShareRowExclusive

ALTER TABLE accounts DISABLE TRIGGER USER;
-- expect 12-18: accounts ShareRowExclusive

ALTER TABLE accounts ENABLE TRIGGER accounts_on_update;
-- expect 12-18: accounts ShareRowExclusive

ALTER TABLE accounts ENABLE REPLICA TRIGGER accounts_on_update;
-- expect 12-18: accounts ShareRowExclusive

ALTER TABLE customers DISABLE TRIGGER ALL;
-- expect 12-18: customers ShareRowExclusive

CREATE RULE r AS ON INSERT TO orders DO ALSO NOTHING;
-- expect 12-18: orders AccessExclusive

CREATE OR REPLACE RULE accounts_rule AS ON INSERT TO accounts DO ALSO NOTHING;
-- expect 12-18: accounts AccessExclusive

DROP RULE accounts_rule ON accounts;
-- expect 12-18: accounts AccessExclusive

ALTER TABLE accounts DISABLE RULE accounts_rule;
-- expect 12-18: accounts AccessExclusive

ALTER TABLE accounts ENABLE RULE accounts_rule;
-- expect 12-18: accounts AccessExclusive

ALTER RULE accounts_rule ON accounts RENAME TO accounts_r2;
-- expect 12-18: accounts AccessExclusive

CREATE POLICY p ON orders USING (true);
-- expect 12-18: orders AccessExclusive

ALTER POLICY notes_owner ON notes RENAME TO notes_p2;
-- expect 12-18: notes AccessExclusive

DROP POLICY notes_owner ON notes;
-- expect 12-18: notes AccessExclusive

DROP POLICY IF EXISTS nope ON notes;
-- expect 12-18: -

-- setup: CREATE FUNCTION etf() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION etf();
-- expect 12-18: -
