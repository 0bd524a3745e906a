ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 1);
-- expect 12-18: error 23514

ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT VALID;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NO INHERIT;
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT ENFORCED;
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT ck;
-- expect 12-18: orders ShareUpdateExclusive scan

ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;
-- expect 12-18: orders ShareUpdateExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 1) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT ck;
-- expect 12-18: error 23514

ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT ck;
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE orders DROP CONSTRAINT orders_total_check;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders DROP CONSTRAINT IF EXISTS nope;
-- expect 12-18: orders AccessExclusive

ALTER TABLE readings ADD CONSTRAINT ck CHECK (val > 0);
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive scan; readings_2 AccessExclusive scan

ALTER TABLE readings ADD CONSTRAINT ck CHECK (val > 0) NOT VALID;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

-- setup: ALTER TABLE readings ADD CONSTRAINT ck CHECK (val > 0) NOT VALID;
ALTER TABLE readings VALIDATE CONSTRAINT ck;
-- expect 12-18: readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive scan; readings_2 ShareUpdateExclusive scan

ALTER TABLE orders ALTER CONSTRAINT orders_total_check NOT ENFORCED;
-- expect 12-17: error 42601
-- expect 18: error 42809

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE;
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE SET NULL;
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) DEFERRABLE INITIALLY DEFERRED;
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
-- expect 12-18: customers ShareRowExclusive; orders ShareRowExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT fk;
-- expect 12-18: customers RowShare scan; orders ShareUpdateExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
ALTER TABLE orders VALIDATE CONSTRAINT fk;
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID, VALIDATE CONSTRAINT fk;
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT fk;
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (remark) REFERENCES customers(id);
-- expect 12-18: error 42804

-- setup: CREATE TABLE pbig (id bigint PRIMARY KEY);
-- setup: INSERT INTO pbig SELECT generate_series(1,10000);
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES pbig(id);
-- expect 12-18: orders ShareRowExclusive scan; pbig ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(val);
-- expect 12-18: error 42830

-- setup: CREATE UNIQUE INDEX pv ON customers (val);
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(val);
-- expect 12-18: customers ShareRowExclusive scan; orders ShareRowExclusive scan

-- setup: CREATE UNIQUE INDEX pv ON customers (val) WHERE val > 0;
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(val);
-- expect 12-18: error 42830

ALTER TABLE orders ADD COLUMN k2 int, ADD CONSTRAINT fk FOREIGN KEY (k2, customer_id) REFERENCES readings(k, id);
-- expect 12-18: orders AccessExclusive scan; readings ShareRowExclusive; readings_1 ShareRowExclusive; readings_2 ShareRowExclusive

ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive scan; readings ShareRowExclusive; readings_1 ShareRowExclusive scan; readings_2 ShareRowExclusive scan

ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
-- expect 12-17: error 42809
-- expect 18: customers ShareRowExclusive; readings ShareRowExclusive; readings_1 ShareRowExclusive; readings_2 ShareRowExclusive

-- setup: ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
ALTER TABLE readings VALIDATE CONSTRAINT fk;
-- expect 12-17: unsupported
-- expect 18: customers RowShare scan; readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive scan; readings_2 ShareUpdateExclusive scan

ALTER TABLE payments DROP CONSTRAINT payments_customer_fkey;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

-- setup: DELETE FROM readings_new;
-- setup: ALTER TABLE readings_new ADD CONSTRAINT fk FOREIGN KEY (k, id) REFERENCES readings(k, id);
ALTER TABLE readings_new DROP CONSTRAINT fk;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive; readings_new AccessExclusive

ALTER TABLE payments ALTER CONSTRAINT payments_customer_fkey DEFERRABLE INITIALLY DEFERRED;
-- expect 12-18: payments AccessExclusive

-- setup: ALTER TABLE payments ALTER CONSTRAINT payments_customer_fkey NOT ENFORCED;
ALTER TABLE payments ALTER CONSTRAINT payments_customer_fkey ENFORCED;
-- expect 12-17: unsupported
-- expect 18: customers ShareRowExclusive scan; payments AccessExclusive scan

-- setup: ALTER TABLE payments ALTER CONSTRAINT payments_customer_fkey NOT ENFORCED;
ALTER TABLE payments VALIDATE CONSTRAINT payments_customer_fkey;
-- expect 12-17: unsupported
-- expect 18: error 55000

ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (ticket_no);
-- expect 12-18: orders AccessExclusive scan; builds uq

ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (paid);
-- expect 12-18: error 23505

ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (ticket_no) INCLUDE (n);
-- expect 12-18: orders AccessExclusive scan; builds uq

-- setup: CREATE UNIQUE INDEX orders_u_uidx ON orders (ticket_no);
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX orders_u_uidx;
-- expect 12-18: orders AccessExclusive; orders_u_uidx ShareUpdateExclusive

-- setup: CREATE UNIQUE INDEX orders_u_uidx ON orders (ticket_no);
ALTER TABLE orders ADD CONSTRAINT orders_u_uidx UNIQUE USING INDEX orders_u_uidx;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX orders_shelf_idx;
-- expect 12-18: error 42809

-- setup: CREATE UNIQUE INDEX orders_u_part ON orders (ticket_no) WHERE ticket_no > 0;
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX orders_u_part;
-- expect 12-18: error 42809

-- setup: CREATE UNIQUE INDEX orders_u_expr ON orders ((ticket_no+1));
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX orders_u_expr;
-- expect 12-18: error 42809

-- setup: CREATE UNIQUE INDEX orders_u_uidx ON orders (ticket_no);
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX orders_u_uidx DEFERRABLE;
-- expect 12-18: orders AccessExclusive; orders_u_uidx ShareUpdateExclusive

ALTER TABLE readings ADD CONSTRAINT uq UNIQUE (id);
-- expect 12-18: error 0A000

ALTER TABLE readings ADD CONSTRAINT uq UNIQUE (k, val);
-- expect 12-17: readings AccessExclusive; readings_1 Share scan; readings_2 Share scan; builds readings_1_k_val_key, readings_2_k_val_key
-- expect 18: readings AccessExclusive; readings_1 AccessExclusive scan; readings_2 AccessExclusive scan; builds readings_1_k_val_key, readings_2_k_val_key

-- setup: CREATE UNIQUE INDEX readings_kv ON readings (k, val);
ALTER TABLE readings ADD CONSTRAINT uq UNIQUE USING INDEX readings_kv;
-- expect 12-18: error 0A000

ALTER TABLE customers DROP CONSTRAINT customers_code_key;
-- expect 12-18: customers AccessExclusive

ALTER TABLE orders ADD PRIMARY KEY (serial_no);
-- expect 12-18: error 42P16

ALTER TABLE readings_new ADD PRIMARY KEY (k);
-- expect 12-18: readings_new AccessExclusive scan; builds readings_new_pkey

ALTER TABLE readings_new ADD PRIMARY KEY (val);
-- expect 12-18: readings_new AccessExclusive scan; builds readings_new_pkey

-- setup: ALTER TABLE readings_new ADD CHECK (val IS NOT NULL);
ALTER TABLE readings_new ADD PRIMARY KEY (val);
-- expect 12-18: readings_new AccessExclusive scan; builds readings_new_pkey

-- setup: CREATE UNIQUE INDEX readings_new_ticket_no ON readings_new (k);
ALTER TABLE readings_new ADD CONSTRAINT readings_new_pk PRIMARY KEY USING INDEX readings_new_ticket_no;
-- expect 12-18: readings_new AccessExclusive; readings_new_ticket_no ShareUpdateExclusive

-- setup: CREATE UNIQUE INDEX readings_new_ticket_no ON readings_new (val);
ALTER TABLE readings_new ADD CONSTRAINT readings_new_pk PRIMARY KEY USING INDEX readings_new_ticket_no;
-- expect 12-18: readings_new AccessExclusive scan; readings_new_ticket_no ShareUpdateExclusive

-- setup: CREATE UNIQUE INDEX readings_new_ticket_no ON readings_new (val);
-- setup: ALTER TABLE readings_new ADD CHECK (val IS NOT NULL);
ALTER TABLE readings_new ADD CONSTRAINT readings_new_pk PRIMARY KEY USING INDEX readings_new_ticket_no;
-- expect 12-18: readings_new AccessExclusive; readings_new_ticket_no ShareUpdateExclusive

ALTER TABLE events ADD PRIMARY KEY (k, id);
-- expect 12-17: events AccessExclusive; events_1 Share scan; events_rest Share scan; builds events_1_pkey, events_rest_pkey
-- expect 18: events AccessExclusive; events_1 AccessExclusive scan; events_rest AccessExclusive scan; builds events_1_pkey, events_rest_pkey

ALTER TABLE customers DROP CONSTRAINT customers_pkey;
-- expect 12-18: error 2BP01

ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

-- setup: ALTER TABLE accounts ALTER COLUMN val SET NOT NULL;
-- setup: CREATE UNIQUE INDEX accounts_new ON accounts (val);
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey, ADD CONSTRAINT accounts_pkey PRIMARY KEY USING INDEX accounts_new;
-- expect 12-18: accounts AccessExclusive; accounts_new ShareUpdateExclusive

ALTER TABLE orders ADD CONSTRAINT ex EXCLUDE USING gist (int4range(ticket_no, ticket_no + 1) WITH &&);
-- expect 12-18: orders AccessExclusive scan; builds ex

ALTER TABLE orders ADD CONSTRAINT ex EXCLUDE USING btree (ticket_no WITH =);
-- expect 12-18: orders AccessExclusive scan; builds ex

ALTER TABLE orders ADD CONSTRAINT ex EXCLUDE USING btree (ticket_no WITH =) NOT VALID;
-- expect 12-18: error 0A000

ALTER TABLE orders ADD CONSTRAINT ex EXCLUDE USING INDEX orders_shelf_idx;
-- expect 12-18: error 42601

ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT VALID, ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
-- expect 12-18: customers ShareRowExclusive; orders AccessExclusive

ALTER TABLE orders ALTER COLUMN n SET STATISTICS 500, ALTER COLUMN n SET DEFAULT 1;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT ck CHECK (n > 0) NOT VALID;
-- setup: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT ck, VALIDATE CONSTRAINT fk;
-- expect 12-18: customers RowShare scan; orders ShareUpdateExclusive scan

ALTER TABLE ONLY readings ADD CONSTRAINT uq UNIQUE (k, val);
-- expect 12-18: readings AccessExclusive

ALTER TABLE ONLY events ADD CONSTRAINT events_pkey PRIMARY KEY (k, id);
-- expect 12-18: events AccessExclusive

-- setup: CREATE EXTENSION btree_gist;
-- setup: CREATE TABLE tmp_p (id int, valid_at daterange);
ALTER TABLE tmp_p ADD CONSTRAINT uq UNIQUE (id, valid_at WITHOUT OVERLAPS);
-- expect 12-17: error 42601
-- expect 18: tmp_p AccessExclusive; builds uq

ALTER TABLE readings_1 ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
-- expect 12-18: customers ShareRowExclusive scan; readings_1 ShareRowExclusive scan

ALTER TABLE orders ADD CONSTRAINT fk1 FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID, ADD CONSTRAINT fk2 FOREIGN KEY (ticket_no) REFERENCES accounts(id) NOT VALID;
-- expect 12-18: accounts ShareRowExclusive; customers ShareRowExclusive; orders ShareRowExclusive

ALTER TABLE payments DROP CONSTRAINT payments_customer_fkey, ADD CONSTRAINT payments_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE NOT VALID;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES orders(id);
ALTER TABLE orders DROP CONSTRAINT fk;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id) NOT VALID;
ALTER TABLE orders DROP CONSTRAINT fk;
-- expect 12-18: customers AccessExclusive; orders AccessExclusive

-- setup: ALTER TABLE readings ADD CONSTRAINT ck CHECK (val > 0);
ALTER TABLE readings DROP CONSTRAINT ck;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

-- setup: CREATE UNIQUE INDEX bad ON orders (ticket_no);
-- setup: UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'bad'::regclass;
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE USING INDEX bad;
-- unplanned 12-18: that an index is not valid was written past the DDL
-- expect 12-18: error 55000
