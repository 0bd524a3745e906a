// SPDX-License-Identifier: MIT
// Reads and writes cases/*.sql. A case is a paragraph:
//
//   -- setup: CREATE INDEX ix ON orders (n);                one statement to a line, committed before
//   ALTER TABLE orders ALTER COLUMN n TYPE bigint;          one statement to a line; the block is rolled back
//   -- expect 12-17: orders AccessExclusive rewrite scan; customers RowShare; builds ix
//   -- expect 18: error 42P16
//
// What is not named is not locked. `alone` in place of `expect` says what happens outside of a transaction
// block, for statements that cannot run in one. `-` stands for nothing at all, `unsupported` for a version on
// which the setup itself fails. `-- unplanned 12-17: why` says that the plan is not compared: it cannot know.

import fs from 'node:fs';
import path from 'node:path';

export const FOLDER = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'cases');

const DIRECTIVE = /^-- (setup|unplanned|expect|alone)(?: (\d+)(?:-(\d+))?)?: (.*)$/;

function parse_expectation(text) {
  if (text === 'unsupported') return { unsupported: true };
  const result = { locks: {}, rewrite: [], scan: [], builds: [] };
  for (const part of text === '-' ? [] : text.split('; ')) {
    const [first, ...words] = part.match(/"[^"]*"(?:\."[^"]*")?|[^ ]+/g);
    if (first === 'error') {
      result.error = { code: words[0] };
    } else if (first === 'builds') {
      result.builds = words.map((name) => name.replace(/,$/, ''));
    } else {
      result.locks[first] = words[0] + 'Lock';
      for (const list of ['rewrite', 'scan']) if (words.includes(list)) result[list].push(first);
    }
  }
  return result;
}

export function print_expectation(result) {
  if (typeof result === 'string') return result;
  if (result.unsupported) return 'unsupported';
  if (result.error) return `error ${result.error.code}`;
  const parts = Object.keys(result.locks).sort().map((name) => [name, result.locks[name].replace(/Lock$/, ''),
    ...['rewrite', 'scan'].filter((list) => result[list].includes(name))].join(' '));
  if (result.builds.length > 0) parts.push('builds ' + [...result.builds].sort().join(', '));
  return parts.length > 0 ? parts.join('; ') : '-';
}

function parse_case(paragraph, place) {
  const found = { place, setup: [], statements: [], unplanned: {}, expect: {}, alone: {} };
  for (const line of paragraph.split('\n')) {
    const [, kind, from, to, text] = line.match(DIRECTIVE) ?? [];
    if (kind === 'unplanned') {
      for (let major = Number(from); major <= Number(to ?? from); ++major) found.unplanned[major] = text;
    } else if (kind === 'setup') {
      found.setup.push(text);
    } else if (kind) {
      for (let major = Number(from); major <= Number(to ?? from); ++major) found[kind][major] = parse_expectation(text);
    } else if (line !== '') {
      found.statements.push(line);
    }
  }
  return found;
}

export function read_cases(only) {
  const cases = [];
  for (const file of fs.readdirSync(FOLDER).sort()) {
    if (file === 'schema.sql' || !file.endsWith('.sql') || (only && !file.includes(only))) continue;
    let line = 1;
    for (const paragraph of fs.readFileSync(path.join(FOLDER, file), 'utf8').split('\n\n')) {
      const found = parse_case(paragraph, `${file}:${line}`);
      if (found.statements.length > 0) cases.push(found);
      line += paragraph.split('\n').length + 1;
    }
  }
  return cases;
}

// Statements of the schema, one per semicolon at the end of a line.
export function read_schema() {
  const text = fs.readFileSync(path.join(FOLDER, 'schema.sql'), 'utf8');
  return text.split(/;\n/).map((part) => part.replace(/^--.*\n/gm, '').trim()).filter((part) => part !== '');
}

// "-- expect 12-17: …" for each run of versions that agree.
function print_directives(kind, by_major) {
  const majors = Object.keys(by_major).map(Number).sort((a, b) => a - b);
  const lines = [];
  for (let first = 0; first < majors.length;) {
    const text = print_expectation(by_major[majors[first]]);
    let last = first;
    while (last + 1 < majors.length && print_expectation(by_major[majors[last + 1]]) === text) ++last;
    const range = first === last ? majors[first] : `${majors[first]}-${majors[last]}`;
    lines.push(`-- ${kind} ${range}: ${text}`);
    first = last + 1;
  }
  return lines;
}

export function write_cases(cases) {
  const by_file = new Map();
  for (const found of cases) {
    const file = found.place.split(':')[0];
    const lines = [...found.setup.map((sql) => `-- setup: ${sql}`), ...found.statements,
      ...print_directives('unplanned', found.unplanned),
      ...print_directives('expect', found.expect), ...print_directives('alone', found.alone)];
    by_file.set(file, [...(by_file.get(file) ?? []), lines.join('\n')]);
  }
  for (const [file, paragraphs] of by_file) fs.writeFileSync(path.join(FOLDER, file), paragraphs.join('\n\n') + '\n');
}
