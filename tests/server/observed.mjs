// SPDX-License-Identifier: MIT
// Runs a history on a server and tells what it saw: which statements are refused in the transactions of the tool, and
// what each does in a transaction of its own to the relations that were there before its file.

import { connect as connect_to, stronger } from './measure.mjs';

const DATABASE = 'migcheck_findings';
const BLOCKED = /cannot run inside a transaction block|cannot be executed from a function|cannot run inside a pipeline/;
const CONTROL = /^\s*(BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET\s+TRANSACTION)\b/i;

export async function major() {
  const client = await connect_to('postgres');
  const { rows } = await client.query('SHOW server_version_num');
  await client.end();
  return Math.floor(Number(rows[0].server_version_num) / 10000);
}

// What an empty table is read for shows only in the counters of plain scans.
const PLAIN_SCANS = ['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan', 'enable_mergejoin', 'enable_nestloop'];

// A new database with what the history takes for granted, and the roles of the server as they were.
async function with_database(setup, work) {
  const admin = await connect_to('postgres');
  const roles = (await admin.query('SELECT array_agg(rolname::text) AS names FROM pg_roles')).rows[0].names;
  await admin.query(`DROP DATABASE IF EXISTS ${DATABASE}`);
  await admin.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0`);
  for (const setting of PLAIN_SCANS) await admin.query(`ALTER DATABASE ${DATABASE} SET ${setting} = off`);
  await admin.query(`ALTER DATABASE ${DATABASE} SET statement_timeout = '60s'`);
  // A history that sets no time zone must hold in any.
  await admin.query(`ALTER DATABASE ${DATABASE} SET timezone = 'Europe/Paris'`);
  const client = await connect_to(DATABASE);
  for (const sql of setup) await client.query(sql);
  try {
    return await work(client);
  } finally {
    await client.end();
    await admin.query(`DROP DATABASE ${DATABASE}`);
    const left = await admin.query('SELECT quote_ident(rolname) AS name FROM pg_roles WHERE NOT rolname = ANY ($1)', [roles]);
    for (const { name } of left.rows) {
      await admin.query(`DROP OWNED BY ${name} CASCADE`);
      await admin.query(`DROP ROLE ${name}`);
    }
    await admin.end();
  }
}

const fault = (error) => {
  if (!error.code) throw error;
  return { code: error.code, message: error.message };
};

// item → { code, message } of each statement that the tool's run would be refused. The history goes on after it.
export function refused_by_tool(items, setup) {
  return with_database(setup, async (client) => {
    const refused = new Map();
    let open = false;
    const begin = async () => { if (!open) await client.query('BEGIN'); open = true; };
    const end = async (item) => {
      if (open) await client.query('COMMIT').catch((error) => refused.set(item, fault(error)));
      open = false;
    };
    let shared = false;
    let last;
    for (const item of items) {
      if (item.kind === 'begin') await begin();
      if (item.kind === 'commit') await end(last);
      if (item.kind === 'connect') {
        await end(last);
        await client.query('DISCARD ALL');
      }
      if (item.kind !== 'statement') continue;
      last = item;
      if (item.goes_on || shared) await begin();
      open = await run_in_place(client, item, open, refused);
      if (shared && !item.goes_on) await end(item);
      shared = item.goes_on;
    }
    await end(last);
    return refused;
  });
}

// Whether a transaction is open afterwards.
async function run_in_place(client, item, open, refused) {
  const control = item.sql.match(CONTROL)?.[1].toUpperCase();
  const guarded = open && !control;
  if (guarded) await client.query('SAVEPOINT migcheck');
  try {
    await client.query(item.sql);
    if (guarded) await client.query('RELEASE SAVEPOINT migcheck').catch(() => {});
  } catch (error) {
    refused.set(item, fault(error));
    if (guarded) await client.query('ROLLBACK TO SAVEPOINT migcheck');
    // Whoever mends it takes it out of the block: what comes later needs what it makes.
    if (guarded && BLOCKED.test(error.message)) {
      await client.query('COMMIT');
      await client.query(item.sql).catch(() => {});
      await client.query('BEGIN');
    }
  }
  if (/^(BEGIN|START)/.test(control ?? '')) return true;
  if (/^(COMMIT|END|ABORT)/.test(control ?? '') || (control === 'ROLLBACK' && !/\bTO\b/i.test(item.sql))) return false;
  return open;
}

const SNAPSHOT = `
  SELECT c.oid::int8::text AS oid, c.relkind AS kind, pg_relation_filenode(c.oid) AS file, c.relname AS name,
         i.indrelid::int8::text AS of, h.inhparent::int8::text AS parent, c.relispartition AS partition,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_xact_numscans(c.oid) ELSE 0 END::int AS scans,
         CASE WHEN c.relkind = 'r' THEN pg_relation_size(c.oid) ELSE 0 END AS size
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
       LEFT JOIN pg_inherits h ON h.inhrelid = c.oid AND c.relispartition
  WHERE c.relkind IN ('r', 'p', 'm', 'v', 'i', 'I') AND c.relpersistence <> 't'
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;
const KEYS = `
  SELECT oid::int8::text AS oid, conname AS name, conrelid::int8::text AS child, confrelid::int8::text AS parent
  FROM pg_constraint WHERE contype = 'f'`;
const TRIGGERS = `SELECT oid::int8::text AS oid, tgrelid::int8::text AS of, tgenabled AS state FROM pg_trigger WHERE NOT tgisinternal`;
const LOCKS = `
  SELECT relation::int8::text AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const by_oid = (rows) => new Map(rows.map((row) => [row.oid, row]));

// All that is asked for at one moment goes in one message: the server is asked twice for each statement.
const LOOK = [SNAPSHOT, KEYS, TRIGGERS];
const look_of = ([relations, keys, triggers]) =>
  ({ relations: by_oid(relations.rows), keys: by_oid(keys.rows), triggers: by_oid(triggers.rows) });

function locks_of(rows) {
  const locks = new Map();
  for (const { oid, mode } of rows) locks.set(oid, locks.has(oid) ? stronger(locks.get(oid), mode) : mode);
  return locks;
}

// Statements that touch rows only need no look.
const ROWS_ONLY = /^\s*(INSERT|UPDATE|DELETE|COMMENT|GRANT|REVOKE|COPY|SET|RESET|SHOW|NOTIFY)\b/i;

// item → { before, after, locks, existing, bounded }, or { error }, or { alone } for what has transactions of its own.
export function deeds_alone(items, setup) {
  return with_database(setup, async (client) => {
    const deeds = new Map();
    let file;
    let existing = new Set();
    let local = [];
    for (const item of items) {
      if (item.kind === 'connect') await client.query('DISCARD ALL');
      if (item.kind !== 'statement') continue;
      if (item.file !== file) {
        for (const name of local) await client.query(`RESET ${name}`).catch(() => {});
        local = [];
        file = item.file;
        existing = new Set((await client.query(SNAPSHOT)).rows.map((row) => row.oid));
      }
      if (CONTROL.test(item.sql)) continue;
      // Its transaction would be over at once.
      const set = item.sql.match(/^\s*SET\s+LOCAL\s+("?[\w.]+"?)/i);
      if (set) local.push(set[1]);
      const sql = set ? item.sql.replace(/\bLOCAL\b/i, '') : item.sql;
      deeds.set(item, { existing, ...(await deed(client, sql)) });
    }
    return deeds;
  });
}

async function deed(client, sql) {
  const quick = ROWS_ONLY.test(sql);
  const fails_with_rows = await refused_with_a_row(client, sql);
  try {
    if (quick) {
      await client.query(sql);
      return { quick, fails_with_rows };
    }
    const [, timeout, ...before] = await client.query(['BEGIN', 'SHOW lock_timeout', ...LOOK].join(';'));
    await client.query(sql);
    const [locks, ...after] = await client.query([LOCKS, ...LOOK].join(';'));
    await client.query('COMMIT');
    return { before: look_of(before), after: look_of(after), locks: locks_of(locks.rows),
      bounded: timeout.rows[0].lock_timeout !== '0', fails_with_rows };
  } catch (error) {
    await client.query('ROLLBACK');
    if (!BLOCKED.test(error.message)) return { error: fault(error), fails_with_rows };
    return client.query(sql).then(() => ({ alone: true }), (other) => ({ error: fault(other) }));
  }
}

// A row whose columns are all null or what their defaults say, whatever the table's constraints want.
const BARE_ROW = (table) => `DO $migcheck$
  DECLARE t regclass := ${table}; r record;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = t AND conparentid = 0 AND contype IN ('c', 'p') LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', t, r.conname);
    END LOOP;
    FOR r IN SELECT attname FROM pg_attribute WHERE attrelid = t AND attnum > 0 AND attnotnull AND NOT attisdropped
        AND attidentity = '' LOOP
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', t, r.attname);
    END LOOP;
    EXECUTE format('INSERT INTO %s DEFAULT VALUES', t);
  END $migcheck$`;

const ADDS_NOT_NULL = /^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?((?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?)[\s\S]*\bADD\b[\s\S]*\b(NOT\s+NULL|PRIMARY\s+KEY)\b/i;

// Of ADD COLUMN … NOT NULL: a new column holds a null as soon as the table has a row. Undefined: it could not be tried.
async function refused_with_a_row(client, sql) {
  if (/^\s*(DO|SELECT|CALL)\b/i.test(sql)) return undefined;  // what it runs stands elsewhere
  const [, table] = sql.match(ADDS_NOT_NULL) ?? [];
  if (!table) return false;
  const literal = `'${table.replaceAll("'", "''")}'`;
  try {
    await client.query('BEGIN');
    await client.query(BARE_ROW(literal));
    try {
      await client.query(sql);
      return false;
    } catch (error) {
      if (error.code !== '23502') return undefined;
      return new RegExp(`\\bADD\\s+(COLUMN\\s+)?(IF\\s+NOT\\s+EXISTS\\s+)?"?${error.column}"?\\s`, 'i').test(sql) || undefined;
    }
  } catch {
    return undefined;
  } finally {
    await client.query('ROLLBACK');
  }
}
