CREATE INDEX ix ON orders (n);
-- expect 12-18: orders Share scan; builds ix

CREATE UNIQUE INDEX ix ON orders (ticket_no);
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders (n) WHERE n > 100;
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders (lower(remark));
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders ((n + random()));
-- expect 12-18: error 42P17

CREATE INDEX ix ON orders ((placed_at::date));
-- expect 12-18: error 42P17

CREATE INDEX ix ON orders (n) INCLUDE (ticket_no);
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders USING hash (n);
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders USING brin (placed_at);
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON orders USING gin (to_tsvector('english', remark));
-- expect 12-18: orders Share scan; builds ix

CREATE INDEX ix ON drafts (n);
-- expect 12-18: drafts Share; builds ix

CREATE INDEX CONCURRENTLY ix ON orders (n);
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive scan; builds ix

CREATE UNIQUE INDEX CONCURRENTLY ix ON orders (ticket_no);
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive scan; builds ix

CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_shelf_idx ON orders (shelf);
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive

CREATE INDEX CONCURRENTLY ix ON orders (n) WHERE n > 100;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive scan; builds ix

CREATE INDEX CONCURRENTLY ix ON order_copy (n);
-- expect 12-18: error 25001
-- alone 12-18: order_copy ShareUpdateExclusive scan; builds ix

CREATE INDEX ix ON order_copy (n);
-- expect 12-18: order_copy Share scan; builds ix

CREATE INDEX ix ON readings (customer_id);
-- expect 12-18: readings Share; readings_1 Share scan; readings_2 Share scan; builds readings_1_customer_id_idx, readings_2_customer_id_idx

CREATE INDEX ix ON ONLY readings (customer_id);
-- expect 12-18: readings Share

CREATE INDEX CONCURRENTLY ix ON readings (customer_id);
-- expect 12-18: error 25001
-- alone 12-18: error 0A000

CREATE INDEX CONCURRENTLY ix ON ONLY readings (customer_id);
-- expect 12-18: error 25001
-- alone 12-18: error 0A000

CREATE INDEX CONCURRENTLY ix ON readings_1 (customer_id);
-- expect 12-18: error 25001
-- alone 12-18: readings_1 ShareUpdateExclusive scan; builds ix

DROP INDEX orders_shelf_idx;
-- expect 12-18: orders AccessExclusive; orders_shelf_idx AccessExclusive

DROP INDEX IF EXISTS nope;
-- expect 12-18: -

DROP INDEX CONCURRENTLY orders_shelf_idx;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive; orders_shelf_idx AccessExclusive

DROP INDEX CONCURRENTLY customers_code_key;
-- expect 12-18: error 25001
-- alone 12-18: error 2BP01

DROP INDEX customers_code_key;
-- expect 12-18: error 2BP01

DROP INDEX CONCURRENTLY orders_shelf_idx, orders_placed_idx;
-- expect 12-18: error 25001
-- alone 12-18: error 0A000

DROP INDEX CONCURRENTLY readings_val_idx;
-- expect 12-18: error 25001
-- alone 12-18: error 0A000

DROP INDEX readings_1_val_idx;
-- expect 12-18: error 2BP01

REINDEX INDEX orders_shelf_idx;
-- expect 12-18: orders Share scan; orders_shelf_idx AccessExclusive; builds orders_shelf_idx

REINDEX TABLE orders;
-- expect 12-18: orders Share scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

REINDEX TABLE CONCURRENTLY orders;
-- expect 12-18: error 25001
-- alone 12-18: orders ShareUpdateExclusive scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

REINDEX DATABASE case_copy;
-- expect 12-18: error 25001
-- alone 12-18: accounts Share scan; animals Share; boxes Share scan; cache Share scan; cats Share; customers Share scan; diary Share scan; dogs Share; drafts Share; events_1 Share; events_new Share; events_rest Share; measures Share scan; notes Share scan; order_copy Share scan; orders Share scan; payments Share scan; readings_1 Share scan; readings_2 Share scan; readings_new Share; samples Share scan; tickets Share scan; builds accounts_pkey, boxes_pkey, cache_pkey, customers_code_key, customers_pkey, diary_pkey, drafts_pkey, measures_pkey, notes_pkey, order_copy_id_idx, orders_pkey, orders_placed_idx, orders_shelf_idx, payments_pkey, readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx, samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx, tickets_pkey

REINDEX SYSTEM case_copy;
-- expect 12-18: error 25001
-- alone 12-18: -

REINDEX TABLE readings;
-- expect 12-13: readings Share
-- expect 14-18: error 25001
-- alone 14-18: readings Share; readings_1 Share scan; readings_2 Share scan; builds readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx

REINDEX TABLE CONCURRENTLY readings;
-- expect 12-18: error 25001
-- alone 12-13: readings ShareUpdateExclusive
-- alone 14-18: readings ShareUpdateExclusive; readings_1 Share scan; readings_2 Share scan; builds readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx

REINDEX INDEX readings_val_idx;
-- expect 12-13: error 0A000
-- expect 14-18: error 25001
-- alone 14: readings Share; readings_1 Share scan; readings_2 Share scan; builds readings_1_val_idx, readings_2_val_idx
-- alone 15-18: readings Share; readings_1 Share scan; readings_2 Share scan; readings_val_idx AccessExclusive; builds readings_1_val_idx, readings_2_val_idx

REINDEX (CONCURRENTLY) INDEX orders_shelf_idx;
-- expect 12-13: error 42601
-- expect 14-18: error 25001
-- alone 14-18: orders ShareUpdateExclusive scan; builds orders_shelf_idx

REINDEX INDEX orders_pkey;
-- expect 12-18: orders Share scan; orders_pkey AccessExclusive; builds orders_pkey

ALTER INDEX orders_shelf_idx RENAME TO orders_shelf_idx2;
-- expect 12-18: orders_shelf_idx ShareUpdateExclusive

ALTER TABLE orders_shelf_idx RENAME TO orders_shelf_idx2;
-- expect 12-18: orders_shelf_idx AccessExclusive

-- setup: CREATE INDEX gx ON orders USING gin (to_tsvector('english', remark));
ALTER INDEX gx SET (fastupdate = off);
-- expect 12-18: gx AccessExclusive

ALTER INDEX orders_shelf_idx RESET (fillfactor);
-- expect 12-18: orders_shelf_idx ShareUpdateExclusive

-- setup: CREATE INDEX ex ON orders ((n+1));
ALTER INDEX ex ALTER COLUMN 1 SET STATISTICS 500;
-- expect 12-18: ex ShareUpdateExclusive

ALTER INDEX orders_shelf_idx DEPENDS ON EXTENSION plpgsql;
-- expect 12-18: orders_shelf_idx AccessExclusive
