// SPDX-License-Identifier: MIT
// What a statement did to the relations of a database, as the server itself tells it.
//
//   locks    pg_locks of the own backend, before the transaction ends: relation locks are kept until then
//   rewrite  a table's file that is another one afterwards
//   scan     the counters of sequential scans, read inside the transaction
//   builds   an index whose file is new

import pg from 'pg';

const ORDER = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
  'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];

export const stronger = (a, b) => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

const RELATIONS = `
  SELECT c.oid::int8::text AS oid, c.relkind AS kind, pg_relation_filenode(c.oid) AS file,
         CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_xact_numscans(c.oid) ELSE 0 END AS scans,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_xact_tuples_returned(c.oid) ELSE 0 END AS rows,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) ELSE 0 END AS size
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg_temp%'`;

const LOCKS = `
  SELECT relation::int8::text AS oid, mode FROM pg_locks
  WHERE pid = pg_backend_pid() AND locktype = 'relation'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const is_index = (relation) => relation.kind === 'i' || relation.kind === 'I';
const holds_rows = (relation) => relation.kind === 'r' || relation.kind === 'm';

export async function connect(database) {
  const client = new pg.Client({ database });
  client.on('notice', () => {});
  client.on('error', () => {});
  await client.connect();
  return client;
}

export async function relations(client) {
  return new Map((await client.query(RELATIONS)).rows.map((row) => [row.oid, row]));
}

// The strongest mode per relation that was there before; sequences and TOAST tables are the relation's own.
export function strongest(before, locks) {
  const found = {};
  for (const { oid, mode } of locks) {
    const relation = before.get(oid);
    if (relation && relation.kind !== 't') {
      found[relation.name] = found[relation.name] ? stronger(found[relation.name], mode) : mode;
    }
  }
  return found;
}

// What differs between two readings of the relations.
export function work(before, after, truncates) {
  const files = new Set([...before.values()].map((relation) => relation.file));
  const done = { rewrite: [], scan: [], builds: [] };
  for (const [oid, now] of after) {
    const then = before.get(oid);
    if (holds_rows(now) && then) {
      if (then.file !== now.file && !truncates) done.rewrite.push(now.name);
      if (Number(now.scans) > Number(then.scans) && Number(now.rows) > Number(then.rows)) done.scan.push(now.name);
    }
    // An index may be another one and yet keep the file of its predecessor.
    if (now.kind === 'i' && !files.has(now.file)) done.builds.push(now.name.split('.').pop());
  }
  for (const list of Object.values(done)) list.sort();
  return done;
}

export const empty_tables = (before) =>
  new Set([...before.values()].filter((r) => holds_rows(r) && Number(r.size) === 0).map((r) => r.name));

export const index_names = (before) => new Set([...before.values()].filter(is_index).map((r) => r.name));

// Runs the statements in a block that is rolled back.
export async function measure(client, statements) {
  await client.query('BEGIN');
  const before = await relations(client);
  const result = { empty: empty_tables(before), indexes: index_names(before) };
  try {
    for (const statement of statements) await client.query(statement);
    result.locks = strongest(before, (await client.query(LOCKS)).rows);
    Object.assign(result, work(before, await relations(client), /^\s*TRUNCATE/i.test(statements.at(-1))));
  } catch (error) {
    if (!error.code) throw error;
    result.error = { code: error.code, message: error.message };
  }
  await client.query('ROLLBACK');
  return result;
}
