// SPDX-License-Identifier: MIT
// Holds three things against each other, case by case: what the case file expects, what the server did, and what
// migcheck's plan says.
//
//   with-server 15 -- node cases.mjs MIGCHECK [--only NAME] [--record FILE]
//
// --record writes what the server did to FILE, for record.mjs; nothing is compared then.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { print_expectation, read_cases, read_schema } from './case_files.mjs';
import { connect, measure, stronger } from './measure.mjs';
import { plan_alone, plans_in_blocks } from './plan.mjs';
import { measure_alone } from './sampling.mjs';

const { values: options, positionals: [migcheck] } = parseArgs({
  allowPositionals: true, options: { only: { type: 'string' }, record: { type: 'string' } } });
const MOST_RUNS = 4; // of a statement whose locks are sampled

const admin = await connect('postgres');
const major = Number((await admin.query('SHOW server_version_num')).rows[0].server_version_num.slice(0, 2));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migcheck-cases-'));
const schema = read_schema();

// What the cases need besides the schema: roles, a second tablespace and a second database.
async function prepare() {
  for (const role of ['shop_owner', 'shop_reader', 'shop_user']) await admin.query(`CREATE ROLE ${role}`);
  const disk = path.join(process.env.PGHOST, 'disk');
  fs.mkdirSync(disk);
  const { uid, gid } = fs.statSync(process.env.PGHOST);
  fs.chownSync(disk, uid, gid);
  await admin.query(`CREATE TABLESPACE other_disk LOCATION '${disk}'`);
  await admin.query('CREATE DATABASE other_database');
  await admin.query('CREATE DATABASE case_template');
  const client = await connect('case_template');
  for (const statement of schema) await client.query(statement);
  await client.query('ANALYZE');
  await client.end();
}

// A copy of the schema, for cases that leave something behind.
async function in_copy(use) {
  const fast = major >= 15 ? ' STRATEGY file_copy' : ''; // as 12 to 14 do it
  await admin.query(`CREATE DATABASE case_copy TEMPLATE case_template${fast}`);
  const client = await connect('case_copy');
  try {
    return await use(client);
  } finally {
    await client.end();
    await admin.query('DROP DATABASE case_copy');
  }
}

async function set_up(client, found) {
  try {
    for (const statement of found.setup) await client.query(statement);
    return true;
  } catch (error) {
    if (!error.code) throw error;
    return false;
  }
}

// Indexes are compared where the statement names them, and for locks that mean something: what else it does to
// them follows from their table.
function keep_named_indexes(result, statements) {
  if (!result.locks) return result;
  // A constraint is no index, even where its name is one.
  const text = statements.join('\n').replace(/(DROP|ADD) CONSTRAINT (IF EXISTS )?\w+/g, '');
  for (const name of Object.keys(result.locks)) {
    const named = new RegExp(`\\b${name.split('.').pop()}\\b`).test(text);
    const brief = stronger('RowExclusiveLock', result.locks[name]) === 'RowExclusiveLock';
    if (result.indexes.has(name) && (brief || !named)) delete result.locks[name];
  }
  return result;
}

async function measured_in_block(shared, found) {
  if (found.setup.length === 0) return measure(shared, found.statements);
  return in_copy(async (client) =>
    (await set_up(client, found)) ? measure(client, found.statements) : { unsupported: true });
}

// All that was seen in several runs, until it is what is expected.
async function measured_alone(found, expected) {
  let all;
  for (let run = 0; run < MOST_RUNS; ++run) {
    const now = await in_copy(async (client) =>
      (await set_up(client, found)) ? measure_alone(client, found.statements) : { unsupported: true });
    if (now.error || now.unsupported) return now;
    keep_named_indexes(now, found.statements);
    all ??= now;
    for (const [name, mode] of Object.entries(now.locks)) {
      all.locks[name] = all.locks[name] ? stronger(all.locks[name], mode) : mode;
    }
    if (expected && print_expectation({ ...all, scan: expected.scan ?? [] }) === print_expectation(expected)) break;
  }
  return all;
}

const is_refused_in_block = (result) => result.error?.code === '25001';

async function server_results(cases) {
  const with_setup = cases.filter((found) => found.setup.length > 0);
  const without = cases.filter((found) => found.setup.length === 0);
  const results = new Map();
  const measure_each = async (group, shared) => {
    for (const found of group) {
      results.set(found, { expect: keep_named_indexes(await measured_in_block(shared, found), found.statements) });
    }
  };
  await in_copy((client) => measure_each(without, client));
  await measure_each(with_setup, null);
  for (const [found, result] of results) {
    const runs_alone = options.record ? is_refused_in_block(result.expect) : found.alone[major];
    if (runs_alone) result.alone = await measured_alone(found, found.alone[major]);
  }
  return results;
}

async function plan_results(cases) {
  const results = new Map();
  const without = cases.filter((found) => found.setup.length === 0);
  const plans = await plans_in_blocks(migcheck, major, folder, schema, without.map((found) => found.statements));
  without.forEach((found, index) => results.set(found, { expect: plans[index] }));
  for (const found of cases.filter((each) => each.setup.length > 0)) {
    const [plan] = await plans_in_blocks(migcheck, major, folder, [...schema, ...found.setup], [found.statements]);
    results.set(found, { expect: plan });
  }
  for (const [found, result] of results) {
    if (found.alone[major]) {
      result.alone = await plan_alone(migcheck, major, folder, [...schema, ...found.setup], found.statements);
    }
  }
  return results;
}

// What only rows can tell: a plan may not see it coming.
const is_about_rows = (code) => /^2[23]/.test(code);

// Whether a query reads a whole table is its planner's choice, by size.
const is_query = (statement) => /^(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\b/.test(statement);

// An index that is built anew is locked by whoever builds it.
function without_built(result) {
  if (!result.locks || result.builds.length === 0) return result;
  const locks = Object.fromEntries(Object.entries(result.locks).filter(([name]) => !result.builds.includes(name.split('.').pop())));
  return { ...result, locks };
}

function differs(kind, expected_result, actual_result, from_plan) {
  const expected = without_built(expected_result);
  const actual = without_built(actual_result);
  if (expected.unsupported || actual.unsupported) return Boolean(expected.unsupported) !== Boolean(actual.unsupported);
  if (from_plan && expected.error && !actual.error) return !is_about_rows(expected.error.code);
  const comparable = { ...actual };
  if (from_plan && !actual.error) comparable.scan = actual.scan.filter((name) => !actual.empty.has(name));
  if (from_plan && actual.is_query && !actual.error) comparable.scan = expected.scan ?? [];
  if (kind === 'alone' && !from_plan && !actual.error && !expected.error) {
    // A brief lock may not have been seen: what was seen must be expected.
    comparable.scan = expected.scan;
    const seen = Object.entries(actual.locks);
    if (seen.every(([name, mode]) => expected.locks[name] && stronger(expected.locks[name], mode) === expected.locks[name])) {
      comparable.locks = expected.locks;
    }
  }
  return print_expectation(expected) !== print_expectation(comparable);
}

function compare(cases, server, plans) {
  const tally = { cases: 0, server: 0, plan: 0, unplanned: 0 };
  for (const found of cases) {
    for (const kind of ['expect', 'alone']) {
      const expected = found[kind][major];
      if (!expected) continue;
      ++tally.cases;
      const did = server.get(found)[kind];
      const says = { ...plans.get(found)[kind], empty: did.empty ?? new Set(), is_query: is_query(found.statements.at(-1)) };
      const report = (who, result) => {
        ++tally[who];
        console.log(`${found.place} on ${major}: ${found.statements.at(-1)}\n    expected: ${print_expectation(expected)}\n` +
          `    ${who}: ${print_expectation(result)}${result.error?.message ? ` (${result.error.message})` : ''}`);
      };
      if (differs(kind, expected, did, false)) report('server', did);
      if (found.unplanned[major]) {
        ++tally.unplanned;
      } else if (!did.unsupported && differs(kind, expected, says, true)) report('plan', says);
    }
  }
  console.log(`PostgreSQL ${major}: ${tally.cases} cases; the server differs from the file in ${tally.server}, ` +
    `the plan in ${tally.plan}; ${tally.unplanned} cannot be planned.`);
  return tally.server + tally.plan === 0;
}

const cases = read_cases(options.only);
await prepare();
const server = await server_results(cases);
await admin.end();
let fine = true;
if (options.record) {
  const plain = (result) => result && (result.unsupported ? { unsupported: true } : result.error ? { error: result.error }
    : { locks: result.locks, rewrite: result.rewrite, scan: result.scan, builds: result.builds });
  fs.writeFileSync(options.record, JSON.stringify({ major, results: cases.map((found) => ({
    place: found.place, expect: plain(server.get(found).expect), alone: plain(server.get(found).alone) })) }));
} else {
  fine = compare(cases, server, await plan_results(cases));
}
fs.rmSync(folder, { recursive: true });
process.exitCode = fine ? 0 : 1;
