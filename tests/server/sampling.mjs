// SPDX-License-Identifier: MIT
// Statements that cannot run in a transaction block: their locks come and go, so that another session looks on.
//
// The looker sits in another database, or its own snapshot would hold CREATE INDEX CONCURRENTLY back. A lock
// held for microseconds can be missed: callers run the statement again until they have seen what they expect.

import { connect, empty_tables, index_names, relations, strongest, work } from './measure.mjs';

const LOOK = `
  DO $$
  DECLARE seen text[] := '{}'; held record;
  BEGIN
    LOOP
      FOR held IN SELECT l.relation::int8::text AS oid, l.mode FROM pg_lock_status() l
                  WHERE l.pid = $PID AND l.locktype = 'relation' AND l.database = $DATABASE LOOP
        IF NOT held.oid || ' ' || held.mode = ANY (seen) THEN
          seen := seen || (held.oid || ' ' || held.mode);
          RAISE NOTICE '% %', held.oid, held.mode;
        END IF;
      END LOOP;
    END LOOP;
  END $$`;

async function look_on(client) {
  const { rows: [own] } = await client.query(
    'SELECT pg_backend_pid() AS pid, (SELECT oid::int8 FROM pg_database WHERE datname = current_database()) AS database');
  const looker = await connect('postgres');
  const locks = [];
  looker.on('notice', (notice) => {
    const [oid, mode] = notice.message.split(' ');
    locks.push({ oid, mode });
  });
  const { rows: [{ pid }] } = await looker.query('SELECT pg_backend_pid() AS pid');
  const looking = looker.query(LOOK.replace('$PID', own.pid).replace('$DATABASE', own.database)).catch(() => {});
  return async () => {
    const canceller = await connect('postgres');
    await canceller.query('SELECT pg_cancel_backend($1)', [pid]);
    await looking;
    await Promise.all([looker.end(), canceller.end()]);
    return locks;
  };
}

// Scans are not measured: the counters of a finished transaction are not the session's any more.
export async function measure_alone(client, statements) {
  const before = await relations(client);
  const result = { empty: empty_tables(before), indexes: index_names(before) };
  const stop = await look_on(client);
  await new Promise((resolve) => setTimeout(resolve, 20));
  try {
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    if (!error.code) throw error;
    result.error = { code: error.code, message: error.message };
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  const locks = await stop();
  if (!result.error) Object.assign(result, { locks: strongest(before, locks) }, work(before, await relations(client), false));
  return result;
}
