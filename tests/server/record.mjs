// SPDX-License-Identifier: MIT
// Writes what servers did into the case files: node record.mjs FILE… (one per major, of cases.mjs --record).
// Read the difference before you commit it: it is what migcheck will promise.

import fs from 'node:fs';
import { read_cases, write_cases } from './case_files.mjs';

const cases = read_cases();
const by_place = new Map(cases.map((found) => [found.place, found]));
for (const file of process.argv.slice(2)) {
  const { major, results } = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { place, expect, alone } of results) {
    const found = by_place.get(place);
    found.expect[major] = expect;
    if (alone) found.alone[major] = { ...alone, scan: found.alone[major]?.scan ?? alone.scan };
  }
}
write_cases(cases);
