// SPDX-License-Identifier: MIT
//
// The schema of migcheck.yaml, as the binary prints it, on good and bad configurations.

import { execFileSync } from 'node:child_process';
import Ajv from 'ajv';

export function validateSchema(migcheck, complain) {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const accepts = ajv.compile(JSON.parse(execFileSync(migcheck, ['config', '--schema'])));
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
    if (!accepts(sample)) complain(`refuses ${JSON.stringify(sample)}: ${ajv.errorsText(accepts.errors)}`);
  }
  for (const sample of bad) if (accepts(sample)) complain(`accepts ${JSON.stringify(sample)}`);
}
