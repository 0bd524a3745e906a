// SPDX-License-Identifier: MIT
//
// SARIF: the schema first, because the tool takes a file that breaks the schema for an empty one; then the rules that
// GitHub's code scanning puts on top, as the tool knows them; then what neither asks for.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const multitoolHome = dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json'));
const multitool = join(multitoolHome, 'Sarif.Multitool');
chmodSync(multitool, 0o755); // the package's install script would do this, and install scripts may be off

// One pattern of the SARIF schema is no valid regular expression in unicode mode.
const sarifAjv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(sarifAjv);
const sarifSchema = sarifAjv.compile(JSON.parse(readFileSync(join(multitoolHome, 'sarif-2.1.0.json'))));

export function validateSarif(file, text, complain) {
  const log = JSON.parse(text);
  if (!sarifSchema(log)) {
    for (const error of sarifSchema.errors) complain(`${error.instancePath} ${error.message}`);
    return;
  }
  validateByOwnRules(log.runs[0], complain);
}

// GitHub's rules, as the tool knows them, for all files in one run: it takes long to start.
export function validateSarifByTool(files, complain) {
  const scratch = mkdtempSync(join(tmpdir(), 'migcheck-sarif-'));
  const verdict = join(scratch, 'verdict');
  const rules = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning'];
  execFileSync(multitool, ['validate', ...files, ...rules, '-o', verdict, '--log', 'ForceOverwrite'], {
    stdio: 'ignore',
  });
  const run = JSON.parse(readFileSync(verdict)).runs[0];
  for (const result of run.results ?? []) {
    const place = result.locations?.[0]?.physicalLocation?.artifactLocation;
    const file = place?.uri ?? run.artifacts?.[place?.index]?.location?.uri ?? 'a SARIF file';
    complain(file, `${result.ruleId} ${(result.message.arguments ?? [result.message.text]).join(' ')}`);
  }
  rmSync(scratch, { recursive: true });
}

// What neither schema nor tool asks for, and code scanning needs.
function validateByOwnRules(run, complain) {
  const rules = run.tool.driver.rules;
  const ids = rules.map((rule) => rule.id);
  if (ids.join() !== [...ids].sort().join()) complain('rules are not sorted by id');
  for (const result of run.results) {
    if (rules[result.ruleIndex]?.id !== result.ruleId) complain(`ruleIndex of ${result.ruleId} is wrong`);
    if (result.locations.length !== 1) complain('a result has not exactly one location');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    for (const field of ['startLine', 'startColumn', 'endLine', 'endColumn']) {
      if (!(region[field] >= 1)) complain(`a region has no ${field}`);
    }
    if (/^(\/|file:)|[ \\]/.test(artifactLocation.uri)) complain(`${artifactLocation.uri} is no relative URI`);
    if (!result.partialFingerprints?.['migcheck/v1']) complain('a result has no fingerprint');
    if (result.partialFingerprints?.primaryLocationLineHash) complain('the upload action makes this hash');
    if (!/[.?!)`;]$/m.test(result.message.text)) complain(`no full sentence: ${result.message.text}`);
  }
}
