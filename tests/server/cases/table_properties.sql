ALTER TABLE orders SET (fillfactor = 70);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders RESET (fillfactor);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (autovacuum_enabled = false);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.01);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (autovacuum_freeze_max_age = 100000000);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (toast.autovacuum_enabled = false);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (user_catalog_table = true);
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders SET (vacuum_truncate = false);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (vacuum_index_cleanup = false);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (log_autovacuum_min_duration = 0);
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders SET (fillfactor = 70, user_catalog_table = true);
-- expect 12-18: orders AccessExclusive

ALTER VIEW v SET (security_barrier = true);
-- expect 12-18: v AccessExclusive

ALTER VIEW v SET (security_invoker = true);
-- expect 12-14: error 22023
-- expect 15-18: v AccessExclusive

ALTER TABLE orders SET WITHOUT OIDS;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders SET WITH OIDS;
-- expect 12-18: error 42601

ALTER TABLE orders SET LOGGED;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders SET UNLOGGED;
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

ALTER TABLE cache SET LOGGED;
-- expect 12-18: cache AccessExclusive rewrite scan; builds cache_pkey

ALTER TABLE customers SET UNLOGGED;
-- expect 12-18: error 42P16

ALTER TABLE readings SET UNLOGGED;
-- expect 12-17: readings AccessExclusive
-- expect 18: error 42809

ALTER TABLE orders SET TABLESPACE other_disk;
-- expect 12-18: orders AccessExclusive rewrite

ALTER TABLE orders SET TABLESPACE pg_default;
-- expect 12-18: orders AccessExclusive

ALTER INDEX orders_shelf_idx SET TABLESPACE other_disk;
-- expect 12-18: orders_shelf_idx AccessExclusive; builds orders_shelf_idx

ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE other_disk;
-- expect 12-18: accounts AccessExclusive rewrite; animals AccessExclusive rewrite; boxes AccessExclusive rewrite; cache AccessExclusive rewrite; cats AccessExclusive rewrite; customers AccessExclusive rewrite; diary AccessExclusive rewrite; dogs AccessExclusive rewrite; drafts AccessExclusive rewrite; events AccessExclusive; events_1 AccessExclusive rewrite; events_new AccessExclusive rewrite; events_rest AccessExclusive rewrite; measures AccessExclusive rewrite; notes AccessExclusive rewrite; orders AccessExclusive rewrite; payments AccessExclusive rewrite; readings AccessExclusive; readings_1 AccessExclusive rewrite; readings_2 AccessExclusive rewrite; readings_new AccessExclusive rewrite; samples AccessExclusive rewrite; tickets AccessExclusive rewrite

ALTER TABLE orders SET ACCESS METHOD heap;
-- expect 12-14: error 42601
-- expect 15-18: orders AccessExclusive

-- setup: CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
ALTER TABLE orders SET ACCESS METHOD heap2;
-- expect 12-14: error 42601
-- expect 15-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

-- setup: CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
ALTER TABLE readings SET ACCESS METHOD heap2;
-- expect 12-14: error 42601
-- expect 15-16: error 42809
-- expect 17-18: readings AccessExclusive

-- setup: ALTER TABLE orders CLUSTER ON orders_shelf_idx;
ALTER TABLE orders SET WITHOUT CLUSTER;
-- expect 12-18: orders ShareUpdateExclusive

ALTER TABLE orders REPLICA IDENTITY FULL;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders REPLICA IDENTITY DEFAULT;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders REPLICA IDENTITY NOTHING;
-- expect 12-18: orders AccessExclusive

-- setup: CREATE UNIQUE INDEX orders_serial_no ON orders (serial_no);
ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_serial_no;
-- expect 12-18: orders AccessExclusive; orders_serial_no Share

ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders FORCE ROW LEVEL SECURITY;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders OWNER TO shop_owner;
-- expect 12-18: orders AccessExclusive

ALTER TABLE readings OWNER TO shop_owner;
-- expect 12-18: readings AccessExclusive

-- setup: CREATE TABLE typed (a int, b text);
ALTER TABLE typed OF pair;
-- expect 12-18: pair AccessShare; typed AccessExclusive

-- setup: CREATE TABLE typed OF pair;
ALTER TABLE typed NOT OF;
-- expect 12-18: typed AccessExclusive

ALTER TABLE orders RENAME COLUMN n TO n2;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders RENAME CONSTRAINT orders_total_check TO orders_chk2;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_pk2;
-- expect 12-18: orders AccessExclusive; orders_pkey ShareUpdateExclusive

ALTER TABLE payments RENAME CONSTRAINT payments_customer_fkey TO fk2;
-- expect 12-18: payments AccessExclusive

ALTER TABLE orders SET SCHEMA archive;
-- expect 12-18: orders AccessExclusive
