// SPDX-License-Identifier: MIT
//
// JUnit and Checkstyle, against the schemas beside this file.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const validateXml = (schema) => (file, text, complain) => {
  const path = join(import.meta.dirname, schema);
  const outcome = spawnSync('xmllint', ['--noout', '--huge', '--schema', path, file], { encoding: 'utf8' });
  if (outcome.error) {
    console.log(`${file}: not validated, xmllint is not installed`);
  } else if (outcome.status !== 0) {
    complain(outcome.stderr);
  }
};

export const validateJunit = validateXml('junit.xsd');
export const validateCheckstyle = validateXml('checkstyle.xsd');
