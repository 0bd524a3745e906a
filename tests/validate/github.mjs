// SPDX-License-Identifier: MIT
//
// Workflow commands: a line is `::level properties::message` with what GitHub escapes escaped, and columns only where
// a finding is on one line; more of a level than GitHub shows, and the last line says so.

const command = /^::(error|warning|notice)( [^:]*)?::(.*)$/;

export function validateGithub(file, text, complain) {
  const shown = { error: 0, warning: 0, notice: 0 };
  for (const line of text.split('\n').slice(0, -1)) {
    const parts = command.exec(line);
    if (!parts) {
      complain(`no workflow command: ${line}`);
      continue;
    }
    ++shown[parts[1]];
    const properties = Object.fromEntries((parts[2] ?? '').trim().split(',').filter(Boolean).map((one) => one.split('=')));
    if (properties.endLine !== undefined && properties.line !== properties.endLine && properties.col !== undefined) {
      complain(`columns on several lines are dropped by GitHub: ${line}`);
    }
    if (/[\r]/.test(line) || /%(?!25|0D|0A|3A|2C)/.test(line)) complain(`not escaped: ${line}`);
  }
  if (shown.error > 10 || shown.warning > 10 || shown.notice > 11) complain(`more than GitHub shows: ${JSON.stringify(shown)}`);
}
