ALTER TABLE dogs NO INHERIT animals;
-- expect 12-18: animals AccessShare; dogs AccessExclusive

ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx

-- setup: ALTER TABLE readings_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
-- setup: ALTER TABLE readings_new ADD CONSTRAINT readings_new_pkey PRIMARY KEY (k,id);
-- setup: CREATE INDEX readings_new_val ON readings_new(val);
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; readings_new AccessExclusive

-- setup: ALTER TABLE readings_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx

-- setup: CREATE UNIQUE INDEX readings_new_ticket_no ON readings_new (k,id);
-- setup: CREATE INDEX readings_new_val ON readings_new(val);
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey

-- setup: ALTER TABLE readings_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000) NOT VALID;
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx

ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: events ShareUpdateExclusive; events_new AccessExclusive scan; events_rest AccessExclusive scan

-- setup: ALTER TABLE events_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
-- setup: ALTER TABLE events_rest ADD CONSTRAINT ck CHECK (k < 10000);
ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: events ShareUpdateExclusive; events_new AccessExclusive; events_rest AccessExclusive

-- setup: ALTER TABLE events_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
-- setup: ALTER TABLE events_rest ADD CONSTRAINT ck CHECK (NOT (k >= 10000 AND k < 20000));
ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: events ShareUpdateExclusive; events_new AccessExclusive; events_rest AccessExclusive

-- setup: ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
-- setup: ALTER TABLE readings_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: customers ShareRowExclusive scan; readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx

-- setup: CREATE TABLE fkx (k int, id int);
-- setup: ALTER TABLE fkx ADD CONSTRAINT fk FOREIGN KEY (k, id) REFERENCES readings(k, id);
-- setup: ALTER TABLE readings_new ADD CONSTRAINT ck CHECK (k >= 10000 AND k < 20000);
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-14: fkx AccessShare; readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx
-- expect 15-18: fkx ShareRowExclusive; readings ShareUpdateExclusive; readings_new AccessExclusive scan; builds readings_new_pkey, readings_new_val_idx

-- setup: ALTER TABLE readings_new ADD COLUMN extra int;
ALTER TABLE readings ATTACH PARTITION readings_new FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: error 42804

-- setup: CREATE TABLE lp (k int NOT NULL, id int NOT NULL, val int, customer_id int) PARTITION BY LIST (k);
-- setup: UPDATE readings_new SET k = 5;
ALTER TABLE lp ATTACH PARTITION readings_new FOR VALUES IN (5);
-- expect 12-18: lp ShareUpdateExclusive; readings_new AccessExclusive scan

-- setup: CREATE TABLE hp (k int NOT NULL) PARTITION BY HASH (k);
-- setup: CREATE TABLE candh (k int NOT NULL);
-- setup: INSERT INTO candh SELECT generate_series(1,10000);
ALTER TABLE hp ATTACH PARTITION candh FOR VALUES WITH (MODULUS 1, REMAINDER 0);
-- expect 12-18: candh AccessExclusive scan; hp ShareUpdateExclusive

ALTER TABLE readings DETACH PARTITION readings_1;
-- expect 12-13: readings AccessExclusive; readings_1 ShareUpdateExclusive
-- expect 14-18: readings AccessExclusive; readings_1 AccessExclusive

ALTER TABLE events DETACH PARTITION events_1;
-- expect 12-13: events AccessExclusive; events_1 ShareUpdateExclusive; events_rest AccessExclusive
-- expect 14-18: events AccessExclusive; events_1 AccessExclusive; events_rest AccessExclusive

ALTER TABLE readings DETACH PARTITION readings_1 CONCURRENTLY;
-- expect 12-13: error 42601
-- expect 14-18: error 25001
-- alone 14-18: readings ShareUpdateExclusive; readings_1 AccessExclusive

ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;
-- expect 12-13: error 42601
-- expect 14-18: error 25001
-- alone 14-18: error 55000

ALTER TABLE readings DETACH PARTITION readings_1 FINALIZE;
-- expect 12-13: error 42601
-- expect 14-18: error 55000

-- setup: ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
ALTER TABLE readings DETACH PARTITION readings_1;
-- expect 12-13: customers ShareRowExclusive; readings AccessExclusive; readings_1 ShareUpdateExclusive
-- expect 14-18: customers ShareRowExclusive; readings AccessExclusive; readings_1 AccessExclusive

-- setup: CREATE TABLE fkx (k int, id int);
-- setup: ALTER TABLE fkx ADD CONSTRAINT fk FOREIGN KEY (k, id) REFERENCES readings(k, id);
ALTER TABLE readings DETACH PARTITION readings_1;
-- expect 12-18: fkx AccessExclusive; readings AccessExclusive; readings_1 AccessExclusive

-- setup: ALTER TABLE events_rest ADD CONSTRAINT ck CHECK (k < 10000);
CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: events AccessExclusive; events_rest AccessExclusive

-- setup: ALTER TABLE readings ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers(id);
CREATE TABLE readings_3 PARTITION OF readings FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: customers ShareRowExclusive; readings AccessExclusive; builds readings_3_pkey, readings_3_val_idx

-- setup: CREATE TABLE fkx (k int, id int);
-- setup: ALTER TABLE fkx ADD CONSTRAINT fk FOREIGN KEY (k, id) REFERENCES readings(k, id);
CREATE TABLE readings_3 PARTITION OF readings FOR VALUES FROM (10000) TO (20000);
-- expect 12-14: fkx AccessShare; readings AccessExclusive; builds readings_3_pkey, readings_3_val_idx
-- expect 15-18: fkx ShareRowExclusive; readings AccessExclusive; builds readings_3_pkey, readings_3_val_idx

CREATE TABLE readings_def PARTITION OF readings DEFAULT;
-- expect 12-18: readings AccessExclusive; builds readings_def_pkey, readings_def_val_idx

DROP TABLE events_1;
-- expect 12-18: events AccessExclusive; events_1 AccessExclusive; events_rest AccessExclusive

TRUNCATE readings_1;
-- expect 12-13: readings AccessShare; readings_1 AccessExclusive; builds readings_1_pkey, readings_1_val_idx
-- expect 14-18: readings_1 AccessExclusive; builds readings_1_pkey, readings_1_val_idx

TRUNCATE readings;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive; readings_2 AccessExclusive; builds readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx

ALTER TABLE readings_1 ADD COLUMN x int;
-- expect 12-18: error 42809

CREATE INDEX ix_p1 ON readings_1 (id);
-- expect 12-18: readings_1 Share scan; builds ix_p1

CREATE TABLE np (k int, v int) PARTITION BY RANGE (k);
-- expect 12-18: -

CREATE TABLE inh_d (z int) INHERITS (animals);
-- expect 12-18: animals ShareUpdateExclusive

-- setup: CREATE INDEX ix ON ONLY readings (customer_id);
-- setup: CREATE INDEX ix1 ON readings_1 (customer_id);
-- setup: CREATE INDEX ix2 ON readings_2 (customer_id);
-- setup: ALTER INDEX ix ATTACH PARTITION ix1;
ALTER INDEX ix ATTACH PARTITION ix2;
-- expect 12-18: ix ShareUpdateExclusive; ix2 AccessExclusive; readings AccessShare; readings_2 AccessShare

CREATE TABLE readings_3 (LIKE readings INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE readings ATTACH PARTITION readings_3 FOR VALUES FROM (10000) TO (20000);
-- expect 12-18: readings ShareUpdateExclusive; builds readings_3_pkey, readings_3_val_idx

CREATE TABLE readings_3 PARTITION OF readings FOR VALUES FROM (10000) TO (20000) PARTITION BY RANGE (id);
-- expect 12-18: readings AccessExclusive

UPDATE readings SET k = 6000 WHERE k = 1;
-- expect 12-18: readings RowExclusive; readings_1 RowExclusive scan; readings_2 RowExclusive

DROP TABLE events_rest;
-- expect 12-18: events AccessExclusive; events_rest AccessExclusive

ALTER TABLE readings_1 RENAME TO readings_one;
-- expect 12-18: readings_1 AccessExclusive

ALTER TABLE readings_1 ALTER COLUMN val SET DEFAULT 5;
-- expect 12-18: readings_1 AccessExclusive

ALTER TABLE readings_1 ALTER COLUMN val SET NOT NULL;
-- expect 12-18: readings_1 AccessExclusive scan

VACUUM readings;
-- expect 12-18: error 25001
-- alone 12-18: readings ShareUpdateExclusive; readings_1 ShareUpdateExclusive; readings_2 ShareUpdateExclusive

ANALYZE ONLY readings;
-- expect 12-17: error 42601
-- expect 18: readings ShareUpdateExclusive; readings_1 AccessShare; readings_2 AccessShare

CLUSTER readings USING readings_val_idx;
-- expect 12-14: error 0A000
-- expect 15-18: error 25001
-- alone 15-18: readings AccessExclusive; readings_1 AccessExclusive rewrite scan; readings_2 AccessExclusive rewrite scan; builds readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx
