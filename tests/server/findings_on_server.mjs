// SPDX-License-Identifier: MIT
// Precision and recall: the findings of blocking and failing over histories of migrations, against what a server does.
//
//   with-server 15 -- node findings_on_server.mjs MIGCHECK [--before FILE] [--layout NAME] [--list] PATH …
//
// Each PATH is a folder of one migration tool, as `migcheck catalog` takes it. Its statements run twice, each time in
// a new database of the server that PGHOST, PGPORT and PGUSER name: once in the tool's own transactions, for what is
// refused, and once each in a transaction of its own, for what it locks, reads, rewrites and builds of the relations
// that were there before its file. Each file counts as a change of its own, as in a lint without --since.
//
//   --before FILE   SQL that makes what the histories take for granted; of a folder, the file that is called as the
//                   last part of PATH
//   --list          every statement that is set aside, with the reason
//
// Prints a line per finding that the server does not confirm and per hazard without a finding, then a table. Exit
// code 1: there are such lines; 77: nothing could be run.

import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';

let server;
try {
  server = await import('./observed.mjs');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.log('SKIPPED: no client is installed: run `npm ci --ignore-scripts` in tests/server.');
  process.exit(77);
}
const { compare, NOT_SEEN } = await import('./findings_compared.mjs');
const { items_of } = await import('./history_script.mjs');

function options() {
  const found = { before: [], layout: [], list: false, paths: [] };
  const [migcheck, ...rest] = process.argv.slice(2);
  while (rest.length) {
    const word = rest.shift();
    if (word === '--before') found.before.push(rest.shift());
    else if (word === '--layout') found.layout = [`--layout=${rest.shift()}`];
    else if (word === '--list') found.list = true;
    else found.paths.push(word);
  }
  if (!migcheck || found.paths.length === 0) {
    console.error('usage: findings_on_server.mjs MIGCHECK [--before FILE] [--layout NAME] [--list] PATH …');
    process.exit(2);
  }
  return { migcheck, ...found };
}

const { migcheck, before, layout, list, paths } = options();
const major = await server.major();

function run(words, accepted = [0]) {
  try {
    return { out: execFileSync(migcheck, words, { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] }).toString() };
  } catch (error) {
    if (accepted.includes(error.status)) return { out: error.stdout.toString() };
    return { out: error.stdout?.toString() ?? '', error: error.stderr?.toString() ?? String(error) };
  }
}

const common = ['--no-config', `--pg-version=${major}`, ...layout];

// The histories below a path, as migcheck names them.
function histories(name) {
  const { out, error } = run(['catalog', ...common, '--format=psql', name]);
  if (out) return [{ name, script: out }];
  const several = error?.match(/Name one of them: (.*)\.$/m);
  if (several) return several[1].split(', ').flatMap(histories);
  console.log(`${name}: not read: ${error?.trim()}`);
  return [];
}

const LINT = ['lint', ...common, '--format=json', '--quiet', '--no-suppressions', '--only=blocking,failing,lock-timeout-missing'];

function findings_of(name, changed) {
  const target = changed ? ['--changed-files=-'] : [];
  const words = [...LINT, ...target, name];
  const out = changed
    ? spawn_with_input(words, changed)
    : run(words, [0, 1, 2]).out;
  return JSON.parse(out).findings;
}

function spawn_with_input(words, input) {
  try {
    return execFileSync(migcheck, words, { input: `${input}\n`, maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
  } catch (error) {
    return error.stdout.toString();
  }
}

function setup_of(name) {
  return before.map((file) => fs.statSync(file).isDirectory()
    ? path.join(file, `${path.basename(path.resolve(name))}.sql`) : file)
    .filter((file) => fs.existsSync(file)).map((file) => fs.readFileSync(file, 'utf8'));
}

const totals = new Map();
const complaints = [];
const sums = { histories: 0, statements: 0, refused: 0, aside: new Map() };

for (const { name, script } of paths.flatMap(histories)) {
  const items = items_of(script);
  const setup = setup_of(name);
  const refusals = await server.refused_by_tool(items, setup);
  const deeds = await server.deeds_alone(items, setup);
  const result = compare({ items, refusals, deeds, findings: findings_of(name), again: (file) => findings_of(name, file) });
  for (const [check, counts] of result.counts) {
    const total = totals.get(check) ?? { right: 0, false: 0, missed: 0, aside: 0 };
    for (const key of Object.keys(total)) total[key] += counts[key];
    totals.set(check, total);
  }
  for (const line of result.complaints) console.log(line);
  complaints.push(...result.complaints);
  if (list) for (const line of result.aside_lines) console.log(line);
  const statements = items.filter((item) => item.kind === 'statement').length;
  ++sums.histories;
  sums.statements += statements;
  sums.refused += refusals.size;
  for (const [reason, number] of result.aside) sums.aside.set(reason, (sums.aside.get(reason) ?? 0) + number);
  console.log(`${name}: ${statements} statements, ${refusals.size} refused, ${result.complaints.length} not as migcheck says`);
}

const rate = (part, whole) => (whole === 0 ? '-' : (part / whole).toFixed(3));
const row = (check, { right, false: wrong, missed, aside }) =>
  `${check.padEnd(42)}${[right, wrong, NOT_SEEN.has(check) ? '-' : missed, aside].map((n) => String(n).padStart(7)).join('')}`
  + `${rate(right, right + wrong).padStart(8)}${(NOT_SEEN.has(check) ? '-' : rate(right, right + missed)).padStart(8)}`;
console.log(`\nPostgreSQL ${major}: ${sums.histories} histories, ${sums.statements} statements, ${sums.refused} refused`);
console.log(`${'check'.padEnd(42)}  right  false missed  aside   prec.  recall`);
const all = { right: 0, false: 0, missed: 0, aside: 0 };
for (const [check, counts] of [...totals].sort((a, b) => b[1].right - a[1].right || a[0].localeCompare(b[0]))) {
  console.log(row(check, counts));
  for (const key of Object.keys(all)) all[key] += counts[key];
}
console.log(row('all', all));
for (const [reason, number] of sums.aside) console.log(`set aside: ${number} ${reason}`);
process.exit(sums.histories === 0 ? 2 : complaints.length ? 1 : 0);
