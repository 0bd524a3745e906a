CREATE TYPE en AS ENUM ('a','b');
-- expect 12-18: -

CREATE TYPE ct AS (a int);
-- expect 12-18: -

ALTER TYPE feeling ADD VALUE IF NOT EXISTS 'fine';
-- expect 12-18: -

ALTER TYPE feeling ADD VALUE 'fine';
-- expect 12-18: error 42710

ALTER TYPE feeling ADD VALUE 'new';
INSERT INTO diary VALUES (99999, 'new');
-- expect 12-18: error 55P04

ALTER TYPE feeling ADD VALUE 'new';
SELECT 'new'::feeling;
-- expect 12-18: error 55P04

CREATE TYPE en AS ENUM ('a');
ALTER TYPE en ADD VALUE 'b';
SELECT 'b'::en;
-- expect 12-16: error 55P04
-- expect 17-18: -

ALTER TYPE feeling ADD VALUE 'new';
SELECT count(*) FROM diary WHERE m::text = 'new';
-- expect 12-18: diary AccessShare scan

ALTER TYPE feeling RENAME VALUE 'fine' TO 'fair';
-- expect 12-18: -

ALTER TYPE feeling RENAME TO mood9;
-- expect 12-18: -

ALTER TYPE feeling SET SCHEMA archive;
-- expect 12-18: -

DROP TYPE feeling;
-- expect 12-18: error 2BP01

DROP TYPE feeling CASCADE;
-- expect 12-18: diary AccessExclusive; orders AccessExclusive; samples AccessExclusive

ALTER TYPE pair ADD ATTRIBUTE z int;
-- expect 12-18: pair AccessExclusive

-- setup: CREATE TABLE typed OF pair;
ALTER TYPE pair ADD ATTRIBUTE z int CASCADE;
-- expect 12-18: pair AccessExclusive; typed AccessExclusive

ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint;
-- expect 12-18: error 0A000

ALTER TYPE pair DROP ATTRIBUTE b;
-- expect 12-18: pair AccessExclusive

ALTER TYPE pair RENAME ATTRIBUTE b TO b2;
-- expect 12-18: pair AccessExclusive

CREATE DOMAIN dd AS int CHECK (VALUE > 0);
-- expect 12-18: -

ALTER DOMAIN positive ADD CONSTRAINT dck CHECK (VALUE < 1000000);
-- expect 12-18: measures Share scan; samples Share scan

ALTER DOMAIN plain_int ADD CONSTRAINT dck CHECK (VALUE < 1000000);
-- expect 12-18: measures Share scan; samples Share scan

ALTER DOMAIN positive ADD CONSTRAINT dck CHECK (VALUE < 1000000) NOT VALID;
-- expect 12-18: -

-- setup: ALTER DOMAIN positive ADD CONSTRAINT dck CHECK (VALUE < 1000000) NOT VALID;
ALTER DOMAIN positive VALIDATE CONSTRAINT dck;
-- expect 12-18: measures Share scan; samples Share scan

ALTER DOMAIN positive SET NOT NULL;
-- expect 12-18: measures Share scan; samples Share scan

ALTER DOMAIN positive ADD CONSTRAINT dnn NOT NULL;
-- expect 12-16: error 42601
-- expect 17-18: measures Share scan; samples Share scan

ALTER DOMAIN required_int DROP NOT NULL;
-- expect 12-18: -

ALTER DOMAIN positive SET DEFAULT 1;
-- expect 12-18: -

ALTER DOMAIN positive DROP CONSTRAINT positive_check;
-- expect 12-18: -

ALTER DOMAIN positive RENAME TO posint9;
-- expect 12-18: -

DROP DOMAIN positive CASCADE;
-- expect 12-18: measures AccessExclusive; samples AccessExclusive

CREATE SEQUENCE sq;
-- expect 12-18: -

CREATE SEQUENCE sq OWNED BY orders.n;
-- expect 12-18: orders AccessShare

ALTER SEQUENCE counter RESTART WITH 100;
-- expect 12-18: counter ShareRowExclusive

ALTER SEQUENCE counter MAXVALUE 1000000;
-- expect 12-18: counter ShareRowExclusive

ALTER SEQUENCE counter CACHE 10;
-- expect 12-18: counter ShareRowExclusive

ALTER SEQUENCE tickets_id_seq AS bigint;
-- expect 12-18: tickets_id_seq ShareRowExclusive

ALTER SEQUENCE counter OWNED BY orders.n;
-- expect 12-18: counter ShareRowExclusive; orders AccessShare

ALTER SEQUENCE counter RENAME TO seq9;
-- expect 12-18: counter AccessExclusive

ALTER SEQUENCE counter SET SCHEMA archive;
-- expect 12-18: counter AccessExclusive

ALTER SEQUENCE counter SET UNLOGGED;
-- expect 12-14: error 42809
-- expect 15-18: counter AccessExclusive

DROP SEQUENCE tickets_id_seq;
-- expect 12-18: error 2BP01

SELECT nextval('counter');
-- expect 12-18: counter RowExclusive

SELECT setval('tickets_id_seq', (SELECT max(id) FROM tickets));
-- expect 12-18: tickets AccessShare; tickets_id_seq RowExclusive

-- setup: CREATE TABLE pdom (k int, d plain_int) PARTITION BY RANGE (k);
-- setup: CREATE TABLE pdom1 PARTITION OF pdom FOR VALUES FROM (0) TO (100000);
-- setup: INSERT INTO pdom SELECT i, i FROM generate_series(1,10000) i;
ALTER DOMAIN plain_int ADD CONSTRAINT dck CHECK (VALUE < 1000000);
-- expect 12-18: measures Share scan; pdom1 Share scan; samples Share scan

ALTER TYPE feeling ADD VALUE 'new';
ALTER TABLE diary ALTER COLUMN m SET DEFAULT 'fine';
-- expect 12-18: diary AccessExclusive

ALTER TYPE feeling ADD VALUE 'new';
UPDATE diary SET m = 'new';
-- expect 12-18: error 55P04

ALTER TYPE feeling ADD VALUE 'new';
ALTER TABLE diary ADD CONSTRAINT mc CHECK (m <> 'new') NOT VALID;
-- expect 12-18: error 55P04

ALTER TYPE feeling ADD VALUE 'new';
CREATE INDEX ON diary (id) WHERE m = 'new';
-- expect 12-18: error 55P04

ALTER TYPE feeling ADD VALUE 'new';
CREATE FUNCTION fm() RETURNS feeling LANGUAGE plpgsql AS $$ BEGIN RETURN 'new'; END $$;
-- expect 12-18: -

ALTER TYPE feeling RENAME TO feeling_old;
CREATE TYPE feeling AS ENUM ('fine','high');
ALTER TABLE diary ALTER COLUMN m TYPE feeling USING m::text::feeling;
-- expect 12-18: diary AccessExclusive rewrite scan; builds diary_pkey
