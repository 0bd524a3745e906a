// SPDX-License-Identifier: MIT
//
// Usage: node validate.mjs MIGCHECK
// Runs every golden file of fixtures/report, and what the program prints of the projects in runs.mjs, through a
// validator that knows the format; tries the schema of migcheck.yaml, action.yml and the workflows. Prints each problem;
// exit code 1 if there is one.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { validateSchema } from './configuration.mjs';
import { validateGithub } from './github.mjs';
import { validateGitlab } from './gitlab.mjs';
import { validateJson } from './json.mjs';
import { runProjects, validateCounts } from './runs.mjs';
import { validateSarif, validateSarifByTool } from './sarif.mjs';
import { validateNames, validateWorkflows } from './workflows.mjs';
import { validateCheckstyle, validateJunit } from './xml.mjs';

const migcheck = resolve(process.argv[2]);
const root = resolve(import.meta.dirname, '..', '..');
const goldens = join(root, 'fixtures', 'report');
const scratch = mkdtempSync(join(tmpdir(), 'migcheck-validate-'));
const problems = [];
const complain = (file, text) => problems.push(`${file}: ${text}`);

const validators = {
  sarif: validateSarif,
  github: validateGithub,
  gitlab: validateGitlab,
  json: validateJson,
  junit: validateJunit,
  checkstyle: validateCheckstyle,
};
let validated = 0;
const sarifFiles = [];
function validate(name, format, file) {
  validators[format](file, readFileSync(file, 'utf8'), (text) => complain(name, text));
  // The tool takes minutes for thousands of results.
  if (format === 'sarif' && name !== 'too many, report.sarif') sarifFiles.push(file);
  ++validated;
}

for (const name of readdirSync(goldens).sort()) {
  const format = name.split('.').pop();
  if (format in validators) validate(name, format, join(goldens, name));
}
for (const [name, format, file] of runProjects(migcheck, scratch, Object.keys(validators), complain)) {
  validate(`${name}, ${basename(file)}`, format, file);
  if (format === 'sarif') validateCounts(name, file, complain);
}
validateSarifByTool(sarifFiles, complain);
validateSchema(migcheck, (text) => complain('migcheck config --schema', text));
const workflows = await validateWorkflows(root, complain);
const version = JSON.parse(execFileSync(migcheck, ['version', '--json'])).version;
validateNames(root, version, complain);

rmSync(scratch, { recursive: true });
for (const problem of problems) console.log(problem);
console.log(`${validated} reports and ${workflows} workflow files validated, ${problems.length} problems`);
process.exit(problems.length === 0 && validated > 0 ? 0 : 1);
