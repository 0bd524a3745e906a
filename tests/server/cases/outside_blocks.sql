CREATE DATABASE another_database TEMPLATE template1;
-- expect 12-18: error 25001

DROP DATABASE no_database;
-- expect 12-18: error 25001

ALTER DATABASE other_database SET TABLESPACE other_disk;
-- expect 12-18: error 25001
-- alone 12-18: -

ALTER DATABASE case_copy SET timezone = 'UTC';
-- expect 12-18: -

ALTER SYSTEM SET log_min_messages = 'warning';
-- expect 12-18: error 25001
-- alone 12-18: -

CREATE SUBSCRIPTION s1 CONNECTION 'dbname=nope' PUBLICATION p1;
-- expect 12-18: error 25001

COMMIT PREPARED 'x';
-- expect 12-18: error 25001

DISCARD ALL;
-- expect 12-18: error 25001
-- alone 12-18: -
