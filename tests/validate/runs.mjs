// SPDX-License-Identifier: MIT
//
// What the program itself prints, in every machine format, of projects that make it hard: nothing found, more than a
// report may hold, names and SQL outside of ASCII, findings over several lines, suppressed and baselined ones.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const table = 'CREATE TABLE members (id bigint PRIMARY KEY, name text NOT NULL);\n';
const index = 'CREATE INDEX members_name ON members (name);\n';

const indexes = (count) => Array.from({ length: count }, (_, n) => index.replace('_name', `_${n}`)).join('');

const projects = {
  nothing: { files: { 'm/1.sql': table } },
  many: { files: { 'm/1.sql': table, 'm/2.sql': indexes(40) } },
  'too many': { files: { 'm/1.sql': table, 'm/2.sql': indexes(6000) } },
  foreign: {
    files: {
      'm/1 Größe 😀.sql': 'CREATE TABLE "größe 😀" (id bigint PRIMARY KEY, "naïve" text);\n',
      'm/2 % #&+.sql': '/* 😀 */ CREATE INDEX "ключ" ON "größe 😀" ("naïve");\n-- \u2028 ::error::no\nSELECT \'a\u0001b;\n',
    },
  },
  lines: { files: { 'm/1.sql': table, 'm/2.sql': 'ALTER TABLE\n  members\n  ADD COLUMN a\n  text\n  NOT\n  NULL;\n' } },
  suppressed: { files: { 'm/1.sql': table, 'm/2.sql': `SET lock_timeout = '2s';\n-- migcheck:ignore index-not-concurrent -- small\n${index}` } },
  baselined: { files: { 'm/1.sql': table, 'm/2.sql': index }, baseline: true },
};

// Runs them all below `folder`; gives [project, format, file] of each report.
export function runProjects(migcheck, folder, formats, complain) {
  const reports = [];
  for (const [name, project] of Object.entries(projects)) {
    const home = join(folder, name);
    for (const [file, text] of Object.entries(project.files)) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), text);
    }
    if (project.baseline) {
      const made = spawnSync(migcheck, ['baseline', 'm'], { cwd: home, encoding: 'utf8' });
      if (made.status !== 0) complain(name, `migcheck baseline: ${made.stderr}`);
    }
    const words = formats.flatMap((format) => ['--report', `${format}=report.${format}`]);
    const run = spawnSync(migcheck, ['lint', ...words, 'm'], { cwd: home, encoding: 'utf8' });
    const expected = ['nothing', 'suppressed', 'baselined'].includes(name) ? 0 : 1;
    if (run.status !== expected) complain(name, `exit code ${run.status}, not ${expected}: ${run.stderr}`);
    for (const format of formats) reports.push([name, format, join(home, `report.${format}`)]);
  }
  return reports;
}

// What is suppressed or baselined is no alert, and what is found is there.
export function validateCounts(name, sarif, complain) {
  const results = JSON.parse(readFileSync(sarif)).runs[0].results.length;
  if (['nothing', 'suppressed', 'baselined'].includes(name) ? results !== 0 : results === 0) {
    complain(name, `${results} results in the SARIF report`);
  }
  if (name === 'too many' && results !== 5000) complain(name, `${results} results: code scanning keeps 5000`);
}
