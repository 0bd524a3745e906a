// SPDX-License-Identifier: MIT
//
// Usage: node validate.mjs MIGCHECK
// Runs every golden file of fixtures/report through a validator that knows its format, and tries the schema of
// migcheck.yaml, as the binary prints it, on good and bad configurations. Prints each problem; exit code 1 if
// there is one.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const reports = join(root, 'fixtures', 'report');
const scratch = mkdtempSync(join(tmpdir(), 'migcheck-validate-'));
const problems = [];
const complain = (file, text) => problems.push(`${file}: ${text}`);

// --- SARIF: the schema first, because the tool takes a file that breaks the schema for an empty one. ---

const require = createRequire(import.meta.url);
const multitoolHome = dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json'));
const multitool = join(multitoolHome, 'Sarif.Multitool');
chmodSync(multitool, 0o755); // the package's install script would do this, and install scripts may be off

// One pattern of the SARIF schema is no valid regular expression in unicode mode.
const sarifAjv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(sarifAjv);
const sarifSchema = sarifAjv.compile(JSON.parse(readFileSync(join(multitoolHome, 'sarif-2.1.0.json'))));

function validateSarif(name, text) {
  const log = JSON.parse(text);
  if (!sarifSchema(log)) {
    for (const error of sarifSchema.errors) complain(name, `${error.instancePath} ${error.message}`);
    return;
  }
  const verdict = join(scratch, `${name}.verdict`);
  const rules = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning'];
  execFileSync(multitool, ['validate', join(reports, name), ...rules, '-o', verdict, '--log', 'ForceOverwrite'], {
    stdio: 'ignore',
  });
  for (const result of JSON.parse(readFileSync(verdict)).runs[0].results ?? []) {
    complain(name, `${result.ruleId} ${(result.message.arguments ?? [result.message.text]).join(' ')}`);
  }
  validateSarifByOwnRules(name, log.runs[0]);
}

// What neither schema nor tool asks for, and code scanning needs.
function validateSarifByOwnRules(name, run) {
  const rules = run.tool.driver.rules;
  const ids = rules.map((rule) => rule.id);
  if (ids.join() !== [...ids].sort().join()) complain(name, 'rules are not sorted by id');
  for (const result of run.results) {
    if (rules[result.ruleIndex]?.id !== result.ruleId) complain(name, `ruleIndex of ${result.ruleId} is wrong`);
    if (result.locations.length !== 1) complain(name, 'a result has not exactly one location');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    for (const field of ['startLine', 'startColumn', 'endLine', 'endColumn']) {
      if (!(region[field] >= 1)) complain(name, `a region has no ${field}`);
    }
    if (/^(\/|file:)|[ \\]/.test(artifactLocation.uri)) complain(name, `${artifactLocation.uri} is no relative URI`);
    if (!result.partialFingerprints?.['migcheck/v1']) complain(name, 'a result has no fingerprint');
    if (result.partialFingerprints?.primaryLocationLineHash) complain(name, 'the upload action makes this hash');
    if (!/[.?!)`;]$/m.test(result.message.text)) complain(name, `no full sentence: ${result.message.text}`);
  }
}

// --- GitLab: one bad entry ends the reading of the whole report there. ---

const gitlabSchema = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^[^/]' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

function validateGitlab(name, text) {
  const entries = JSON.parse(text);
  if (!gitlabSchema(entries)) {
    for (const error of gitlabSchema.errors) complain(name, `${error.instancePath} ${error.message}`);
  }
  const fingerprints = entries.map((entry) => entry.fingerprint);
  if (new Set(fingerprints).size !== fingerprints.length) complain(name, 'fingerprints are not unique');
}

// --- Our own JSON: the shape that is promised. ---

const position = { type: 'integer', minimum: 1 };
const offset = { type: 'integer', minimum: 0 };
const text = { type: 'string' };
const jsonSchema = new Ajv({ allErrors: true, allowUnionTypes: true }).compile({
  type: 'object',
  required: ['version', 'tool', 'settings', 'findings', 'unread', 'summary'],
  properties: {
    version: { const: 1 },
    tool: { type: 'object', required: ['name', 'version', 'grammar'] },
    settings: { type: 'object', required: ['pg_version', 'layouts'] },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: [
          'check', 'category', 'severity', 'file', 'line', 'column', 'end_line', 'end_column', 'byte_start', 'byte_end',
          'statement_line', 'transaction', 'message', 'advice', 'notes', 'fix', 'fingerprint', 'disposition',
        ],
        properties: {
          severity: { enum: ['error', 'warning', 'info'] },
          disposition: { enum: ['active', 'suppressed', 'baselined'] },
          line: position, column: position, end_line: position, end_column: position, statement_line: position,
          byte_start: offset, byte_end: offset,
          transaction: { type: ['integer', 'null'] },
          message: text, advice: text, fingerprint: text, file: text,
          notes: { type: 'array', items: { type: 'object', required: ['message', 'file', 'line'] } },
          fix: { type: ['object', 'null'], required: ['title', 'applicability', 'edits'] },
        },
      },
    },
    unread: { type: 'array', items: { type: 'object', required: ['file', 'line', 'reason'] } },
    summary: {
      type: 'object',
      required: [
        'files', 'history_files', 'statements', 'errors', 'warnings', 'infos', 'suppressed', 'baselined', 'unread',
      ],
    },
  },
});

function validateJson(name, content) {
  if (jsonSchema(JSON.parse(content))) return;
  for (const error of jsonSchema.errors) complain(name, `${error.instancePath} ${error.message}`);
}

// --- XML: well-formed; the structure is asserted by the unit tests. ---

function validateXml(name) {
  const outcome = spawnSync('xmllint', ['--noout', join(reports, name)], { encoding: 'utf8' });
  if (outcome.error) {
    console.log(`${name}: not validated, xmllint is not installed`);
  } else if (outcome.status !== 0) {
    complain(name, outcome.stderr);
  }
}

// --- The schema of migcheck.yaml. ---

function validateSchema() {
  const name = 'migcheck config --schema';
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const accepts = ajv.compile(JSON.parse(execFileSync(process.argv[2], ['config', '--schema'])));
  const good = [
    {},
    { version: 1, postgres: 14, migrations: 'db', layout: 'auto', exclude: ['**/seed/**'], fail_on: 'never' },
    { checks: { 'index-not-concurrent': 'off', blocking: 'warning', 'table-dropped': { severity: 'info' } } },
    { checks: { 'index-not-concurrent': false } },
    { tenancy: { column: ['team_id'], root: 'teams' }, lock_timeout: { longest: '5s' }, tables: { a: 'small' } },
  ];
  const bad = [
    { excludes: [] },
    { postgres: 'new' },
    { version: 2 },
    { checks: { 'index-not-concurent': 'off' } },
    { checks: { 'index-not-concurrent': 'warn' } },
    { tenancy: { columns: 'team_id' } },
    { lock_timeout: { longest: '5 seconds' } },
  ];
  for (const sample of good) {
    if (!accepts(sample)) complain(name, `refuses ${JSON.stringify(sample)}: ${ajv.errorsText(accepts.errors)}`);
  }
  for (const sample of bad) if (accepts(sample)) complain(name, `accepts ${JSON.stringify(sample)}`);
}

const validators = {
  sarif: validateSarif,
  gitlab: validateGitlab,
  json: validateJson,
  junit: validateXml,
  checkstyle: validateXml,
};
let validated = 0;
for (const name of readdirSync(reports).sort()) {
  const validate = validators[name.split('.').pop()];
  if (!validate) continue;
  validate(name, readFileSync(join(reports, name), 'utf8'));
  ++validated;
}
validateSchema();
rmSync(scratch, { recursive: true });
for (const problem of problems) console.log(problem);
console.log(`${validated} reports validated, ${problems.length} problems`);
process.exit(problems.length === 0 && validated > 0 ? 0 : 1);
