-- What PostgreSQL itself says of a schema, in the shape of `migcheck catalog --format json`: one line of JSON.
-- Members that are not comparable (complete, uncertain) are left out. PostgreSQL 12 and later.
--   psql -X -A -t -q -f tests/server/catalog.sql
\set ON_ERROR_STOP on
-- format_type and regclass qualify what the search path does not find: public is found, all else is not.
SET search_path = public;

-- What others than the owner may do. `kind` is acldefault()'s letter: an ACL that is null means its defaults.
CREATE FUNCTION pg_temp.grants(acl aclitem[], kind "char", owner oid) RETURNS TABLE (grantee text, privilege text, grant_option bool)
LANGUAGE sql AS $$
SELECT CASE a.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(a.grantee)::text END, lower(a.privilege_type), a.is_grantable
FROM aclexplode(coalesce(acl, acldefault(kind, owner))) a WHERE a.grantee <> owner
$$;
CREATE FUNCTION pg_temp.grants_json(acl aclitem[], kind "char", owner oid, relation oid DEFAULT 0) RETURNS json LANGUAGE sql AS $$
SELECT coalesce(json_agg(json_build_object('grantee', g.grantee, 'privilege', g.privilege, 'columns', g.columns,
                                           'grant_option', g.grant_option)), '[]')
FROM (SELECT w.*, '{}'::text[] AS columns FROM pg_temp.grants(acl, kind, owner) w
      UNION ALL
      SELECT w.*, ARRAY[a.attname::text] FROM pg_attribute a, pg_temp.grants(a.attacl, 'c', owner) w
      WHERE a.attrelid = relation AND NOT a.attisdropped) g
$$;

CREATE TEMP VIEW own_schema AS
SELECT n.oid, n.nspname, n.nspowner, n.nspacl
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e');

CREATE TEMP VIEW of_extension AS
SELECT classid, objid FROM pg_depend WHERE deptype = 'e';

CREATE TEMP VIEW column_json AS
SELECT a.attrelid, a.attnum, json_build_object(
         'name', a.attname,
         'type', format_type(a.atttypid, a.atttypmod),
         'not_null', a.attnotnull,
         'has_default', a.atthasdef AND a.attgenerated = '',
         'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
         'generated', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
         'not_null_valid', a.attnotnull AND coalesce(n.valid, true),
         'not_null_constraint', n.name,
         'storage', CASE WHEN a.attstorage <> t.typstorage THEN
            CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
         'compression', CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
         'collation', CASE WHEN a.attcollation <> t.typcollation THEN c.collname END) AS json
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation c ON c.oid = a.attcollation
-- NOT NULL is a constraint of its own from 18 on.
LEFT JOIN (SELECT conrelid, conkey[1] AS attnum, conname AS name, convalidated AS valid FROM pg_constraint WHERE contype = 'n') n
  ON n.conrelid = a.attrelid AND n.attnum = a.attnum AND a.attnotnull
WHERE a.attnum > 0 AND NOT a.attisdropped;

CREATE TEMP VIEW index_json AS
SELECT x.indrelid, json_agg(json_build_object(
         'name', i.relname,
         'method', m.amname,
         'columns', (SELECT json_agg(a.attname ORDER BY k.place)
                     FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                     LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
                     WHERE k.place <= x.indnkeyatts),
         'including', (SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]')
                       FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                       JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                       WHERE k.place > x.indnkeyatts),
         'unique', x.indisunique,
         'primary', x.indisprimary,
         'valid', x.indisvalid,
         'has_predicate', x.indpred IS NOT NULL,
         'nulls_not_distinct', coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::bool, false),
         'keys', (SELECT json_agg(json_build_object(
                    'column', a.attname,
                    'operator_class', o.opcname,
                    'operator_class_default', o.opcdefault,
                    'collation', coalesce((SELECT l.collname FROM pg_collation l WHERE l.oid = k.collated), ''),
                    'collation_default', k.collated = coalesce(a.attcollation, (SELECT t.typcollation FROM pg_attribute e JOIN pg_type t
                       ON t.oid = e.atttypid WHERE e.attrelid = x.indexrelid AND e.attnum = k.place)),
                    'descending', k.bits & 1 <> 0,
                    'nulls_first', k.bits & 2 <> 0) ORDER BY k.place)
                  FROM unnest(x.indkey::int2[], x.indclass::oid[], x.indcollation::oid[], x.indoption::int2[])
                       WITH ORDINALITY AS k(attnum, class, collated, bits, place)
                  JOIN pg_opclass o ON o.oid = k.class
                  LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
                  WHERE k.place <= x.indnkeyatts),
         'options', (SELECT coalesce(json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), '{}') FROM unnest(i.reloptions) o))
         ORDER BY i.relname COLLATE "C") AS json
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_am m ON m.oid = i.relam
GROUP BY x.indrelid;

CREATE TEMP VIEW constraint_json AS
SELECT c.conrelid, json_agg(json_build_object(
         'name', c.conname,
         'kind', CASE c.contype WHEN 'c' THEN 'check' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
                                WHEN 'x' THEN 'exclusion' WHEN 'f' THEN 'foreign key' END,
         'columns', (SELECT coalesce(json_agg(a.attname ORDER BY CASE WHEN c.contype = 'c' THEN k.attnum ELSE k.place END), '[]')
                     FROM unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
                     LEFT JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum AND k.attnum <> 0),
         'valid', c.convalidated,
         'enforced', coalesce((to_jsonb(c) ->> 'conenforced')::bool, true),
         'deferrable', c.condeferrable,
         'initially_deferred', c.condeferred,
         'no_inherit', c.connoinherit AND c.contype = 'c',
         'operators', (SELECT coalesce(json_agg(o.oprname ORDER BY k.place), '[]') FROM unnest(c.conexclop) WITH ORDINALITY AS k(oid, place)
                       JOIN pg_operator o ON o.oid = k.oid),
         'index', (SELECT i.relname FROM pg_class i WHERE i.oid = c.conindid),
         'references', CASE WHEN c.contype = 'f' THEN json_build_object(
            'table', (SELECT n.nspname || '.' || r.relname FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
                      WHERE r.oid = c.confrelid),
            'columns', (SELECT json_agg(a.attname ORDER BY k.place)
                        FROM unnest(c.confkey) WITH ORDINALITY AS k(attnum, place)
                        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum),
            'match_full', c.confmatchtype = 'f',
            'delete_columns', (SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]')
                               FROM json_array_elements_text(CASE json_typeof(to_json(c) -> 'confdelsetcols') WHEN 'array'
                                                             THEN to_json(c) -> 'confdelsetcols' ELSE '[]' END) WITH ORDINALITY AS k(attnum, place)
                               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum::int2),
            'on_delete', CASE c.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                                            WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END,
            'on_update', CASE c.confupdtype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                                            WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END) END)
         ORDER BY c.conname COLLATE "C") AS json
FROM pg_constraint c
WHERE c.contype IN ('c', 'p', 'u', 'x', 'f') AND c.conrelid <> 0
GROUP BY c.conrelid;

CREATE TEMP VIEW policy_json AS
SELECT p.polrelid, json_agg(json_build_object(
         'name', p.polname,
         'command', CASE p.polcmd WHEN '*' THEN 'all' WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert'
                                  WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END,
         'permissive', p.polpermissive,
         'roles', (SELECT json_agg(r.name ORDER BY r.name COLLATE "C")
                   FROM (SELECT CASE WHEN u.o = 0 THEN 'public' ELSE pg_get_userbyid(u.o)::text END AS name
                         FROM unnest(p.polroles) AS u(o)) r),
         'has_using', p.polqual IS NOT NULL,
         'has_check', p.polwithcheck IS NOT NULL) ORDER BY p.polname COLLATE "C") AS json
FROM pg_policy p
GROUP BY p.polrelid;

CREATE TEMP VIEW trigger_json AS
SELECT t.tgrelid, json_agg(json_build_object(
         'name', t.tgname,
         'timing', CASE WHEN t.tgtype & 64 <> 0 THEN 'instead of' WHEN t.tgtype & 2 <> 0 THEN 'before' ELSE 'after' END,
         'events', array_remove(ARRAY[CASE WHEN t.tgtype & 4 <> 0 THEN 'insert' END, CASE WHEN t.tgtype & 16 <> 0 THEN 'update' END,
                                      CASE WHEN t.tgtype & 8 <> 0 THEN 'delete' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'truncate' END], NULL),
         'row', t.tgtype & 1 <> 0,
         'function', (SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                      WHERE p.oid = t.tgfoid),
         'columns', (SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]') FROM unnest(t.tgattr::int2[]) WITH ORDINALITY AS k(attnum, place)
                     JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.attnum),
         'has_when', t.tgqual IS NOT NULL,
         'constraint', t.tgconstraint <> 0,
         'enabled', t.tgenabled <> 'D',
         'state', CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'origin' END,
         'deferrable', t.tgdeferrable, 'initially_deferred', t.tginitdeferred,
         'arguments', (SELECT coalesce(json_agg(convert_from(substr(t.tgargs, b.begins, b.ends - b.begins), 'UTF8') ORDER BY b.begins), '[]')
                       FROM (SELECT z.at AS ends, coalesce(lag(z.at) OVER (ORDER BY z.at), 0) + 1 AS begins
                             FROM generate_series(1, length(t.tgargs)) AS z (at) WHERE get_byte(t.tgargs, z.at - 1) = 0) b),
         'transition_tables', array_remove(ARRAY[t.tgoldtable, t.tgnewtable], NULL)) ORDER BY t.tgname COLLATE "C") AS json
FROM pg_trigger t
-- Until 12 the copies that partitions have of their parent's triggers are internal ones.
WHERE NOT t.tgisinternal
   OR t.tgconstraint = 0 AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
                                     AND d.refclassid = 'pg_trigger'::regclass)
GROUP BY t.tgrelid;

CREATE TEMP VIEW rule_json AS
SELECT r.ev_class, json_agg(json_build_object(
         'name', r.rulename,
         'event', CASE r.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' WHEN '4' THEN 'delete' END,
         'instead', r.is_instead, 'enabled', r.ev_enabled <> 'D') ORDER BY r.rulename COLLATE "C") AS json
FROM pg_rewrite r
WHERE r.rulename <> '_RETURN'
GROUP BY r.ev_class;

CREATE TEMP VIEW table_json AS
SELECT json_agg(json_build_object(
         'schema', s.nspname, 'name', c.relname,
         'kind', CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' END,
         'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END,
         'partition_of', CASE WHEN c.relispartition THEN
            (SELECT n.nspname || '.' || p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
             JOIN pg_namespace n ON n.oid = p.relnamespace WHERE i.inhrelid = c.oid) END,
         'bound', CASE WHEN c.relispartition THEN
            (SELECT CASE WHEN b = 'DEFAULT' THEN 'default'
                         WHEN b LIKE 'FOR VALUES IN%' THEN 'list'
                         WHEN b LIKE 'FOR VALUES WITH%' THEN regexp_replace(b, '^.*modulus (\d+), remainder (\d+).*$', 'hash \1 \2')
                         ELSE 'range' END FROM pg_get_expr(c.relpartbound, c.oid) AS b) END,
         'partition_by', (SELECT json_build_object('strategy', CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END,
                             'columns', (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(p.partattrs::int2[]) WITH ORDINALITY AS k(attnum, place)
                                         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum AND k.attnum <> 0))
                          FROM pg_partitioned_table p WHERE p.partrelid = c.oid),
         'replica_index', (SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisreplident),
         'clustered_on', (SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisclustered),
         'of_type', (SELECT n.nspname || '.' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = c.reloftype AND c.reloftype <> 0),
         'owner', pg_get_userbyid(c.relowner),
         'grants', pg_temp.grants_json(c.relacl, 'r', c.relowner, c.oid),
         'inherits', CASE WHEN c.relispartition THEN '[]' ELSE
            (SELECT coalesce(json_agg(n.nspname || '.' || p.relname ORDER BY i.inhseqno), '[]') FROM pg_inherits i
             JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace WHERE i.inhrelid = c.oid) END,
         'row_security', c.relrowsecurity,
         'force_row_security', c.relforcerowsecurity,
         'replica_identity', CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' WHEN 'i' THEN 'index' END,
         'access_method', (SELECT m.amname FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'),
         'tablespace', (SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace),
         'options', (SELECT coalesce(json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), '{}')
                     FROM (SELECT unnest(c.reloptions) AS o
                           UNION ALL SELECT 'toast.' || unnest(t.reloptions) FROM pg_class t WHERE t.oid = c.reltoastrelid) every),
         'columns', (SELECT coalesce(json_agg(a.json ORDER BY a.attnum), '[]') FROM column_json a WHERE a.attrelid = c.oid),
         'constraints', coalesce((SELECT json FROM constraint_json x WHERE x.conrelid = c.oid), '[]'),
         'indexes', coalesce((SELECT json FROM index_json x WHERE x.indrelid = c.oid), '[]'),
         'policies', coalesce((SELECT json FROM policy_json x WHERE x.polrelid = c.oid), '[]'),
         'triggers', coalesce((SELECT json FROM trigger_json x WHERE x.tgrelid = c.oid), '[]'),
         'rules', coalesce((SELECT json FROM rule_json x WHERE x.ev_class = c.oid), '[]'))
         ORDER BY s.nspname COLLATE "C", c.relname COLLATE "C") AS json
FROM pg_class c
JOIN own_schema s ON s.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM of_extension);

-- A query's rule depends on the columns that it reads, or on a relation of which it reads none.
CREATE TEMP VIEW reads_json AS
SELECT viewed.oid AS view, json_agg(json_build_object('relation', viewed.name, 'columns', viewed.columns) ORDER BY viewed.name COLLATE "C") AS json
FROM (SELECT w.ev_class AS oid, n.nspname || '.' || c.relname AS name,
             (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum = ANY (array_agg(d.refobjsubid)) AND a.attnum > 0) AS columns
      FROM pg_rewrite w
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
      JOIN pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE w.rulename = '_RETURN' AND d.refobjid <> w.ev_class AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM of_extension)
      GROUP BY w.ev_class, n.nspname, c.relname, c.oid) viewed
GROUP BY viewed.oid;

CREATE TEMP VIEW view_json AS
SELECT json_agg(json_build_object(
         'schema', s.nspname, 'name', c.relname, 'materialized', c.relkind = 'm', 'populated', c.relispopulated,
         'options', (SELECT coalesce(json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), '{}') FROM unnest(c.reloptions) o),
         'columns', (SELECT json_agg(json_build_object('name', a.json -> 'name', 'type', a.json -> 'type') ORDER BY a.attnum)
                     FROM column_json a WHERE a.attrelid = c.oid),
         'reads', coalesce((SELECT json FROM reads_json x WHERE x.view = c.oid), '[]'),
         'triggers', coalesce((SELECT json FROM trigger_json x WHERE x.tgrelid = c.oid), '[]'),
         'rules', coalesce((SELECT json FROM rule_json x WHERE x.ev_class = c.oid), '[]'),
         'owner', pg_get_userbyid(c.relowner),
         'grants', pg_temp.grants_json(c.relacl, 'r', c.relowner, c.oid),
         'indexes', coalesce((SELECT json FROM index_json x WHERE x.indrelid = c.oid), '[]'))
         ORDER BY s.nspname COLLATE "C", c.relname COLLATE "C") AS json
FROM pg_class c
JOIN own_schema s ON s.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM of_extension);

CREATE TEMP VIEW sequence_json AS
SELECT json_agg(json_build_object(
         'schema', s.nspname, 'name', c.relname, 'type', format_type(q.seqtypid, NULL),
         'owner', pg_get_userbyid(c.relowner), 'grants', pg_temp.grants_json(c.relacl, 's', c.relowner), 'identity', coalesce(d.deptype = 'i', false),
         'owned_by', CASE WHEN d.refobjid IS NOT NULL THEN json_build_object(
            'table', (SELECT n.nspname || '.' || t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace WHERE t.oid = d.refobjid),
            'column', (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid)) END)
         ORDER BY s.nspname COLLATE "C", c.relname COLLATE "C") AS json
FROM pg_class c
JOIN own_schema s ON s.oid = c.relnamespace
JOIN pg_sequence q ON q.seqrelid = c.oid
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
  AND d.refclassid = 'pg_class'::regclass
WHERE ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM of_extension);

CREATE TEMP VIEW type_json AS
SELECT json_agg(
         CASE t.typtype
           WHEN 'e' THEN json_build_object('schema', s.nspname, 'name', t.typname, 'kind', 'enum',
             'labels', (SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid))
           WHEN 'd' THEN json_build_object('schema', s.nspname, 'name', t.typname, 'kind', 'domain',
             'base', format_type(t.typbasetype, t.typtypmod), 'not_null', t.typnotnull, 'has_default', t.typdefault IS NOT NULL,
             'constraints', (SELECT coalesce(json_agg(json_build_object('name', c.conname, 'valid', c.convalidated) ORDER BY c.conname COLLATE "C"), '[]')
                             FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'))
           WHEN 'c' THEN json_build_object('schema', s.nspname, 'name', t.typname, 'kind', 'composite',
             'columns', (SELECT coalesce(json_agg(a.json ORDER BY a.attnum), '[]') FROM column_json a WHERE a.attrelid = t.typrelid))
           ELSE json_build_object('schema', s.nspname, 'name', t.typname, 'kind', CASE t.typtype WHEN 'r' THEN 'range' WHEN 'p' THEN 'shell' ELSE 'base' END)
         END ORDER BY s.nspname COLLATE "C", t.typname COLLATE "C") AS json
FROM pg_type t
JOIN own_schema s ON s.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd', 'r', 'b', 'c') OR t.typtype = 'p' AND NOT t.typisdefined) AND (t.typtype <> 'c' OR c.relkind = 'c')
  AND NOT (t.typtype = 'b' AND t.typelem <> 0 AND t.typlen = -1)
  AND ('pg_type'::regclass, t.oid) NOT IN (SELECT * FROM of_extension);

CREATE TEMP VIEW function_json AS
SELECT json_agg(json_build_object(
         'schema', s.nspname, 'name', p.proname,
         'kind', CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
         'arguments', (SELECT coalesce(json_agg(format_type(a.o, NULL) ORDER BY a.place), '[]') FROM unnest(p.proargtypes) WITH ORDINALITY AS a(o, place)),
         'parameters', (SELECT coalesce(json_agg(json_build_object(
              'name', coalesce(p.proargnames[a.place], ''),
              'mode', CASE coalesce(p.proargmodes[a.place], 'i') WHEN 'i' THEN 'in' WHEN 'o' THEN 'out' WHEN 'b' THEN 'inout'
                                                                 WHEN 'v' THEN 'variadic' ELSE 'table' END,
              'type', format_type(a.o, NULL),
              'has_default', coalesce(p.proargmodes[a.place], 'i') IN ('i', 'b', 'v')
                AND (SELECT count(*) FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS l(o, place)
                     WHERE l.place >= a.place AND coalesce(p.proargmodes[l.place], 'i') IN ('i', 'b', 'v')) <= p.pronargdefaults) ORDER BY a.place), '[]')
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a(o, place)),
         'returns', CASE WHEN p.prokind <> 'p' THEN format_type(p.prorettype, NULL) END,
         'returns_set', p.proretset,
         'language', l.lanname,
         'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
         'security_definer', p.prosecdef, 'strict', p.proisstrict, 'leakproof', p.proleakproof,
         'body', CASE WHEN l.lanname IN ('sql', 'plpgsql') AND to_jsonb(p) ->> 'prosqlbody' IS NULL THEN p.prosrc END,
         'owner', pg_get_userbyid(p.proowner), 'grants', pg_temp.grants_json(p.proacl, 'f', p.proowner),
         'settings', (SELECT coalesce(json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), '{}') FROM unnest(p.proconfig) o))
         ORDER BY s.nspname COLLATE "C", p.proname COLLATE "C", p.oid) AS json
FROM pg_proc p
JOIN own_schema s ON s.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang
WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT * FROM of_extension)
  -- What a range type brings by itself.
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i');

-- 15 and later know publications of whole schemas.
SELECT to_regclass('pg_publication_namespace') IS NOT NULL AS schemas_are_published \gset
\if :schemas_are_published
CREATE TEMP VIEW published_schema AS
SELECT s.pnpubid AS pubid, n.nspname FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid;
\else
CREATE TEMP VIEW published_schema AS SELECT 0::oid AS pubid, ''::name AS nspname WHERE false;
\endif

CREATE TEMP VIEW publication_json AS
SELECT json_agg(json_build_object('name', p.pubname, 'all_tables', p.puballtables,
         'tables', (SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') FROM pg_publication_rel r
                    JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid),
         'schemas', (SELECT coalesce(json_agg(s.nspname), '[]') FROM published_schema s WHERE s.pubid = p.oid)) ORDER BY p.pubname) AS json
FROM pg_publication p;

CREATE TEMP VIEW role_json AS
SELECT json_agg(json_build_object('name', r.rolname, 'superuser', r.rolsuper, 'bypass_row_security', r.rolbypassrls, 'login', r.rolcanlogin,
         'member_of', (SELECT coalesce(json_agg(g.rolname ORDER BY g.rolname COLLATE "C"), '[]') FROM pg_auth_members m
                       JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid)) ORDER BY r.rolname COLLATE "C") AS json
FROM pg_roles r WHERE r.rolname !~ '^pg_';

-- As migcheck keeps them: what was revoked of PUBLIC's own defaults is a privilege with a minus.
CREATE TEMP VIEW default_privileges_json AS
SELECT json_agg(json_build_object(
         'role', CASE WHEN d.defaclrole = current_user::regrole THEN '' ELSE pg_get_userbyid(d.defaclrole)::text END,
         'schema', (SELECT nspname FROM pg_namespace n WHERE n.oid = d.defaclnamespace),
         'name', CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE 'schemas' END,
         'grants', (SELECT coalesce(json_agg(json_build_object('grantee', g.grantee, 'privilege', g.privilege, 'columns', '[]'::json,
                                             'grant_option', g.grant_option)), '[]')
                    FROM (SELECT * FROM pg_temp.grants(d.defaclacl, 'r', d.defaclrole)
                          EXCEPT ALL SELECT * FROM pg_temp.grants(NULL, CASE WHEN d.defaclnamespace <> 0 THEN 'r' WHEN d.defaclobjtype = 'S' THEN 's'
                                               ELSE d.defaclobjtype END, d.defaclrole)
                          UNION ALL
                          SELECT i.grantee, '-' || i.privilege, i.grant_option
                          FROM pg_temp.grants(NULL, CASE WHEN d.defaclobjtype = 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) i
                          WHERE d.defaclnamespace = 0
                            AND NOT EXISTS (SELECT FROM pg_temp.grants(d.defaclacl, 'r', d.defaclrole) h
                                            WHERE (h.grantee, h.privilege) = (i.grantee, i.privilege))) g))) AS json
FROM pg_default_acl d;

CREATE TEMP VIEW others_json AS
SELECT json_agg(json_build_object('what', o.what, 'schema', (SELECT s.nspname FROM own_schema s WHERE s.oid = o.schema), 'name', o.name)
                ORDER BY o.what, o.name COLLATE "C") AS json
FROM (SELECT 'pg_statistic_ext'::regclass AS class, oid, 'statistics' AS what, stxnamespace AS schema, stxname AS name FROM pg_statistic_ext
      UNION ALL SELECT 'pg_event_trigger'::regclass, oid, 'event trigger', NULL, evtname FROM pg_event_trigger
      UNION ALL SELECT 'pg_collation'::regclass, oid, 'collation', collnamespace, collname FROM pg_collation
      UNION ALL SELECT 'pg_operator'::regclass, oid, 'operator', oprnamespace, oprname FROM pg_operator
      UNION ALL SELECT 'pg_ts_config'::regclass, oid, 'text search', cfgnamespace, cfgname FROM pg_ts_config
      UNION ALL SELECT 'pg_ts_dict'::regclass, oid, 'text search', dictnamespace, dictname FROM pg_ts_dict
      UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 'foreign-data wrapper', NULL, fdwname FROM pg_foreign_data_wrapper
      UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 'server', NULL, srvname FROM pg_foreign_server
      UNION ALL SELECT 'pg_language'::regclass, oid, 'language', NULL, lanname FROM pg_language WHERE lanispl) o
WHERE (o.schema IS NULL OR o.schema IN (SELECT s.oid FROM own_schema s)) AND (o.class, o.oid) NOT IN (SELECT * FROM of_extension);

SELECT json_build_object(
  'version', 1,
  'schemas', (SELECT coalesce(json_agg(json_build_object('name', nspname, 'owner', pg_get_userbyid(nspowner),
                'grants', pg_temp.grants_json(nspacl, 'n', nspowner)) ORDER BY nspname COLLATE "C"), '[]') FROM own_schema),
  'tables', (SELECT coalesce(json, '[]') FROM table_json),
  'views', (SELECT coalesce(json, '[]') FROM view_json),
  'sequences', (SELECT coalesce(json, '[]') FROM sequence_json),
  'types', (SELECT coalesce(json, '[]') FROM type_json),
  'functions', (SELECT coalesce(json, '[]') FROM function_json),
  'extensions', (SELECT coalesce(json_agg(json_build_object('name', e.extname, 'schema', n.nspname, 'version', e.extversion) ORDER BY e.extname), '[]')
                 FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'),
  'publications', (SELECT coalesce(json, '[]') FROM publication_json),
  'roles', (SELECT coalesce(json, '[]') FROM role_json),
  'default_privileges', (SELECT coalesce(json, '[]') FROM default_privileges_json),
  'others', (SELECT coalesce(json, '[]') FROM others_json));
