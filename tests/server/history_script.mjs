// SPDX-License-Identifier: MIT
// The script that `migcheck catalog --format psql` prints, as items in the order in which they run:
//
//   { kind: 'statement', place: 'FILE:LINE', file, line, sql, goes_on }   goes_on: one simple query with the next
//   { kind: 'begin' | 'commit' | 'connect' }                              the tool's own, not the file's

const PLACE = '-- at ';

const control_of = (line) => ({ 'BEGIN;': 'begin', 'COMMIT;': 'commit', '\\connect': 'connect' })[line];

export function items_of(script) {
  const lines = script.split('\n');
  const items = [];
  for (let at = 0; at < lines.length;) {
    if (!lines[at].startsWith(PLACE)) {
      const kind = control_of(lines[at]);
      if (kind) items.push({ kind });
      ++at;
      continue;
    }
    // A function's body may hold such a line too: the statement's own is the last before the next marker.
    let next = at + 1;
    while (next < lines.length && !lines[next].startsWith(PLACE) && !lines[next].startsWith('-- left out ')) ++next;
    let end = next - 1;
    while (end > at && lines[end] !== ';' && lines[end] !== '\\;') --end;
    const [, file, line] = lines[at].slice(PLACE.length).match(/^(.*):(\d+)$/);
    items.push({ kind: 'statement', place: `${file}:${line}`, file, line: Number(line),
      sql: lines.slice(at + 1, end).join('\n'), goes_on: lines[end] === '\\;' });
    at = end + 1;
  }
  return items;
}
