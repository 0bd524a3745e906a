COMMENT ON COLUMN orders.n IS 'x';
-- expect 12-18: orders ShareUpdateExclusive

COMMENT ON CONSTRAINT orders_total_check ON orders IS 'x';
-- expect 12-18: orders AccessShare

COMMENT ON INDEX orders_shelf_idx IS 'x';
-- expect 12-18: orders_shelf_idx ShareUpdateExclusive

COMMENT ON VIEW v IS 'x';
-- expect 12-18: v ShareUpdateExclusive

COMMENT ON FUNCTION on_row() IS 'x';
-- expect 12-18: -

COMMENT ON TRIGGER accounts_on_update ON accounts IS 'x';
-- expect 12-18: accounts AccessShare

GRANT SELECT ON orders TO shop_reader;
-- expect 12-17: -
-- expect 18: orders AccessShare

GRANT SELECT ON ALL TABLES IN SCHEMA public TO shop_reader;
-- expect 12-18: -

GRANT SELECT (n) ON orders TO shop_reader;
-- expect 12-17: -
-- expect 18: orders AccessShare

GRANT USAGE ON SCHEMA archive TO shop_reader;
-- expect 12-18: -

GRANT USAGE ON SEQUENCE counter TO shop_reader;
-- expect 12-17: -
-- expect 18: counter AccessShare

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO shop_reader;
-- expect 12-18: -

-- setup: ALTER TABLE readings_new OWNER TO shop_owner;
REASSIGN OWNED BY shop_owner TO postgres;
-- expect 12-18: readings_new AccessExclusive

CREATE STATISTICS st9 ON n, ticket_no FROM orders;
-- expect 12-18: orders ShareUpdateExclusive

DROP STATISTICS order_statistics;
-- expect 12-18: orders ShareUpdateExclusive

-- setup: CREATE EXTENSION citext;
CREATE EXTENSION IF NOT EXISTS citext;
-- expect 12-18: -

-- setup: CREATE EXTENSION citext;
DROP EXTENSION citext;
-- expect 12-18: -

-- setup: CREATE EXTENSION citext;
-- setup: CREATE TABLE cx (a citext);
DROP EXTENSION citext;
-- expect 12-18: error 2BP01

-- setup: CREATE EXTENSION citext;
-- setup: CREATE TABLE cx (a citext);
DROP EXTENSION citext CASCADE;
-- expect 12-18: cx AccessExclusive

-- setup: CREATE EXTENSION citext;
ALTER EXTENSION citext UPDATE;
-- expect 12-18: -

CREATE OR REPLACE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT a+2$$;
-- expect 12-18: -

CREATE OR REPLACE FUNCTION plus_one(b int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT b+2$$;
-- expect 12-18: error 42P13

DROP FUNCTION plus_one(int);
-- expect 12-18: -

DROP FUNCTION on_row();
-- expect 12-18: error 2BP01

DROP FUNCTION on_row() CASCADE;
-- expect 12-18: accounts AccessExclusive

ALTER FUNCTION plus_one(int) SET search_path = public;
-- expect 12-18: -

-- setup: CREATE FUNCTION uses_cand() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM readings_new';
DROP TABLE readings_new;
-- expect 12-18: readings_new AccessExclusive

-- setup: CREATE FUNCTION uses_cand() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM readings_new; END;
DROP TABLE readings_new;
-- expect 12-13: unsupported
-- expect 14-18: error 2BP01

DO $$ BEGIN PERFORM 1; END $$;
-- expect 12-18: -

CREATE PUBLICATION p1 FOR TABLE orders;
-- expect 12-18: orders ShareUpdateExclusive

CREATE PUBLICATION p1 FOR ALL TABLES;
-- expect 12-18: -

CREATE PUBLICATION p1 FOR TABLES IN SCHEMA public;
-- expect 12-14: error 42601
-- expect 15-18: -

-- setup: CREATE PUBLICATION p1;
ALTER PUBLICATION p1 ADD TABLE orders;
-- expect 12-18: orders ShareUpdateExclusive

-- setup: CREATE PUBLICATION p1 FOR TABLE orders;
ALTER PUBLICATION p1 DROP TABLE orders;
-- expect 12-18: orders ShareUpdateExclusive

-- setup: CREATE PUBLICATION p1;
ALTER PUBLICATION p1 ADD TABLE orders WHERE (id > 5);
-- expect 12-14: error 42601
-- expect 15-18: orders ShareUpdateExclusive

-- setup: CREATE PUBLICATION p1 FOR TABLE orders;
ALTER PUBLICATION p1 SET (publish = 'insert');
-- expect 12-18: -

-- setup: CREATE PUBLICATION p1 FOR TABLE orders;
DROP PUBLICATION p1;
-- expect 12-18: -

CREATE SUBSCRIPTION s1 CONNECTION 'dbname=nope' PUBLICATION p1 WITH (connect = false);
-- expect 12-18: -

CREATE COLLATION cc (provider = icu, locale = 'und');
-- expect 12-18: -

CREATE ROLE tmp_role_oracle;
-- expect 12-18: -

CREATE CAST (text AS feeling) WITH INOUT AS ASSIGNMENT;
-- expect 12-18: -

SECURITY LABEL ON TABLE orders IS 'x';
-- expect 12-18: error 22023

-- setup: CREATE EXTENSION postgres_fdw;
-- setup: CREATE SERVER srv FOREIGN DATA WRAPPER postgres_fdw;
-- setup: CREATE FOREIGN TABLE ft (id int) SERVER srv;
ALTER FOREIGN TABLE ft ADD COLUMN x int;
-- expect 12-18: ft AccessExclusive
