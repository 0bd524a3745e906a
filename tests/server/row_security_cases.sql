-- Sequences of DDL, and whose rows the roles see after them: leak (another tenant's), deny (none, or an error), isolated.
--
-- Each case begins with the line `-- case: what it is about` and runs after the prelude, as the role `keeper`, who owns what
-- it makes. `-- see: relation role=verdict …` says what must come out, by migcheck and by the server: `owner` is keeper,
-- `other` is app, who has been granted SELECT on everything; further roles go by their names. `-- pg: 15` asks for a newer
-- server. Rows belong to team 1 or 2: by their team_id, or else by the tens of their id.
--
-- tests/row_access_test.cpp reads this file for migcheck, tests/server/row_security.py for PostgreSQL.

-- prelude
CREATE TABLE teams (id int PRIMARY KEY);
CREATE TABLE members (team_id int NOT NULL REFERENCES teams, user_id int NOT NULL, PRIMARY KEY (team_id, user_id));
CREATE TABLE orders (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, state text NOT NULL DEFAULT 'open');
CREATE TABLE items (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders);
INSERT INTO teams VALUES (1), (2);
INSERT INTO members VALUES (1, 1), (2, 2);
INSERT INTO orders VALUES (11, 1, 'open'), (12, 1, 'closed'), (21, 2, 'open'), (22, 2, 'closed');
INSERT INTO items VALUES (11, 11), (21, 21);

-- case: nothing is enabled
-- see: orders owner=leak other=leak

-- case: a policy without ENABLE filters nothing
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=leak

-- case: ENABLE without a policy hides every row
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- see: orders owner=leak other=deny

-- case: ENABLE and FORCE without a policy
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- see: orders owner=deny other=deny

-- case: FORCE without ENABLE does nothing
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=leak

-- case: ENABLE and a policy on the tenant
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated

-- case: forced, the owner is held to it too
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=isolated other=isolated

-- case: NO FORCE takes it back
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
-- see: orders owner=leak other=isolated

-- case: DISABLE takes it back
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
-- see: orders owner=leak other=leak

-- case: DISABLE and ENABLE again keep the policies
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- see: orders owner=leak other=isolated

-- case: ENABLE in a transaction that is rolled back
BEGIN;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ROLLBACK;
-- see: orders owner=leak other=leak

-- case: a policy dropped in a savepoint that is rolled back
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
BEGIN;
SAVEPOINT before;
DROP POLICY by_team ON orders;
ROLLBACK TO before;
COMMIT;
-- see: orders owner=leak other=isolated

-- case: the last policy is dropped
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
DROP POLICY by_team ON orders;
-- see: orders owner=leak other=deny

-- case: a policy is dropped and made again
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (true);
DROP POLICY IF EXISTS by_team ON orders;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated

-- case: ALTER POLICY opens it
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER POLICY by_team ON orders USING (true);
-- see: orders owner=leak other=leak

-- case: ALTER POLICY closes it
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (true);
ALTER POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated

-- case: a renamed policy is the same policy
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER POLICY by_team ON orders RENAME TO tenants_only;
-- see: orders owner=leak other=isolated

-- case: permissive policies are ORed, and one is true
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE POLICY everything ON orders FOR SELECT USING (true);
-- see: orders owner=leak other=leak

-- case: permissive policies are ORed, and one asks for the state only
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE POLICY open_ones ON orders FOR SELECT USING (state = 'open');
-- see: orders owner=leak other=leak

-- case: permissive policies that both ask for the tenant
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY open_ones ON orders FOR SELECT USING (state = 'open' AND team_id = current_setting('app.team', true)::int);
CREATE POLICY closed_ones ON orders FOR SELECT USING (state = 'closed' AND team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated

-- case: a permissive policy that is false adds nothing
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE POLICY nobody ON orders USING (false);
-- see: orders owner=leak other=isolated

-- case: only a policy that is false
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY nobody ON orders USING (false);
-- see: orders owner=leak other=deny

-- case: a restrictive policy narrows one that is true
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON orders USING (true);
CREATE POLICY by_team ON orders AS RESTRICTIVE USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated

-- case: a restrictive policy alone lets nothing through
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders AS RESTRICTIVE USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=deny

-- case: a restrictive policy that is false shuts the table
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE POLICY shut ON orders AS RESTRICTIVE USING (false);
-- see: orders owner=leak other=deny

-- case: a restrictive policy for another command does not help
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON orders USING (true);
CREATE POLICY by_team ON orders AS RESTRICTIVE FOR UPDATE USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=leak

-- case: a policy for INSERT lets nobody read
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY adding ON orders FOR INSERT WITH CHECK (true);
-- see: orders owner=leak other=deny

-- case: a policy for UPDATE lets nobody read
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY changing ON orders FOR UPDATE USING (true);
-- see: orders owner=leak other=deny

-- case: a policy for SELECT beside an open one for DELETE
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON orders FOR SELECT USING (team_id = current_setting('app.team', true)::int);
CREATE POLICY removing ON orders FOR DELETE USING (true);
-- see: orders owner=leak other=isolated

-- case: a policy for another role
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY auditing ON orders FOR SELECT TO auditor USING (true);
-- see: orders owner=leak other=deny auditor=leak

-- case: an open policy for one role, a tenant's for all
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY auditing ON orders FOR SELECT TO auditor USING (true);
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated auditor=leak

-- case: a restrictive policy for one role only
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON orders USING (true);
CREATE POLICY by_team ON orders AS RESTRICTIVE TO auditor USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=leak auditor=isolated

-- case: a policy for a group of which a role is a member
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders TO staff USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=deny staff=isolated clerk=isolated

-- case: a member of the owning role is exempt as the owner is
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders OWNER TO staff;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders other=isolated staff=leak clerk=leak

-- case: a role that bypasses row level security
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=isolated other=isolated service_role=leak

-- case: a policy for the owner alone, forced
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeping ON orders TO current_user USING (true);
CREATE POLICY by_team ON orders TO app USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak app=isolated auditor=deny

-- case: rows without a tenant condition on a missing setting
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = (SELECT NULLIF(current_setting('app.team', true), '')::int));
-- see: orders owner=leak other=isolated

-- case: a setting that opens everything where it is missing
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = coalesce(current_setting('app.missing', true)::int, team_id));
-- see: orders owner=leak other=leak

-- case: one fixed tenant for everybody
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY first_team ON orders USING (team_id = 1);
-- see: orders owner=leak other=leak

-- case: through a membership
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id IN (SELECT team_id FROM members WHERE user_id = auth.uid()));
-- see: orders owner=leak other=isolated

-- case: through a membership that nobody may read
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id IN (SELECT team_id FROM members WHERE user_id = auth.uid()));
-- see: orders owner=leak other=deny
-- see: members owner=leak other=deny

-- case: through a membership that has a policy of its own
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON members USING (user_id = (SELECT auth.uid()));
CREATE POLICY by_team ON orders USING (team_id IN (SELECT team_id FROM members));
-- see: orders owner=leak other=isolated

-- case: through a membership without asking whose
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (EXISTS (SELECT 1 FROM members m WHERE m.team_id = orders.team_id));
-- see: orders owner=leak other=leak

-- case: a child that relies on its parent's policy
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_order ON items USING (EXISTS (SELECT 1 FROM orders o WHERE o.id = items.order_id));
-- see: items owner=leak other=isolated

-- case: a child that relies on a parent without row level security
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_order ON items USING (EXISTS (SELECT 1 FROM orders o WHERE o.id = items.order_id));
-- see: items owner=leak other=leak

-- case: a child that asks for its parent's tenant
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_order ON items USING (order_id IN (SELECT id FROM orders WHERE team_id = current_setting('app.team', true)::int));
-- see: items owner=leak other=isolated

-- case: policies that lead back to their own table
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY fellows ON members USING (team_id IN (SELECT m.team_id FROM members m WHERE m.user_id = auth.uid()));
-- see: members owner=leak other=deny

-- case: a helper that reads the membership with its owner's rights
CREATE FUNCTION my_teams() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT team_id FROM members WHERE user_id = auth.uid() $$;
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY fellows ON members USING (team_id IN (SELECT my_teams()));
-- see: members owner=leak other=isolated

-- case: a helper that says who asks
CREATE FUNCTION current_team() RETURNS int LANGUAGE sql STABLE AS $$ SELECT current_setting('app.team', true)::int $$;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = (SELECT current_team()));
-- see: orders owner=leak other=isolated

-- case: a view reads with its owner's rights
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list AS SELECT id, team_id FROM orders;
-- see: orders owner=leak other=isolated
-- see: order_list owner=leak other=leak

-- case: a view over a forced table
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list AS SELECT id, team_id FROM orders;
-- see: order_list owner=isolated other=isolated

-- case: a view with security_invoker
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list WITH (security_invoker = true) AS SELECT id, team_id FROM orders;
-- see: order_list owner=leak other=isolated

-- case: security_invoker set later
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list AS SELECT id, team_id FROM orders;
ALTER VIEW order_list SET (security_invoker = on);
-- see: order_list owner=leak other=isolated

-- case: CREATE OR REPLACE VIEW without the option
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list WITH (security_invoker = true) AS SELECT id, team_id FROM orders;
CREATE OR REPLACE VIEW order_list AS SELECT id, team_id FROM orders;
-- see: order_list owner=leak other=leak

-- case: a view over a star keeps its columns when the table gets another
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW seen WITH (security_invoker = true) AS SELECT i.*, o.team_id FROM items i JOIN orders o ON o.id = i.order_id;
ALTER TABLE items ADD COLUMN note text;
-- see: seen owner=leak other=isolated

-- case: a view that walks a tree under a policy
-- pg: 15
CREATE TABLE folders (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, parent_id int REFERENCES folders);
INSERT INTO folders VALUES (11, 1, NULL), (12, 1, 11), (21, 2, NULL), (22, 2, 21);
ALTER TABLE folders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON folders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW paths WITH (security_invoker = true) AS
  WITH RECURSIVE p AS (SELECT id, team_id FROM folders WHERE parent_id IS NULL
                       UNION ALL SELECT f.id, f.team_id FROM folders f JOIN p ON p.id = f.parent_id)
  SELECT * FROM p;
-- see: paths owner=leak other=isolated

-- case: a view with security_invoker behind one without
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list WITH (security_invoker = true) AS SELECT id, team_id FROM orders;
CREATE VIEW outer_list AS SELECT * FROM order_list;
-- see: outer_list owner=leak other=isolated

-- case: a view without security_invoker behind one with it
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW order_list AS SELECT id, team_id FROM orders;
CREATE VIEW outer_list WITH (security_invoker = true) AS SELECT * FROM order_list;
-- see: outer_list owner=leak other=leak

-- case: a view that asks for the tenant itself
CREATE VIEW order_list AS SELECT id, team_id FROM orders WHERE team_id = current_setting('app.team', true)::int;
-- see: order_list owner=isolated other=isolated

-- case: a view that joins an isolated table with an open one
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE VIEW item_list WITH (security_invoker = true) AS SELECT i.id, o.team_id FROM items i JOIN orders o ON o.id = i.order_id;
-- see: item_list owner=leak other=isolated

-- case: a view over a table that hides everything
-- pg: 15
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE VIEW order_list WITH (security_invoker = true) AS SELECT id, team_id FROM orders;
-- see: order_list owner=leak other=deny

-- case: a view of another owner
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
GRANT SELECT ON orders TO staff;
CREATE VIEW order_list AS SELECT id, team_id FROM orders;
ALTER VIEW order_list OWNER TO staff;
-- see: order_list other=isolated staff=isolated

-- case: a materialized view holds what its owner saw
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE MATERIALIZED VIEW order_list AS SELECT id, team_id FROM orders;
-- see: order_list owner=leak other=leak

-- case: a materialized view over a forced table is filled for nobody
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE MATERIALIZED VIEW order_list AS SELECT id, team_id FROM orders;
-- see: order_list owner=deny other=deny

-- case: a function with its owner's rights
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE FUNCTION all_orders() RETURNS SETOF orders LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT * FROM orders $$;
-- see: all_orders() owner=leak other=leak

-- case: a function with its caller's rights
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE FUNCTION all_orders() RETURNS SETOF orders LANGUAGE sql STABLE AS $$ SELECT * FROM orders $$;
-- see: all_orders() owner=leak other=isolated

-- case: a function whose rights are changed
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE FUNCTION all_orders() RETURNS SETOF orders LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT * FROM orders $$;
ALTER FUNCTION all_orders() SECURITY INVOKER;
-- see: all_orders() owner=leak other=isolated

-- case: a function with its owner's rights that asks for the tenant
CREATE FUNCTION my_orders() RETURNS SETOF orders LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT * FROM orders WHERE team_id = current_setting('app.team', true)::int $$;
-- see: my_orders() owner=isolated other=isolated

-- case: a partition that is read directly does not use its parent's policies
CREATE TABLE events (id int NOT NULL, team_id int NOT NULL REFERENCES teams) PARTITION BY LIST (team_id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_all PARTITION OF events DEFAULT;
INSERT INTO events VALUES (11, 1), (21, 2);
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON events USING (team_id = current_setting('app.team', true)::int);
-- see: events owner=leak other=isolated
-- see: events_all owner=leak other=leak

-- case: a partition with a policy of its own
CREATE TABLE events (id int NOT NULL, team_id int NOT NULL REFERENCES teams) PARTITION BY LIST (team_id);
CREATE TABLE events_all PARTITION OF events DEFAULT;
INSERT INTO events VALUES (11, 1), (21, 2);
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON events USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE events_all ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON events_all USING (team_id = current_setting('app.team', true)::int);
-- see: events owner=leak other=isolated
-- see: events_all owner=leak other=isolated

-- case: a partition's policy does not guard its parent
CREATE TABLE events (id int NOT NULL, team_id int NOT NULL REFERENCES teams) PARTITION BY LIST (team_id);
CREATE TABLE events_all PARTITION OF events DEFAULT;
INSERT INTO events VALUES (11, 1), (21, 2);
ALTER TABLE events_all ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON events_all USING (team_id = current_setting('app.team', true)::int);
-- see: events owner=leak other=leak
-- see: events_all owner=leak other=isolated

-- case: a table with row level security becomes a partition, and keeps it for itself alone
CREATE TABLE events (id int NOT NULL, team_id int NOT NULL REFERENCES teams) PARTITION BY LIST (team_id);
CREATE TABLE old_events (id int NOT NULL, team_id int NOT NULL REFERENCES teams);
INSERT INTO old_events VALUES (11, 1), (21, 2);
ALTER TABLE old_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON old_events USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE events ATTACH PARTITION old_events DEFAULT;
-- see: events owner=leak other=leak
-- see: old_events owner=leak other=isolated

-- case: a detached partition has none
CREATE TABLE events (id int NOT NULL, team_id int NOT NULL REFERENCES teams) PARTITION BY LIST (team_id);
CREATE TABLE events_all PARTITION OF events FOR VALUES IN (1, 2);
INSERT INTO events VALUES (11, 1), (21, 2);
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON events USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE events DETACH PARTITION events_all;
CREATE TABLE new_events PARTITION OF events FOR VALUES IN (1, 2);
INSERT INTO events VALUES (11, 1), (21, 2);
-- see: events owner=leak other=isolated
-- see: events_all owner=leak other=leak

-- case: an inheriting child has none of its parent's policies
CREATE TABLE old_orders () INHERITS (orders);
INSERT INTO old_orders VALUES (13, 1), (23, 2);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
-- see: orders owner=leak other=isolated
-- see: old_orders owner=leak other=leak

-- case: LIKE copies neither the switch nor the policies
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE TABLE new_orders (LIKE orders INCLUDING ALL);
INSERT INTO new_orders SELECT * FROM orders;
-- see: new_orders owner=leak other=leak

-- case: a swap with a table made by LIKE loses both
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE TABLE new_orders (LIKE orders INCLUDING ALL);
INSERT INTO new_orders SELECT * FROM orders;
ALTER TABLE orders RENAME TO old_orders;
ALTER TABLE new_orders RENAME TO orders;
-- see: orders owner=leak other=leak
-- see: old_orders owner=leak other=isolated

-- case: a swap with a table that has its own
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE TABLE new_orders (LIKE orders INCLUDING ALL);
INSERT INTO new_orders SELECT * FROM orders;
ALTER TABLE new_orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON new_orders USING (team_id = current_setting('app.team', true)::int);
BEGIN;
ALTER TABLE orders RENAME TO old_orders;
ALTER TABLE new_orders RENAME TO orders;
COMMIT;
-- see: orders owner=leak other=isolated

-- case: CREATE TABLE AS copies the rows and no policy
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
CREATE TABLE order_copies AS SELECT * FROM orders;
-- see: order_copies owner=leak other=leak

-- case: a table dropped and made again starts anew
CREATE TABLE notes (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON notes USING (team_id = current_setting('app.team', true)::int);
DROP TABLE notes;
CREATE TABLE notes (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams);
INSERT INTO notes VALUES (11, 1), (21, 2);
-- see: notes owner=leak other=leak

-- case: renamed tables and columns keep their policies
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (orders.team_id = current_setting('app.team', true)::int);
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases RENAME COLUMN state TO stage;
-- see: purchases owner=leak other=isolated

-- case: a parent that is renamed, and another that takes its name
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_order ON items USING (EXISTS (SELECT 1 FROM orders WHERE orders.id = items.order_id));
CREATE TABLE new_orders (LIKE orders INCLUDING ALL);
INSERT INTO new_orders SELECT * FROM orders;
ALTER TABLE orders RENAME TO old_orders;
ALTER TABLE new_orders RENAME TO orders;
-- see: items owner=leak other=isolated
-- see: orders owner=leak other=leak

-- case: a table that moves to another schema keeps its policies
CREATE SCHEMA archive;
GRANT USAGE ON SCHEMA archive TO app, auditor;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE orders SET SCHEMA archive;
-- see: archive.orders owner=leak other=isolated

-- case: EXECUTE format in a loop over a list
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['orders', 'members'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY by_team ON %I USING (team_id = current_setting(''app.team'', true)::int)', name);
  END LOOP;
END $$;
-- see: orders owner=leak other=isolated
-- see: members owner=leak other=isolated

-- case: the owner changes
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);
ALTER TABLE orders OWNER TO auditor;
-- see: orders other=isolated auditor=leak
-- see: members owner=leak

-- case: CASCADE takes the policy with the function that it calls
CREATE FUNCTION current_team() RETURNS int LANGUAGE sql STABLE AS $$ SELECT current_setting('app.team', true)::int $$;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_team ON orders USING (team_id = current_team());
DROP FUNCTION current_team() CASCADE;
-- see: orders owner=leak other=deny

-- case: the tenants themselves
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON teams USING (id = current_setting('app.team', true)::int);
-- see: teams owner=leak other=isolated
