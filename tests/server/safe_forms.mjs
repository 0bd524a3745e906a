// SPDX-License-Identifier: MIT
// What the pages of the checks promise, tried on a server: every statement of a Safe block works and does no long
// work under a lock that blocks writers of a table that was there before; every Unsafe block does the harm that
// its page tells of.
//
//   with-server 15 -- node safe_forms.mjs MIGCHECK [CHECK …]
//
// A block with `pg=` in its header is tried on that major only, all others from 12 on.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let pg;
try {
  pg = (await import('pg')).default;
} catch {
  console.log('SKIPPED: no client is installed: run `npm ci --ignore-scripts` in tests/server.');
  process.exit(77);
}

const [migcheck, ...wanted] = process.argv.slice(2);
const CATEGORIES = ['blocking', 'failing', 'transactions'];
const DATABASE = 'pages';
const ROWS = 2000;
const ORDER = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
  'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];
const blocks_writers = (mode) => ORDER.indexOf(mode) >= ORDER.indexOf('ShareLock');

const RELATIONS = `
  SELECT c.oid::int8::text AS oid, c.relkind AS kind, pg_relation_filenode(c.oid) AS file, c.relname AS name,
         i.indrelid::int8::text AS of, pg_stat_get_xact_tuples_returned(c.oid) AS rows
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'i', 'I')`;
const LOCKS = `
  SELECT relation::int8::text AS oid, mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IS NOT NULL
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

// Part of PostgreSQL from 13 on; before, an extension brings it.
const GEN_RANDOM_UUID = `CREATE FUNCTION gen_random_uuid() RETURNS uuid VOLATILE LANGUAGE sql
  AS 'SELECT md5(random()::text)::uuid'`;

// "```sql good pg=18 wrapped" … "```"
function blocks_of(page) {
  return [...page.matchAll(/^```sql (\w+)(.*)\n([\s\S]*?)^```$/gm)].map(([, kind, header, sql]) => ({
    kind, sql, words: header.trim().split(/\s+/).filter(Boolean) }));
}

// The splitter is migcheck's own: an offset for each statement.
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'migcheck-pages-'));
function statements_of(sql) {
  if (!sql.includes('$$') && sql.trimEnd().indexOf(';') === sql.trimEnd().length - 1) return [sql];
  const file = path.join(scratch, 'block.sql');
  fs.writeFileSync(file, sql);
  const out = execFileSync(migcheck, ['locks', file, '--no-config', '--pg-version', '18', '--format', 'json'],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  const bytes = Buffer.from(sql);
  return JSON.parse(out).statements.filter((statement) => !statement.inner)
    .map((statement) => bytes.subarray(statement.begin, statement.end).toString());
}

async function connect(database) {
  const client = new pg.Client({ database });
  client.on('notice', () => {});
  client.on('error', () => {});
  await client.connect();
  return client;
}

const COLUMNS = `
  SELECT c.oid::regclass::text AS relation, quote_ident(a.attname) AS name, format_type(a.atttypid, NULL) AS type,
         t.typbasetype::regtype::text AS base
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
    AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = '' ORDER BY c.oid, a.attnum`;

function value_for({ type, base }) {
  const name = base && base !== '-' ? base : type;
  if (/^(bigint|integer|smallint|numeric|real|double)/.test(name)) return name === 'smallint' ? 'i % 100 + 1' : base && base !== '-' ? 'i % 100' : 'i + 100000';
  if (/^timestamp/.test(name)) return `timestamp '2026-01-01' + i * interval '1 minute'`;
  if (name === 'date') return `date '2026-01-01' + i % 300`;
  if (name === 'boolean') return 'i % 2 = 0';
  if (name === 'uuid') return `md5(i::text)::uuid`;
  if (/^(text|character)/.test(name)) return `'v' || i + 1000`;
  return 'NULL';
}

// Rows in all tables that take them; a partition for another year stays empty.
async function fill(client) {
  const tables = group((await client.query(COLUMNS)).rows);
  for (const [table, columns] of tables) {
    const names = columns.map((column) => column.name).join(', ');
    const values = columns.map(value_for).join(', ');
    await client.query(`INSERT INTO ${table} (${names}) SELECT ${values} FROM generate_series(1, ${ROWS}) i`)
      .catch(() => {});
  }
  await client.query('ANALYZE');
}

function group(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.relation, [...(groups.get(row.relation) ?? []), row]);
  return groups;
}

const relations = async (client) => new Map((await client.query(RELATIONS)).rows.map((row) => [row.oid, row]));

// What a statement held and did to what was there before the block.
function deeds(existing, before, after, locks) {
  const files = new Set([...before.values()].map((relation) => relation.file));
  const found = [];
  for (const [oid, then] of existing) {
    if (!'rpm'.includes(then.kind)) continue;
    const modes = locks.filter((lock) => lock.oid === oid).map((lock) => lock.mode);
    const lock = modes.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).at(-1) ?? '';
    const now = after.get(oid);
    const was = before.get(oid);
    const work = [];
    if (now && was && now.file !== was.file) work.push('rewritten');
    if (now && was && now.rows - was.rows >= ROWS) work.push('read in full');
    for (const index of after.values())
      if (index.kind === 'i' && index.of === oid && !files.has(index.file)) work.push(`index ${index.name} built`);
    if (lock || work.length) found.push({ table: then.name, kind: then.kind, lock, work });
  }
  return found;
}

async function run_in_block(client, existing, statement, open) {
  if (!open) await client.query('BEGIN');
  const before = await relations(client);
  try {
    await client.query(statement);
    const found = deeds(existing, before, await relations(client), (await client.query(LOCKS)).rows);
    if (!open) await client.query('COMMIT');
    return { found };
  } catch (error) {
    if (!error.code) throw error;
    await client.query('ROLLBACK');
    return { error };
  }
}

// A statement that begins transactions of its own: while it waits for a writer, may others write?
async function run_alone(client, existing, statement) {
  const tables = [...existing.values()].filter((relation) => relation.kind === 'r' || relation.kind === 'p');
  const writer = await connect(DATABASE);
  const other = await connect(DATABASE);
  await other.query(`SET lock_timeout = '1s'`);
  const touched = tables.filter((table) => new RegExp(`\\b${table.name}\\b`).test(statement) || tables.length === 1);
  const table = (touched[0] ?? tables[0])?.name;
  const write = `DELETE FROM ${table} WHERE false`;
  await writer.query('BEGIN');
  if (table) await writer.query(write);
  const before = await relations(client);
  let done = false;
  const running = client.query(statement).then(() => ({}), (error) => ({ error })).finally(() => { done = true; });
  for (let n = 0; n < 20 && !done; ++n) await new Promise((resolve) => setTimeout(resolve, 10));
  const waits = !done;
  const blocked = waits && table ? await other.query(write).then(() => false, () => true) : false;
  await writer.query('COMMIT');
  const result = await running;
  const after = await relations(client);
  await writer.end();
  await other.end();
  if (result.error) return result;
  const mode = blocked ? 'ShareLock' : 'ShareUpdateExclusiveLock';
  const found = deeds(existing, before, after, tables.map((relation) => ({ oid: relation.oid, mode })));
  if (blocked && found.every((one) => one.work.length === 0)) found.push({ table, kind: 'r', lock: 'ShareLock', work: [] });
  return { found, alone: true, blocked };
}

const OUTSIDE = ['25001', '2D000'];
const CONTROL = /^\s*(BEGIN|COMMIT|ROLLBACK|START TRANSACTION)\b/i;

// Statement after statement, as the header says: in one block or each in its own.
async function run_block(client, sql, wrapped) {
  const existing = await relations(client);
  const results = [];
  let open = wrapped;
  if (wrapped) await client.query('BEGIN');
  for (const statement of statements_of(sql)) {
    if (CONTROL.test(statement)) {
      await client.query(statement);
      open = !/^\s*(COMMIT|ROLLBACK)/i.test(statement);
      continue;
    }
    let result = await run_in_block(client, existing, statement, open);
    if (!open && OUTSIDE.includes(result.error?.code)) result = await run_alone(client, existing, statement);
    if (result.error) open = false;
    results.push({ statement, ...result });
  }
  if (open) await client.query('COMMIT');
  return results;
}

const admin = await connect('postgres');
const major = Math.floor(Number((await admin.query('SHOW server_version_num')).rows[0].server_version_num) / 10000);
await admin.query(`CREATE DATABASE ${DATABASE}`);
for (const role of ['app', 'app_user', 'owner_role']) await admin.query(`CREATE ROLE ${role}`).catch(() => {});
const known = new Map(JSON.parse(execFileSync(migcheck, ['checks', '--format', 'json'])).checks
  .map((check) => [check.name, check]));

// What is wrong with the block's run; nothing: it is as the page says.
function complaint(category, check, block, results) {
  const errors = results.filter((result) => result.error);
  const harm = results.flatMap((result) => (result.found ?? []).filter((one) =>
    (one.lock === '' || blocks_writers(one.lock)) && (one.work.length > 0 || (block.kind === 'bad' && known.get(check).severity !== 'error'))
    && !(one.kind === 'm' && one.lock !== 'AccessExclusiveLock')));
  if (block.kind === 'good') {
    if (errors.length) return `is refused: ${errors[0].error.message} (${errors[0].statement})`;
    if (category === 'blocking' && harm.length) return `does long work under a lock: ${JSON.stringify(harm)}`;
    return '';
  }
  if (category === 'failing') return errors.length ? '' : 'is not refused';
  if (errors.length) return `is refused, and so proves nothing: ${errors[0].error.message} (${errors[0].statement})`;
  return category !== 'blocking' || harm.length ? '' : `harms nobody: ${JSON.stringify(results.map((r) => r.found))}`;
}

const counts = { tried: 0, skipped: 0, wrong: 0 };
async function try_page(category, file) {
  const check = path.basename(file, '.md').replaceAll('_', '-');
  if (wanted.length && !wanted.includes(check)) return;
  const history = [];
  for (const block of blocks_of(fs.readFileSync(file, 'utf8'))) {
    const since = Number(block.words.find((word) => word.startsWith('since='))?.slice(6) ?? 0);
    if (since > major) {
      ++counts.skipped;
      if (block.kind === 'history') return;  // what follows rests on it
      continue;
    }
    if (block.kind === 'history') {
      history.push(block.sql);
      continue;
    }
    const version = block.words.find((word) => word.startsWith('pg='))?.slice(3);
    const other_tool = block.words.some((word) => word.startsWith('layout='));
    const of_older = known.get(check).max_pg !== null && major > known.get(check).max_pg && !version;
    if (other_tool || of_older || (version ? Number(version) !== major : major < 12)) {
      ++counts.skipped;
      continue;
    }
    const client = await connect(DATABASE);
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    if (major < 13) await client.query(GEN_RANDOM_UUID);
    for (const sql of history) for (const statement of statements_of(sql)) await client.query(statement);
    await fill(client);
    const results = await run_block(client, block.sql.replaceAll('-- next migration', ''), block.words.includes('wrapped'));
    await client.end();
    ++counts.tried;
    const wrong = complaint(category, check, block, results);
    if (!wrong) continue;
    ++counts.wrong;
    console.log(`${check}: the ${block.kind} block ${wrong}\n${block.sql}`);
  }
}

const checks = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../checks');
for (const category of CATEGORIES)
  for (const file of fs.readdirSync(path.join(checks, category)).filter((name) => name.endsWith('.md')).sort())
    await try_page(category, path.join(checks, category, file));
await admin.end();
fs.rmSync(scratch, { recursive: true });
console.log(`PostgreSQL ${major}: ${counts.tried} blocks tried, ${counts.wrong} not as their page says, ${counts.skipped} skipped`
  + ' (another major or another tool)');
process.exit(counts.wrong ? 1 : 0);
