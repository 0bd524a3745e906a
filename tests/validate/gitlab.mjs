// SPDX-License-Identifier: MIT
//
// GitLab Code Quality: one bad entry ends the reading of the whole report there.

import Ajv from 'ajv';

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

export function validateGitlab(file, text, complain) {
  const entries = JSON.parse(text);
  if (!gitlabSchema(entries)) {
    for (const error of gitlabSchema.errors) complain(`${error.instancePath} ${error.message}`);
  }
  const fingerprints = entries.map((entry) => entry.fingerprint);
  if (new Set(fingerprints).size !== fingerprints.length) complain('fingerprints are not unique');
}
