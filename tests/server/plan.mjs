// SPDX-License-Identifier: MIT
// What `migcheck locks --format json` says of statements, in the words of measure.mjs.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { stronger } from './measure.mjs';

const run = promisify(execFile);

const short = (name) => name.replace(/^public\./, '');

function sum(statements) {
  const result = { locks: {}, rewrite: new Set(), scan: new Set(), builds: new Set(), made: new Set() };
  for (const { effects } of statements) {
    for (const effect of effects) if (effect.new) result.made.add(short(effect.relation));
  }
  for (const { effects, error } of statements) {
    if (error && !result.error) result.error = error;
    for (const effect of effects) {
      const name = short(effect.relation);
      for (const index of effect.index_build) result.builds.add(index);
      if (result.made.has(name)) continue;
      result.locks[name] = result.locks[name] ? stronger(result.locks[name], effect.lock) : effect.lock;
      if (effect.rewrite) result.rewrite.add(name);
      if (effect.scan) result.scan.add(name);
    }
  }
  for (const list of ['rewrite', 'scan', 'builds']) result[list] = [...result[list]].sort();
  return result;
}

async function ask(migcheck, major, folder, files) {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const paths = Object.keys(files).map((name) => path.join(folder, name));
  const { stdout } = await run(migcheck, ['locks', '--no-config', '--format', 'json', '--pg-version', String(major), ...paths],
    { maxBuffer: 1 << 30, cwd: folder });
  return JSON.parse(stdout).statements;
}

const ended = (statement) => statement.replace(/;?\s*$/, ';\n');

// The plans of many cases (lists of statements) over one history, each in a block that is rolled back.
export async function plans_in_blocks(migcheck, major, folder, history, cases) {
  let text = '';
  let line = 1;
  const owner = [];
  const add = (sql, index) => {
    const count = sql.split('\n').length - 1;
    for (let n = 0; n < count; ++n) owner[line + n] = index;
    line += count;
    text += sql;
  };
  cases.forEach((statements, index) => {
    add('BEGIN;\n', -1);
    for (const statement of statements) add(ended(statement), index);
    add('ROLLBACK;\n', -1);
  });
  const grouped = cases.map(() => []);
  const files = { '1_history.sql': history.map(ended).join(''), '2_cases.sql': text };
  for (const statement of await ask(migcheck, major, folder, files)) {
    const index = statement.file.endsWith('2_cases.sql') ? owner[statement.line] : -1;
    if (index >= 0) grouped[index].push(statement);
  }
  return grouped.map(sum);
}

// The plan of statements that run alone, outside of a block.
export async function plan_alone(migcheck, major, folder, history, statements) {
  const files = { '1_history.sql': history.map(ended).join(''), '2_cases.sql': statements.map(ended).join('') };
  const listed = await ask(migcheck, major, folder, files);
  return sum(listed.filter((statement) => statement.file.endsWith('2_cases.sql')));
}
