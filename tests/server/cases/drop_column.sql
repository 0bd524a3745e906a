ALTER TABLE orders DROP COLUMN label;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders DROP COLUMN IF EXISTS nope;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders DROP COLUMN shelf;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders DROP COLUMN total;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders DROP COLUMN n;
-- expect 12-18: error 2BP01

ALTER TABLE payments DROP COLUMN customer_id;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

ALTER TABLE customers DROP COLUMN id;
-- expect 12-18: error 2BP01

ALTER TABLE customers DROP COLUMN id CASCADE;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

ALTER TABLE tickets DROP COLUMN ident;
-- expect 12-18: tickets AccessExclusive; tickets_ident_seq AccessExclusive

ALTER TABLE readings DROP COLUMN customer_id;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

ALTER TABLE readings DROP COLUMN k;
-- expect 12-18: error 42P16

-- setup: CREATE TRIGGER accounts_w BEFORE UPDATE OF val ON accounts FOR EACH ROW EXECUTE FUNCTION on_row();
ALTER TABLE accounts DROP COLUMN val;
-- expect 12-18: error 2BP01

ALTER TABLE notes DROP COLUMN author CASCADE;
-- expect 12-18: notes AccessExclusive

ALTER TABLE customers DROP COLUMN code;
-- expect 12-18: customers AccessExclusive

ALTER TABLE tickets DROP COLUMN gen;
-- expect 12-18: tickets AccessExclusive
