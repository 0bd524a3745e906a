CREATE VIEW v2 AS SELECT id, n FROM orders;
-- expect 12-18: orders AccessShare

CREATE OR REPLACE VIEW v AS SELECT id, n, remark, ticket_no FROM orders;
-- expect 12-18: orders AccessShare; v AccessExclusive

CREATE OR REPLACE VIEW v AS SELECT id, n FROM orders;
-- expect 12-18: error 42P16

CREATE OR REPLACE VIEW v AS SELECT id, n AS nn, remark FROM orders;
-- expect 12-18: error 42P16

CREATE OR REPLACE VIEW v AS SELECT n, id, remark FROM orders;
-- expect 12-18: error 42P16

-- setup: CREATE VIEW v3 AS SELECT * FROM v;
DROP VIEW v CASCADE;
-- expect 12-18: v AccessExclusive; v3 AccessExclusive

ALTER VIEW v RENAME TO v9;
-- expect 12-18: v AccessExclusive

ALTER VIEW v RENAME COLUMN n TO nn;
-- expect 12: error 42601
-- expect 13-18: v AccessExclusive

ALTER VIEW v SET SCHEMA archive;
-- expect 12-18: v AccessExclusive

ALTER VIEW v ALTER COLUMN n SET DEFAULT 1;
-- expect 12-18: v AccessExclusive

ALTER VIEW v OWNER TO shop_owner;
-- expect 12-18: v AccessExclusive

CREATE MATERIALIZED VIEW mv2 AS SELECT id, n FROM orders WITH NO DATA;
-- expect 12-18: orders AccessShare

REFRESH MATERIALIZED VIEW order_copy;
-- expect 12-18: order_copy AccessExclusive rewrite scan; orders AccessShare scan; builds order_copy_id_idx

REFRESH MATERIALIZED VIEW order_copy WITH NO DATA;
-- expect 12-18: order_copy AccessExclusive rewrite; builds order_copy_id_idx

-- setup: UPDATE orders SET n = n + 1 WHERE id <= 100;
REFRESH MATERIALIZED VIEW CONCURRENTLY order_copy;
-- expect 12-18: order_copy Exclusive scan; orders AccessShare scan

-- setup: DROP INDEX order_copy_id_idx;
REFRESH MATERIALIZED VIEW CONCURRENTLY order_copy;
-- expect 12-18: error 55000

-- setup: REFRESH MATERIALIZED VIEW order_copy WITH NO DATA;
REFRESH MATERIALIZED VIEW CONCURRENTLY order_copy;
-- expect 12-18: error 0A000

DROP MATERIALIZED VIEW order_copy;
-- expect 12-18: order_copy AccessExclusive

ALTER MATERIALIZED VIEW order_copy RENAME TO mv9;
-- expect 12-18: order_copy AccessExclusive

ALTER MATERIALIZED VIEW order_copy SET (fillfactor = 80);
-- expect 12-18: order_copy ShareUpdateExclusive
