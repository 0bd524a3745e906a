ALTER TABLE samples ALTER COLUMN whole TYPE int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(50);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE varchar;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(10);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN label TYPE varchar(100);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN label TYPE text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN remark TYPE varchar;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN remark TYPE varchar(100);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN name50_ix TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN words_ix TYPE varchar;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN words_ix TYPE varchar(100);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN name50_checked TYPE varchar(100);
-- expect 12-18: samples AccessExclusive scan

ALTER TABLE samples ALTER COLUMN name50_checked TYPE text;
-- expect 12-18: samples AccessExclusive scan

ALTER TABLE samples ALTER COLUMN name50 TYPE text COLLATE "C";
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN words_ix TYPE text COLLATE "POSIX";
-- expect 12-18: samples AccessExclusive scan; builds samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN words_ix TYPE text COLLATE "en-x-icu";
-- expect 12-18: samples AccessExclusive scan; builds samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN code10 TYPE char(6);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN code10 TYPE varchar(10);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN code10 TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN name50 TYPE char(50);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN nm TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

-- setup: CREATE EXTENSION citext;
ALTER TABLE samples ALTER COLUMN remark TYPE citext;
-- expect 12-18: samples AccessExclusive

-- setup: CREATE EXTENSION citext;
ALTER TABLE samples ALTER COLUMN words_ix TYPE citext;
-- expect 12-18: samples AccessExclusive scan; builds samples_words_ix_idx

-- setup: CREATE EXTENSION citext;
-- setup: ALTER TABLE samples ALTER COLUMN remark TYPE citext;
ALTER TABLE samples ALTER COLUMN remark TYPE text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN small TYPE int;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE bigint;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole_ix TYPE bigint;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN id TYPE bigint;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE customers ALTER COLUMN id TYPE bigint;
-- expect 12-18: customers AccessExclusive rewrite scan; payments AccessExclusive scan; builds customers_code_key, customers_pkey

ALTER TABLE payments ALTER COLUMN customer_id TYPE bigint;
-- expect 12-18: customers AccessExclusive scan; payments AccessExclusive rewrite scan; builds payments_pkey

ALTER TABLE samples ALTER COLUMN large TYPE int;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE numeric;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE varchar(20);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE oid;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN o TYPE int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN whole TYPE real;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE boolean USING whole <> 0;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN b TYPE int USING b::int;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN r4 TYPE double precision;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN r8 TYPE real;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN r8 TYPE numeric;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN num TYPE int;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN price TYPE numeric(12,2);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN price TYPE numeric(12,4);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN price TYPE numeric(8,2);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN price TYPE numeric(10,1);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN price TYPE numeric;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN num TYPE numeric(10,2);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN rounded TYPE numeric(12);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN price_ix TYPE numeric;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN num TYPE money;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='Europe/Paris';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='Etc/UTC';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz;
-- expect 12-18: samples AccessExclusive

SET timezone='Europe/London';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN moment_ix TYPE timestamptz;
-- expect 12-18: samples AccessExclusive scan; builds samples_moment_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz USING ts AT TIME ZONE 'UTC';
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='Europe/Paris';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz USING ts AT TIME ZONE 'UTC';
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz USING ts::timestamptz;
-- expect 12-18: samples AccessExclusive

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN tz TYPE timestamp;
-- expect 12-18: samples AccessExclusive

SET timezone='Europe/Paris';
ALTER TABLE samples ALTER COLUMN tz TYPE timestamp;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN instant_ix TYPE timestamp;
-- expect 12-18: samples AccessExclusive scan; builds samples_instant_ix_idx

ALTER TABLE samples ALTER COLUMN moment3 TYPE timestamp(6);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN moment3 TYPE timestamp;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN moment3_ix TYPE timestamp;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN instant3 TYPE timestamptz;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN tz TYPE timestamptz(3);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN moment3 TYPE timestamptz;
-- expect 12-18: samples AccessExclusive

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN moment3 TYPE timestamptz(3);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

SET timezone='UTC';
ALTER TABLE samples ALTER COLUMN ts TYPE timestamptz(3);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN d TYPE timestamptz;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN tm3 TYPE time(6);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN tm3 TYPE time;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN tm TYPE time(3);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN iv TYPE interval second(3);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN st TYPE timestamptz USING now();
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN network TYPE inet;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN address TYPE cidr;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN bit8 TYPE bit(16);
-- expect 12-18: error 22026

ALTER TABLE samples ALTER COLUMN bit8 TYPE varbit(8);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN bit8 TYPE varbit;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN vbit8 TYPE varbit(16);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN vbit8 TYPE varbit;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN vbitu TYPE varbit(8);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN vbit8 TYPE varbit(4);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN m TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN m TYPE varchar(20);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

-- setup: CREATE TYPE mood2 AS ENUM ('low','fine','high','new');
ALTER TABLE samples ALTER COLUMN m TYPE mood2 USING m::text::mood2;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN x TYPE text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN remark TYPE xml USING remark::xml;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN j TYPE jsonb;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN j TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN jb TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN digits_text TYPE jsonb USING digits_text::jsonb;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN token_text TYPE uuid USING token_text::uuid;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN token_text TYPE uuid;
-- expect 12-18: error 42804

ALTER TABLE samples ALTER COLUMN digits_text TYPE int USING digits_text::int;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN digits_text TYPE int;
-- expect 12-18: error 42804

ALTER TABLE samples ALTER COLUMN token TYPE text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN labels TYPE varchar(20)[];
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN labels TYPE varchar[];
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN labels TYPE text[];
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE int[] USING ARRAY[whole];
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN mac TYPE macaddr8;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole_pos TYPE positive;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole TYPE plain_int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN d_positive TYPE int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN d_plain TYPE int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN d_short TYPE text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE any_text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE bounded_text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN remark TYPE any_text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN remark TYPE bounded_text;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN whole_ix TYPE plain_int;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE text USING name50;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE text USING name50::text;
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE text USING lower(name50);
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE samples ALTER COLUMN remark TYPE text USING name50;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

ALTER TABLE orders ALTER COLUMN label TYPE varchar(100), ALTER COLUMN remark TYPE varchar;
-- expect 12-18: error 0A000

ALTER TABLE orders ALTER COLUMN n TYPE bigint;
-- expect 12-18: error 0A000

ALTER TABLE orders ALTER COLUMN remark TYPE varchar;
-- expect 12-18: error 0A000

ALTER TABLE accounts ALTER COLUMN val TYPE bigint;
-- expect 12-18: accounts AccessExclusive rewrite scan; builds accounts_pkey

-- setup: CREATE TRIGGER accounts_w BEFORE UPDATE OF val ON accounts FOR EACH ROW WHEN (OLD.val IS DISTINCT FROM NEW.val) EXECUTE FUNCTION on_row();
ALTER TABLE accounts ALTER COLUMN val TYPE bigint;
-- expect 12-18: error 0A000

-- setup: CREATE TRIGGER accounts_w BEFORE UPDATE OF val ON accounts FOR EACH ROW EXECUTE FUNCTION on_row();
ALTER TABLE accounts ALTER COLUMN val TYPE bigint;
-- expect 12-18: error 0A000

-- setup: CREATE TRIGGER accounts_w BEFORE UPDATE ON accounts FOR EACH ROW WHEN (OLD.val IS DISTINCT FROM NEW.val) EXECUTE FUNCTION on_row();
ALTER TABLE accounts ALTER COLUMN val TYPE bigint;
-- expect 12-18: error 0A000

ALTER TABLE notes ALTER COLUMN author TYPE varchar;
-- expect 12-18: error 0A000

-- setup: ALTER TABLE tickets ADD COLUMN g2 int GENERATED ALWAYS AS (val+1) STORED;
ALTER TABLE tickets ALTER COLUMN val TYPE bigint;
-- expect 12-14: error 42601
-- expect 15-18: error 0A000

-- setup: CREATE INDEX samples_part ON samples (id) WHERE name50 = 'x';
ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive scan; builds samples_part

-- setup: CREATE INDEX samples_expr ON samples (lower(name50));
ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive scan; builds samples_expr

-- setup: CREATE INDEX samples_expr ON samples (lower(name50));
ALTER TABLE samples ALTER COLUMN name50 TYPE text;
-- expect 12-18: samples AccessExclusive scan; builds samples_expr

-- setup: ALTER TABLE samples ADD CONSTRAINT samples_name50_key UNIQUE (name50);
ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

ALTER TABLE readings ALTER COLUMN val TYPE bigint;
-- expect 12-18: readings AccessExclusive; readings_1 AccessExclusive rewrite scan; readings_2 AccessExclusive rewrite scan; builds readings_1_pkey, readings_1_val_idx, readings_2_pkey, readings_2_val_idx

-- setup: CREATE TABLE ptv (k int, label varchar(50)) PARTITION BY RANGE (k);
-- setup: CREATE TABLE ptv_1 PARTITION OF ptv FOR VALUES FROM (0) TO (20000);
-- setup: INSERT INTO ptv SELECT i,'x' FROM generate_series(1,10000) i;
-- setup: CREATE INDEX ptv_vc_idx ON ptv (label);
ALTER TABLE ptv ALTER COLUMN label TYPE varchar(100);
-- expect 12-18: ptv AccessExclusive; ptv_1 AccessExclusive scan; builds ptv_1_label_idx

ALTER TABLE readings ALTER COLUMN k TYPE bigint;
-- expect 12-18: error 42P16

ALTER TABLE animals ALTER COLUMN val TYPE bigint;
-- expect 12-18: animals AccessExclusive rewrite scan; dogs AccessExclusive rewrite scan

-- setup: CREATE TABLE fkp (code varchar(50) PRIMARY KEY);
-- setup: INSERT INTO fkp SELECT 'c'||i FROM generate_series(1,10000) i;
-- setup: CREATE TABLE fkc (id int, code varchar(50) REFERENCES fkp(code));
-- setup: INSERT INTO fkc SELECT i, 'c'||i FROM generate_series(1,10000) i;
-- setup: ANALYZE;
ALTER TABLE fkp ALTER COLUMN code TYPE varchar(100);
-- expect 12-18: fkc AccessExclusive; fkp AccessExclusive

-- setup: CREATE TABLE fkp (code varchar(50) PRIMARY KEY);
-- setup: INSERT INTO fkp SELECT 'c'||i FROM generate_series(1,10000) i;
-- setup: CREATE TABLE fkc (id int, code varchar(50) REFERENCES fkp(code));
-- setup: INSERT INTO fkc SELECT i, 'c'||i FROM generate_series(1,10000) i;
-- setup: ANALYZE;
ALTER TABLE fkc ALTER COLUMN code TYPE varchar(100);
-- expect 12-18: fkc AccessExclusive; fkp AccessExclusive

-- setup: CREATE TABLE fkp (code varchar(50) PRIMARY KEY);
-- setup: INSERT INTO fkp SELECT 'c'||i FROM generate_series(1,10000) i;
-- setup: CREATE TABLE fkc (id int, code varchar(50) REFERENCES fkp(code));
-- setup: INSERT INTO fkc SELECT i, 'c'||i FROM generate_series(1,10000) i;
-- setup: ANALYZE;
ALTER TABLE fkp ALTER COLUMN code TYPE text;
-- expect 12-18: fkc AccessExclusive; fkp AccessExclusive

ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

ALTER TABLE samples ALTER name50 SET DATA TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

ALTER TABLE orders ALTER COLUMN paid TYPE text;
-- expect 12-18: orders AccessExclusive rewrite scan; builds orders_pkey, orders_placed_idx, orders_shelf_idx

-- setup: CREATE TABLE tdf (a text DEFAULT 'x');
ALTER TABLE tdf ALTER COLUMN a TYPE int USING a::int;
-- expect 12-18: error 42804

ALTER TABLE samples ALTER COLUMN whole TYPE bigint, ALTER COLUMN small TYPE bigint;
-- expect 12-18: samples AccessExclusive rewrite scan; builds samples_instant_ix_idx, samples_moment3_ix_idx, samples_moment_ix_idx, samples_name50_ix_idx, samples_network_ix_idx, samples_pkey, samples_price_ix_idx, samples_whole_ix_idx, samples_words_ix_idx

-- setup: CREATE INDEX samples_vpo ON samples (name50 varchar_pattern_ops);
ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

-- setup: CREATE INDEX samples_vpo ON samples (name50 varchar_pattern_ops);
ALTER TABLE samples ALTER COLUMN name50 TYPE text;
-- expect 12-18: samples AccessExclusive

-- setup: CREATE EXTENSION pg_trgm;
-- setup: CREATE INDEX samples_trgm ON samples USING gin (name50 gin_trgm_ops);
ALTER TABLE samples ALTER COLUMN name50 TYPE varchar(100);
-- expect 12-18: samples AccessExclusive

-- setup: ALTER TABLE samples ADD CONSTRAINT samples_name50_key UNIQUE (name50);
ALTER TABLE samples ALTER COLUMN name50 TYPE text;
-- expect 12-18: samples AccessExclusive

-- setup: CREATE MATERIALIZED VIEW mvc AS SELECT val FROM readings_new;
ALTER TABLE readings_new ALTER COLUMN val TYPE bigint;
-- expect 12-18: error 0A000

-- setup: CREATE FUNCTION uses_cand() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(val) FROM readings_new; END;
ALTER TABLE readings_new ALTER COLUMN val TYPE bigint;
-- expect 12-13: unsupported
-- expect 14-18: error 0A000
