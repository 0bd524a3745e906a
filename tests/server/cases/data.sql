SELECT * FROM orders;
-- expect 12-18: orders AccessShare scan

SELECT * FROM orders FOR UPDATE;
-- expect 12-18: orders RowShare scan

SELECT * FROM orders FOR SHARE;
-- expect 12-18: orders RowShare scan

SELECT * FROM orders FOR KEY SHARE;
-- expect 12-18: orders RowShare scan

INSERT INTO orders (id, serial_no) VALUES (99999, 1);
-- expect 12-18: orders RowExclusive

INSERT INTO payments VALUES (99999, 1);
-- expect 12-18: customers RowShare; payments RowExclusive

INSERT INTO readings_new SELECT id, id, n FROM orders;
-- expect 12-18: orders AccessShare scan; readings_new RowExclusive

INSERT INTO orders (id, serial_no) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = 1;
-- expect 12-18: orders RowExclusive

UPDATE orders SET n = 1 WHERE id = 1;
-- expect 12-18: orders RowExclusive

UPDATE orders SET n = 1 WHERE ticket_no = 1;
-- expect 12-18: orders RowExclusive scan

UPDATE customers SET id = id + 100000 WHERE id = 99999;
-- unplanned 12-18: no row has that key, so that no key is looked up
-- expect 12-18: customers RowExclusive

UPDATE orders SET n = p.val FROM customers p WHERE p.id = orders.customer_id;
-- expect 12-18: customers AccessShare scan; orders RowExclusive scan

DELETE FROM readings_new;
-- expect 12-18: readings_new RowExclusive scan

DELETE FROM orders WHERE id = 1;
-- expect 12-18: orders RowExclusive

-- setup: INSERT INTO customers VALUES (10001, 'x', 1);
DELETE FROM customers WHERE id = 10001;
-- expect 12-18: customers RowExclusive; payments RowShare scan

-- setup: INSERT INTO customers VALUES (10001, 'x', 1);
-- setup: CREATE INDEX ON payments (customer_id);
DELETE FROM customers WHERE id = 10001;
-- expect 12-18: customers RowExclusive; payments RowShare

COPY readings_new (k, id) FROM PROGRAM 'seq -f "%.0f,1" 30000 30010' WITH (FORMAT csv);
-- expect 12-18: readings_new RowExclusive

COPY orders TO '/dev/null';
-- unplanned 12: the lock is given back with the statement
-- expect 12: -
-- expect 13-18: orders AccessShare scan

DELETE FROM readings;
-- expect 12-18: readings RowExclusive; readings_1 RowExclusive scan; readings_2 RowExclusive scan

SELECT last_value FROM counter;
-- expect 12-18: counter AccessShare

PREPARE TRANSACTION 'x';
-- unplanned 12-18: whether prepared transactions are switched on is the server's setting
-- expect 12-18: error 55000

-- setup: ALTER TABLE payments DROP CONSTRAINT payments_customer_fkey;
-- setup: ALTER TABLE payments ADD CONSTRAINT fkc FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE;
DELETE FROM customers WHERE id = 21;
-- expect 12-18: customers RowExclusive; payments RowExclusive scan

-- setup: ALTER TABLE payments DROP CONSTRAINT payments_customer_fkey;
-- setup: ALTER TABLE payments ADD CONSTRAINT fkc FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE SET NULL;
DELETE FROM customers WHERE id = 21;
-- expect 12-18: customers RowExclusive; payments RowExclusive scan

-- setup: ALTER TABLE payments ALTER CONSTRAINT payments_customer_fkey NOT ENFORCED;
INSERT INTO payments VALUES (99999, 88888);
-- expect 12-17: unsupported
-- expect 18: payments RowExclusive

SELECT count(*) FROM orders JOIN customers ON customers.id = orders.customer_id;
-- expect 12-18: customers AccessShare scan; orders AccessShare scan

EXPLAIN SELECT * FROM orders;
-- expect 12-18: orders AccessShare

UPDATE orders SET n = 1 WHERE ctid = ANY (ARRAY(SELECT ctid FROM orders WHERE n IS NOT NULL LIMIT 100 FOR UPDATE SKIP LOCKED));
-- expect 12-18: orders RowExclusive scan
