ALTER TABLE orders ADD COLUMN x int;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN IF NOT EXISTS x int;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN IF NOT EXISTS n int;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int, ADD COLUMN y text;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT 0;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x text DEFAULT 'abc';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT NULL;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT 1+1;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT immutable_one();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT stable_one();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 0;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x boolean NOT NULL DEFAULT false;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x jsonb NOT NULL DEFAULT '{}';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int[] NOT NULL DEFAULT '{}';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int[] NOT NULL DEFAULT ARRAY[]::int[];
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x feeling NOT NULL DEFAULT 'fine';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT now();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz NOT NULL DEFAULT now();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT transaction_timestamp();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT statement_timestamp();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT clock_timestamp();
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x text DEFAULT timeofday();
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT 'now';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x double precision DEFAULT random();
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid();
-- unplanned 12: pgcrypto brings that function, and PostgreSQL itself from 13 on
-- expect 12: error 42883
-- expect 13-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

-- setup: CREATE EXTENSION pgcrypto;
ALTER TABLE orders ADD COLUMN x uuid DEFAULT gen_random_uuid();
-- unplanned 12: pgcrypto brings that function, and PostgreSQL itself from 13 on
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x uuid DEFAULT uuidv7();
-- unplanned 12-17: an extension may bring a function that PostgreSQL itself has only from 18 on
-- expect 12-17: error 42883
-- expect 18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x int DEFAULT nextval('counter');
-- expect 12-18: counter RowExclusive; orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x text DEFAULT current_user;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x text DEFAULT to_char(now(), 'YYYY');
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x timestamptz DEFAULT now() + interval '1 day';
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x bigint DEFAULT txid_current();
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int NOT NULL;
-- expect 12-18: error 23502

ALTER TABLE drafts ADD COLUMN x int NOT NULL;
-- expect 12-18: drafts AccessExclusive

ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (n * 2) STORED;
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (n * 2) VIRTUAL;
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (n * 2);
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (n * 2) VIRTUAL NOT NULL;
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int GENERATED ALWAYS AS (n * 2) VIRTUAL CHECK (x > 0);
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int DEFAULT 1 CHECK (x > 0);
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 1 CHECK (x > 0);
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int DEFAULT 0 CHECK (x > 0);
-- expect 12-18: error 23514

ALTER TABLE orders ADD COLUMN x int CHECK (n > 0);
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int UNIQUE;
-- expect 12-18: orders AccessExclusive scan; builds orders_x_key

ALTER TABLE orders ADD COLUMN x int DEFAULT 1 UNIQUE;
-- expect 12-18: error 23505

ALTER TABLE readings_new ADD COLUMN x int PRIMARY KEY;
-- expect 12-18: error 23502

ALTER TABLE readings_new ADD COLUMN x bigserial PRIMARY KEY;
-- expect 12-18: readings_new AccessExclusive rewrite scan; builds readings_new_pkey

ALTER TABLE readings_new ADD COLUMN x bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
-- expect 12-18: readings_new AccessExclusive rewrite scan; builds readings_new_pkey

ALTER TABLE orders ADD COLUMN x int REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive; orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int DEFAULT NULL REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive; orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int DEFAULT 1 REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive scan; orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int NOT NULL DEFAULT 1 REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive scan; orders AccessExclusive scan

ALTER TABLE orders ADD COLUMN x int REFERENCES customers(id) ON DELETE CASCADE;
-- expect 12-18: customers ShareRowExclusive; orders AccessExclusive

ALTER TABLE orders ADD COLUMN x positive DEFAULT 1;
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x plain_int;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x plain_int DEFAULT 1;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x seven;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x required_int DEFAULT 1;
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE orders ADD COLUMN x required_int;
-- expect 12-18: error 23502

ALTER TABLE orders ADD COLUMN x text COLLATE "C";
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD COLUMN x text COMPRESSION pglz;
-- expect 12-13: error 42601
-- expect 14-18: orders AccessExclusive

ALTER TABLE readings ADD COLUMN x int;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

ALTER TABLE animals ADD COLUMN x int;
-- expect 12-18: animals AccessExclusive; dogs AccessExclusive

ALTER TABLE ONLY animals ADD COLUMN x int;
-- expect 12-18: error 42P16

ALTER TABLE cache ADD COLUMN x int DEFAULT 0;
-- expect 12-18: cache AccessExclusive

ALTER TABLE customers ADD COLUMN x int;
-- expect 12-18: customers AccessExclusive

ALTER TABLE customers ADD COLUMN x double precision DEFAULT random();
-- expect 12-18: customers AccessExclusive rewrite scan; builds customers_code_key, customers_pkey

ALTER TABLE payments ADD COLUMN x double precision DEFAULT random();
-- expect 12-18: payments AccessExclusive rewrite scan; builds payments_pkey

ALTER TABLE orders ADD COLUMN x int REFERENCES customers(id) NOT VALID;
-- expect 12-18: error 42601

ALTER TABLE orders ADD COLUMN x int, ADD CONSTRAINT fk FOREIGN KEY (x) REFERENCES customers(id) NOT VALID;
-- expect 12-18: customers ShareRowExclusive; orders AccessExclusive

ALTER TABLE orders ADD COLUMN x int, ADD CONSTRAINT ck CHECK (x > 0);
-- expect 12-18: orders AccessExclusive scan

CREATE TABLE nt (id int);
ALTER TABLE nt ADD COLUMN x double precision DEFAULT random();
-- expect 12-18: -

ALTER TABLE orders ADD COLUMN x double precision DEFAULT random(), ADD COLUMN y double precision DEFAULT random();
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE IF EXISTS orders ADD COLUMN x int;
-- expect 12-18: orders AccessExclusive
