// SPDX-License-Identifier: MIT
// Random statements over random schemas: what migcheck plans against what the server does. A plan that looked
// statements up by their text would pass the case files and fail here.
//
//   with-server 15 -- node differential.mjs MIGCHECK [--seed 1] [--schemas 20] [--statements 20] [--at-least 0.99]
//
// Agreement is about locks, rewrites, scans, index builds and errors. What only rows decide (a duplicate, a value
// that does not fit) is left out of the count: a plan knows no rows.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect, measure } from './measure.mjs';
import { plans_in_blocks } from './plan.mjs';
import { random_statement } from './random_ddl.mjs';
import { Random, random_schema } from './random_schema.mjs';

const { values: options, positionals: [migcheck] } = parseArgs({ allowPositionals: true, options: {
  seed: { type: 'string', default: '1' }, schemas: { type: 'string', default: '20' },
  statements: { type: 'string', default: '20' }, 'at-least': { type: 'string', default: '0.98' } } });

const admin = await connect('postgres');
const major = Number((await admin.query('SHOW server_version_num')).rows[0].server_version_num.slice(0, 2));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migcheck-differential-'));

// Runs what can be run of the schema; the rest is left out for both sides.
async function build(client, statements) {
  const done = [];
  for (const statement of statements) {
    try {
      await client.query(statement);
      done.push(statement);
    } catch (error) {
      if (!error.code) throw error;
    }
  }
  await client.query('ANALYZE');
  return done;
}

async function there(client, tables) {
  const found = [];
  for (const table of tables) {
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [table.name]);
    if (rows[0].there) found.push(table);
  }
  return found;
}

const tally = { statements: 0, rows: 0, other_error: 0, different: 0 };

const is_about_rows = (code) => /^2[23]/.test(code) || code === '54000';
const list = (name, ours, theirs) => {
  const extra = ours.filter((item) => !theirs.includes(item));
  const missing = theirs.filter((item) => !ours.includes(item));
  return extra.length + missing.length === 0 ? [] : [`${name}: only the plan ${extra.join(', ') || '-'}, only the server ${missing.join(', ') || '-'}`];
};

// Nothing where they agree; null where rows decide. Of two mistakes in one statement either may be told first.
function difference(statement, plan, server) {
  if (server.error && is_about_rows(server.error.code) && (!plan.error || is_about_rows(plan.error.code))) return null;
  if (server.error || plan.error) {
    const words = (error) => (error ? `${error.code} ${error.message}` : 'none');
    const text = `error: plan ${words(plan.error)}, server ${words(server.error)}`;
    if (!server.error || !plan.error) return [text];
    if (server.error.code !== plan.error.code) {
      ++tally.other_error;
      console.log(`(both refuse) ${statement}\n    ${text}`);
    }
    return [];
  }
  const modes = (locks) => Object.entries(locks).map(([name, mode]) => `${name} ${mode}`).sort();
  const only_tables = Object.fromEntries(Object.entries(server.locks).filter(([name]) => !server.indexes.has(name)));
  const own_tables = Object.fromEntries(Object.entries(plan.locks).filter(([name]) => !server.indexes.has(name)));
  const is_query = /^(SELECT|INSERT|DELETE|UPDATE)/.test(statement);
  return [
    ...list('locks', modes(own_tables), modes(only_tables)),
    ...list('rewrite', plan.rewrite, server.rewrite),
    ...(is_query ? [] : list('scan', plan.scan.filter((name) => !server.empty.has(name)), server.scan)),
    ...list('builds', plan.builds, server.builds),
  ];
}

const random = new Random(Number(options.seed));
for (let number = 0; number < Number(options.schemas); ++number) {
  const schema = random_schema(random);
  await admin.query('CREATE DATABASE differential');
  const client = await connect('differential');
  const history = await build(client, schema.statements);
  const tables = await there(client, schema.tables);
  const statements = Array.from({ length: Number(options.statements) }, () => random_statement(random, tables));
  const plans = await plans_in_blocks(migcheck, major, folder, ["SET timezone = 'UTC'", ...history], statements.map((one) => [one]));
  for (const [at, statement] of statements.entries()) {
    const differences = difference(statement, plans[at], await measure(client, [statement]));
    ++tally.statements;
    if (differences === null) ++tally.rows;
    if (differences?.length > 0) {
      ++tally.different;
      console.log(`[schema ${number}] ${statement}\n    ${differences.join('\n    ')}`);
    }
  }
  await client.end();
  await admin.query('DROP DATABASE differential');
}
await admin.end();
fs.rmSync(folder, { recursive: true });
const counted = tally.statements - tally.rows;
const agreement = counted === 0 ? 0 : (counted - tally.different) / counted;
console.log(`PostgreSQL ${major}, seed ${options.seed}: ${tally.statements} statements, ${tally.rows} decided by rows, ` +
  `${tally.other_error} refused for another of their mistakes; ` +
  `${tally.different} of ${counted} differ, agreement ${agreement.toFixed(4)}.`);
process.exitCode = agreement >= Number(options['at-least']) ? 0 : 1;
