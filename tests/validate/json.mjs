// SPDX-License-Identifier: MIT
//
// Our own JSON: the shape that is promised.

import Ajv from 'ajv';

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

export function validateJson(file, content, complain) {
  if (jsonSchema(JSON.parse(content))) return;
  for (const error of jsonSchema.errors) complain(`${error.instancePath} ${error.message}`);
}
