#!/usr/bin/env node
// SPDX-License-Identifier: MIT
//
// Starts the program that the platform's package holds, with the same arguments, streams, signals and exit code.
// MIGCHECK_BINARY names another program to start.

'use strict';

const { spawn } = require('node:child_process');

function binary() {
  if (process.env.MIGCHECK_BINARY) return process.env.MIGCHECK_BINARY;
  const name = `@migcheck/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/bin/migcheck`);
  } catch {
    console.error(
      `migcheck: the package ${name} is not installed. Either there is no program for this platform, or optional ` +
        'dependencies were left out: install without --omit=optional, or set MIGCHECK_BINARY.',
    );
    process.exit(2);
  }
}

const child = spawn(binary(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`migcheck: ${error.message}`);
  process.exit(2);
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
