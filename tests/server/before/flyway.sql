-- The placeholder of a schema as migcheck fills it in.
CREATE SCHEMA __schema_;
CREATE TYPE mood AS ENUM ('calm');
