-- The schema that every case starts from.
CREATE SCHEMA archive;
CREATE TYPE feeling AS ENUM ('low','fine','high');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN plain_int AS int;
CREATE DOMAIN required_int AS int NOT NULL;
CREATE DOMAIN seven AS int DEFAULT 7;
CREATE DOMAIN short_text AS varchar(50);
CREATE DOMAIN any_text AS text;
CREATE DOMAIN bounded_text AS text CHECK (length(VALUE) < 1000);

CREATE FUNCTION on_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION volatile_one() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE FUNCTION stable_one() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION immutable_one() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a+1';
CREATE SEQUENCE counter;

CREATE TABLE customers (id int PRIMARY KEY, code text NOT NULL, val int, CONSTRAINT customers_code_key UNIQUE (code));
INSERT INTO customers SELECT i, 'c'||i, i FROM generate_series(1, 10000, 20) i;
CREATE TABLE payments (id int PRIMARY KEY, customer_id int CONSTRAINT payments_customer_fkey REFERENCES customers(id), note text);
INSERT INTO payments SELECT i, i, 'n'||i FROM generate_series(1, 10000, 20) i;

-- Most cases are about this table.
CREATE TABLE orders (
  id int PRIMARY KEY,
  n int,
  discount int,
  shelf int,
  ticket_no int,
  serial_no int NOT NULL,
  remark text,
  label varchar(50),
  m feeling,
  paid boolean DEFAULT false,
  placed_at timestamptz DEFAULT now(),
  total numeric(10,2),
  customer_id int,
  payload text,
  CONSTRAINT orders_total_check CHECK (total >= 0)
);
INSERT INTO orders SELECT i, i, CASE WHEN i % 2 = 0 THEN i END, i, i, i, 'text '||i, 'label'||i, (ARRAY['low','fine','high'])[1+i%3]::feeling, false, now(), i, i, 'b'||i FROM generate_series(1, 10000, 20) i;
CREATE INDEX orders_shelf_idx ON orders (shelf);
CREATE INDEX orders_placed_idx ON orders (placed_at);

-- Without rows: what is done to it costs nothing, and locks all the same.
CREATE TABLE drafts (id int PRIMARY KEY, n int, remark text);

-- A column of each type, some with an index.
CREATE TABLE samples (
  id int PRIMARY KEY,
  small smallint, whole int, whole_ix int, large bigint, whole_pos int,
  r4 real, r8 double precision,
  num numeric, price numeric(10,2), price_ix numeric(10,2), rounded numeric(10),
  remark text, words_ix text, label varchar, name50 varchar(50), name50_ix varchar(50), code10 char(10), nm name,
  name50_checked varchar(50) CHECK (length(name50_checked) > 0),
  ts timestamp, moment3 timestamp(3), moment3_ix timestamp(3), moment_ix timestamp, tz timestamptz, instant3 timestamptz(3), instant_ix timestamptz, d date, tm time, tm3 time(3), iv interval, span3 interval day to second(3),
  network cidr, address inet, network_ix cidr, bit8 bit(8), vbit8 varbit(8), vbitu varbit,
  m feeling, x xml, j json, jb jsonb, token uuid, by bytea, b boolean, o oid,
  ai int[], labels varchar(10)[], mon money, mac macaddr,
  d_positive positive, d_plain plain_int, d_short short_text, d_text any_text,
  st text, token_text text, digits_text text, parity int
);
INSERT INTO samples SELECT i, i%1000, i, i, i, i, i, i, i, i, i, i,
  'orders'||i, 'orders'||i, 'v'||i, 'v'||i, 'v'||i, 'c'||i, 'n'||i, 'v'||i,
  now(), now(), now(), now(), now(), now(), now(), now(), now(), now(), '1 h', '1 h',
  '10.0.0.0/8', '10.0.0.1', '10.0.0.0/8', B'10101010', B'1010', B'1010',
  'fine', '<a/>', '{"a":1}', '{"a":1}', '00000000-0000-0000-0000-000000000001', '\x01', true, i,
  ARRAY[i], ARRAY['a'], 1, '08:00:2b:01:02:03', i, i, 'x', 'x', 'fine', '00000000-0000-0000-0000-000000000001', i::text, i%2
 FROM generate_series(1, 10000, 20) i;
CREATE INDEX samples_whole_ix_idx ON samples (whole_ix);
CREATE INDEX samples_price_ix_idx ON samples (price_ix);
CREATE INDEX samples_words_ix_idx ON samples (words_ix);
CREATE INDEX samples_name50_ix_idx ON samples (name50_ix);
CREATE INDEX samples_moment3_ix_idx ON samples (moment3_ix);
CREATE INDEX samples_moment_ix_idx ON samples (moment_ix);
CREATE INDEX samples_instant_ix_idx ON samples (instant_ix);
CREATE INDEX samples_network_ix_idx ON samples (network_ix);

-- Partitions without a default one, with one, and tables that may become partitions.
CREATE TABLE readings (k int NOT NULL, id int NOT NULL, val int, customer_id int) PARTITION BY RANGE (k);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES FROM (0) TO (5000);
CREATE TABLE readings_2 PARTITION OF readings FOR VALUES FROM (5000) TO (10000);
ALTER TABLE readings ADD CONSTRAINT readings_pkey PRIMARY KEY (k, id);
INSERT INTO readings SELECT i, i, i, i FROM generate_series(1, 9999, 20) i;
CREATE INDEX readings_val_idx ON readings (val);
CREATE TABLE events (k int NOT NULL, id int NOT NULL, val int) PARTITION BY RANGE (k);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (5000);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
INSERT INTO events SELECT i, i, i FROM generate_series(1, 9999, 20) i;
CREATE TABLE readings_new (k int NOT NULL, id int NOT NULL, val int, customer_id int);
INSERT INTO readings_new SELECT i, i, i, 1 FROM generate_series(10000, 19999, 20) i;
CREATE TABLE events_new (k int NOT NULL, id int NOT NULL, val int);
INSERT INTO events_new SELECT i, i, i FROM generate_series(10000, 19999, 20) i;
-- Inheritance: dogs do, cats could.
CREATE TABLE animals (id int, val int);
CREATE TABLE dogs () INHERITS (animals);
CREATE TABLE cats (id int, val int);
INSERT INTO animals SELECT i, i FROM generate_series(1, 10000, 20) i;
INSERT INTO dogs SELECT i, i FROM generate_series(1, 10000, 20) i;

CREATE TABLE tickets (id serial PRIMARY KEY, ident int GENERATED BY DEFAULT AS IDENTITY, gen int GENERATED ALWAYS AS (1) STORED, val int);
INSERT INTO tickets (val) SELECT i FROM generate_series(1, 10000, 20) i;

CREATE VIEW v AS SELECT id, n, remark FROM orders;
CREATE MATERIALIZED VIEW order_copy AS SELECT id, n, remark FROM orders;
CREATE UNIQUE INDEX order_copy_id_idx ON order_copy (id);

CREATE TABLE accounts (id int PRIMARY KEY, val int);
INSERT INTO accounts SELECT i, i FROM generate_series(1, 10000, 20) i;
CREATE TRIGGER accounts_on_update BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION on_row();
CREATE RULE accounts_rule AS ON INSERT TO accounts WHERE false DO ALSO NOTHING;

CREATE TABLE notes (id int PRIMARY KEY, author text);
INSERT INTO notes SELECT i, 'shop_user' FROM generate_series(1, 10000, 20) i;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY notes_owner ON notes USING (author = current_user);

CREATE UNLOGGED TABLE cache (id int PRIMARY KEY, val int);
INSERT INTO cache SELECT i, i FROM generate_series(1, 10000, 20) i;

CREATE TABLE measures (id int PRIMARY KEY, d positive, pd plain_int);
INSERT INTO measures SELECT i, i, i FROM generate_series(1, 10000, 20) i;
CREATE TABLE boxes (id int PRIMARY KEY, c pair);
INSERT INTO boxes SELECT i, (i, 'x')::pair FROM generate_series(1, 10000, 20) i;
CREATE TABLE diary (id int PRIMARY KEY, m feeling);
INSERT INTO diary SELECT i, 'fine' FROM generate_series(1, 10000, 20) i;
CREATE STATISTICS order_statistics ON n, shelf FROM orders;
ANALYZE;
