CREATE TABLE nt (id int PRIMARY KEY, v int);
-- expect 12-18: builds nt_pkey

CREATE TABLE IF NOT EXISTS orders (id int);
-- expect 12-18: -

CREATE TABLE nt (id int PRIMARY KEY, customer_id int REFERENCES customers(id) NOT ENFORCED);
-- expect 12-17: error 42601
-- expect 18: customers ShareRowExclusive; builds nt_pkey

CREATE TABLE nt (id int PRIMARY KEY, k int, pid int, FOREIGN KEY (k, pid) REFERENCES readings(k, id));
-- expect 12-18: readings ShareRowExclusive; readings_1 ShareRowExclusive; readings_2 ShareRowExclusive; builds nt_pkey

CREATE TABLE nt (id int, customer_id int REFERENCES customers(id)) PARTITION BY RANGE (id);
-- expect 12-18: customers ShareRowExclusive

CREATE TABLE nt AS SELECT * FROM orders WITH NO DATA;
-- expect 12-18: orders AccessShare

CREATE TABLE nt (LIKE orders);
-- expect 12-18: orders AccessShare

CREATE TABLE nt (LIKE orders INCLUDING ALL);
-- expect 12-18: orders AccessShare; builds nt_pkey, nt_placed_at_idx, nt_shelf_idx

CREATE TEMP TABLE nt (id int);
-- expect 12-18: -

DROP TABLE orders;
-- expect 12-18: error 2BP01

DROP TABLE customers;
-- expect 12-18: error 2BP01

DROP TABLE customers CASCADE;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

DROP TABLE readings;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

DROP TABLE payments, customers;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive

TRUNCATE readings_new;
-- expect 12-18: readings_new AccessExclusive

TRUNCATE ONLY animals;
-- expect 12-18: animals AccessExclusive

TRUNCATE tickets RESTART IDENTITY;
-- expect 12-18: tickets AccessExclusive; tickets_id_seq AccessExclusive; tickets_ident_seq AccessExclusive; builds tickets_pkey

TRUNCATE payments;
-- expect 12-18: payments AccessExclusive; builds payments_pkey

TRUNCATE customers;
-- expect 12-18: error 0A000

TRUNCATE customers CASCADE;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive; builds customers_code_key, customers_pkey, payments_pkey

TRUNCATE customers, payments;
-- expect 12-18: customers AccessExclusive; payments AccessExclusive; builds customers_code_key, customers_pkey, payments_pkey

CREATE SCHEMA s3;
-- expect 12-18: -

DROP SCHEMA archive;
-- expect 12-18: -

DROP SCHEMA public;
-- expect 12-18: error 2BP01

-- setup: CREATE TABLE archive.x (id int REFERENCES customers(id));
DROP SCHEMA archive CASCADE;
-- expect 12-18: archive.x AccessExclusive; customers AccessExclusive

-- setup: CREATE TABLE archive.x (id int);
ALTER SCHEMA archive RENAME TO s9;
-- expect 12-18: -

CLUSTER orders USING orders_shelf_idx;
-- expect 12-18: orders AccessExclusive rewrite scan; orders_shelf_idx AccessExclusive; builds orders_pkey, orders_placed_idx, orders_shelf_idx

-- setup: ALTER TABLE orders CLUSTER ON orders_shelf_idx;
CLUSTER;
-- expect 12-18: error 25001
-- alone 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

VACUUM orders;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive

VACUUM (ANALYZE) orders;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive

VACUUM FULL orders;
-- expect 12-18: error 25001
-- alone 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

VACUUM (FREEZE) orders;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive

-- setup: INSERT INTO orders (id, serial_no) SELECT i, i FROM generate_series(10001,200000) i;
-- setup: DELETE FROM orders WHERE id > 5000;
VACUUM orders;
-- unplanned 12-18: whether the last pages are empty, and can be given back, is not in the files
-- expect 12-18: error 25001
-- alone 12-18: orders AccessExclusive

ANALYZE orders;
-- expect 12-18: orders ShareUpdateExclusive

ANALYZE readings;
-- expect 12-18: readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive; readings_2 ShareUpdateExclusive

LOCK TABLE orders;
-- expect 12-18: orders AccessExclusive

LOCK TABLE orders IN ACCESS SHARE MODE;
-- expect 12-18: orders AccessShare

LOCK TABLE orders IN ROW SHARE MODE;
-- expect 12-18: orders RowShare

LOCK TABLE orders IN ROW EXCLUSIVE MODE;
-- expect 12-18: orders RowExclusive

LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
-- expect 12-18: orders ShareUpdateExclusive

LOCK TABLE orders IN SHARE MODE;
-- expect 12-18: orders Share

LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
-- expect 12-18: orders ShareRowExclusive

LOCK TABLE orders IN EXCLUSIVE MODE;
-- expect 12-18: orders Exclusive

LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
-- expect 12-18: orders AccessExclusive

LOCK TABLE readings IN SHARE MODE;
-- expect 12-18: readings Share; readings_1 Share; readings_2 Share

LOCK TABLE v IN SHARE MODE;
-- expect 12-18: orders Share; v Share

CREATE TABLE nt (id int PRIMARY KEY, p int REFERENCES nt(id));
-- expect 12-18: builds nt_pkey

CREATE TABLE nt (LIKE tickets INCLUDING ALL);
-- expect 12-18: tickets AccessShare; builds nt_pkey

CREATE TABLE nt OF pair;
-- expect 12-18: pair AccessShare

DROP TABLE tickets;
-- expect 12-18: tickets AccessExclusive; tickets_id_seq AccessExclusive; tickets_ident_seq AccessExclusive

-- setup: CREATE PUBLICATION p1 FOR TABLE readings_new;
DROP TABLE readings_new;
-- expect 12-18: readings_new AccessExclusive

TRUNCATE readings_new CASCADE;
-- expect 12-18: readings_new AccessExclusive

TRUNCATE payments CASCADE;
-- expect 12-18: payments AccessExclusive; builds payments_pkey

DROP SCHEMA public CASCADE;
-- expect 12-18: accounts AccessExclusive; animals AccessExclusive; boxes AccessExclusive; cache AccessExclusive; cats AccessExclusive; counter AccessExclusive; customers AccessExclusive; diary AccessExclusive; dogs AccessExclusive; drafts AccessExclusive; events AccessExclusive; events_1 AccessExclusive; events_new AccessExclusive; events_rest AccessExclusive; measures AccessExclusive; notes AccessExclusive; order_copy AccessExclusive; orders AccessExclusive; pair AccessExclusive; payments AccessExclusive; readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive; readings_new AccessExclusive; samples AccessExclusive; tickets AccessExclusive; tickets_id_seq AccessExclusive; tickets_ident_seq AccessExclusive; v AccessExclusive

VACUUM (DISABLE_PAGE_SKIPPING) orders;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive

VACUUM (PARALLEL 2) orders;
-- expect 12: error 42601
-- expect 13-18: error 25001
-- alone 13-18: orders ShareUpdateExclusive

VACUUM;
-- expect 12-18: error 25001
-- alone 12-18: accounts ShareUpdateExclusive; animals ShareUpdateExclusive; boxes ShareUpdateExclusive; cache ShareUpdateExclusive; cats ShareUpdateExclusive; customers ShareUpdateExclusive; diary ShareUpdateExclusive; dogs ShareUpdateExclusive; drafts ShareUpdateExclusive; events ShareUpdateExclusive; events_1 ShareUpdateExclusive; events_new ShareUpdateExclusive; events_rest ShareUpdateExclusive; measures ShareUpdateExclusive; notes ShareUpdateExclusive; order_copy ShareUpdateExclusive; orders ShareUpdateExclusive; payments ShareUpdateExclusive; readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive; readings_2 ShareUpdateExclusive; readings_new ShareUpdateExclusive; samples ShareUpdateExclusive; tickets ShareUpdateExclusive

ANALYZE;
-- expect 12-18: accounts ShareUpdateExclusive; animals ShareUpdateExclusive; boxes ShareUpdateExclusive; cache ShareUpdateExclusive; cats ShareUpdateExclusive; customers ShareUpdateExclusive; diary ShareUpdateExclusive; dogs ShareUpdateExclusive; drafts ShareUpdateExclusive; events ShareUpdateExclusive; events_1 ShareUpdateExclusive; events_new ShareUpdateExclusive; events_rest ShareUpdateExclusive; measures ShareUpdateExclusive; notes ShareUpdateExclusive; order_copy ShareUpdateExclusive; orders ShareUpdateExclusive; payments ShareUpdateExclusive; readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive; readings_2 ShareUpdateExclusive; readings_new ShareUpdateExclusive; samples ShareUpdateExclusive; tickets ShareUpdateExclusive
