-- The placeholder of a schema as migcheck fills it in.
CREATE SCHEMA __schema_;
