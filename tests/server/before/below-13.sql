-- gen_random_uuid() is PostgreSQL's own from 13 on.
CREATE EXTENSION pgcrypto;
