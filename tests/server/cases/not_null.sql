ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL) NOT VALID;
-- setup: ALTER TABLE orders VALIDATE CONSTRAINT n_nn;
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL AND serial_no > 0);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL OR serial_no > 0);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL, ALTER COLUMN shelf SET NOT NULL;
-- expect 12-18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS DISTINCT FROM NULL);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (NOT (n IS NULL));
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL) NO INHERIT;
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL), ALTER COLUMN n SET NOT NULL;
-- expect 12-18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT n_nn;
-- expect 12-18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn CHECK (n IS NOT NULL);
ALTER TABLE orders ALTER COLUMN n SET NOT NULL, DROP CONSTRAINT n_nn;
-- expect 12-18: orders AccessExclusive scan

ALTER TABLE readings ALTER COLUMN val SET NOT NULL;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive scan; readings_2 AccessExclusive scan

-- setup: ALTER TABLE readings ADD CONSTRAINT v_nn CHECK (val IS NOT NULL);
ALTER TABLE readings ALTER COLUMN val SET NOT NULL;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive

ALTER TABLE ONLY readings ALTER COLUMN val SET NOT NULL;
-- expect 12-18: error 42P16

ALTER TABLE payments ALTER COLUMN customer_id SET NOT NULL;
-- expect 12-18: payments AccessExclusive scan

ALTER TABLE orders ALTER COLUMN serial_no DROP NOT NULL;
-- expect 12-18: orders AccessExclusive

ALTER TABLE orders ALTER COLUMN id DROP NOT NULL;
-- expect 12-18: error 42P16

ALTER TABLE orders ALTER COLUMN n DROP NOT NULL;
-- expect 12-18: orders AccessExclusive

ALTER TABLE readings ALTER COLUMN k DROP NOT NULL;
-- expect 12-18: error 42P16

ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n NOT VALID;
-- expect 12-17: error 42601
-- expect 18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT n_nn;
-- expect 12-17: unsupported
-- expect 18: orders ShareUpdateExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT nn_nn NOT NULL discount NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT nn_nn;
-- expect 12-17: unsupported
-- expect 18: error 23502

-- setup: ALTER TABLE orders ADD CONSTRAINT n_chk CHECK (n IS NOT NULL);
-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT n_nn;
-- expect 12-17: unsupported
-- expect 18: orders ShareUpdateExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n NOT VALID;
ALTER TABLE orders ALTER COLUMN n SET NOT NULL;
-- expect 12-17: unsupported
-- expect 18: orders AccessExclusive scan

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n;
ALTER TABLE orders ALTER CONSTRAINT n_nn NO INHERIT;
-- expect 12-17: unsupported
-- expect 18: orders AccessExclusive

-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n;
ALTER TABLE orders DROP CONSTRAINT n_nn;
-- expect 12-17: unsupported
-- expect 18: orders AccessExclusive

-- setup: ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
-- setup: ALTER TABLE orders ADD CONSTRAINT n_nn NOT NULL n NOT VALID;
ALTER TABLE orders ADD PRIMARY KEY (n);
-- expect 12-17: unsupported
-- expect 18: error 55000
