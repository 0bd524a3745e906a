// SPDX-License-Identifier: MIT
// Holds findings against what a server was seen to do, statement by statement.
//
// Long work is what a server shows of itself: a table's file is another one (rewritten), an index's file is new
// (built), a sequential scan began (read), each of a relation that was there before the file and is locked against
// writers meanwhile. A finding is right if the server shows the work that its check speaks of, or the lock; work or a
// lock without such a finding is missed, and counted for the check whose business it is.

const ORDER = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
  'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];
const blocks_writers = (mode) => ORDER.indexOf(mode) >= ORDER.indexOf('ShareLock');
const blocks_all = (mode) => mode === 'AccessExclusiveLock';

// Nobody writes to a view: its readers wait.
const keeps_out = (kind, mode) => ('mv'.includes(kind) ? blocks_all : blocks_writers)(mode);

const CLAIMS = {
  'column-rewrite-on-add': 'rewritten', 'column-type-rewrite': 'rewritten', 'table-rewrite': 'rewritten',
  'matview-refresh-not-concurrent': 'rewritten',
  'index-not-concurrent': 'built', 'unique-without-index': 'built', 'primary-key-without-index': 'built',
  'exclusion-constraint-added': 'built', 'reindex-not-concurrent': 'built', 'column-type-index-rebuild': 'built or read',
  'set-not-null-scan': 'read', 'check-not-valid-missing': 'read', 'foreign-key-not-valid-missing': 'read',
  'domain-constraint-scan': 'read', 'partition-attach-scan': 'read', 'primary-key-using-nullable-index': 'read',
  'validate-with-other-subcommand': 'read',
};
// One finding a file speaks for all the brief locks in it.
const ONCE_A_FILE = new Set(['create-table-locks-parent', 'trigger-created-or-dropped', 'row-security-toggled', 'lock-timeout-missing']);
// Whose misses nothing shows: they share one with lock-timeout-missing.
export const NOT_SEEN = new Set(['create-table-locks-parent', 'trigger-created-or-dropped', 'row-security-toggled', 'rule-created']);

const FAILS_WITH_ROWS = 'column-not-null-without-default';
// These depend on rows, or on what the machine has: no linter can know.
const DEPENDS = [
  [/^(22|23)/, 'depends on rows'], [/^P0/, 'raised by the migration itself'], [/^(58|XX)/, 'the server lacks something'],
  [/^57014/, 'took over a minute'],
];
const LACKS = /extension "|could not open extension|role ".*" does not exist|is not available|text search dictionary|COPY|No source stream/;
const MISSING = /^(42P01|42703|42704|42883|3F000|42P02|3D000)$/;

// What may query for itself: its scans need not be those of a change of schema.
const QUERIES = /^\s*(DO|SELECT|CALL|WITH)\b/i;

// Files of a history that migcheck is asked about one by one.
const ASKED = 6;

const add = (map, key, by = 1) => map.set(key, (map.get(key) ?? 0) + by);

// What happened to relations that were there before the file, under a lock that keeps writers out.
export function work_of(sql, { existing, before, after, locks }) {
  const files = new Set([...before.relations.values()].map((relation) => relation.file));
  const added = [...after.keys].filter(([oid]) => !before.keys.has(oid)).map(([, key]) => key);
  const done = { rewritten: [], built: [], read: [] };
  // A block may query what it locks.
  const queries = QUERIES.test(sql);
  const held = (oid, kind) => keeps_out(kind, locks.get(oid));
  for (const [oid, now] of after.relations) {
    const then = before.relations.get(oid);
    if (now.kind === 'i' && existing.has(now.of) && !files.has(now.file) && held(now.of, after.relations.get(now.of)?.kind)) done.built.push(now.name);
    if (!existing.has(oid) || !then || !'rm'.includes(now.kind) || !held(oid, now.kind)) continue;
    if (now.file !== then.file) done.rewritten.push(now.name);
    if (now.scans <= then.scans || queries) continue;
    // The look-ups of a new child's key begin a scan of the parent, and end with the child's rows.
    const looked_up = added.some((key) => key.parent === oid) && !added.some((key) => key.child === oid);
    const for_empty = added.filter((key) => key.parent === oid).every((key) => !existing.has(key.child) && Number(after.relations.get(key.child)?.size ?? 0) === 0);
    const beside = added.some((key) => key.parent === oid && existing.has(key.child));
    if (!looked_up || (!for_empty && !beside)) done.read.push(now.name);
  }
  return done;
}

// Which checks must speak of the brief locks of this statement.
function brief_of(sql, { existing, before, after, locks }) {
  const expected = new Set();
  const there = (oid) => existing.has(oid) && after.relations.has(oid);
  // A change of type makes the column's keys anew: that is its own check's business.
  const remade = (key) => !/\bDROP\b/i.test(sql) && [...after.keys.values()].some((now) => now.name === key.name && now.child === key.child);
  for (const [oid, key] of before.keys) {
    if (!after.keys.has(oid) && !remade(key) && key.parent !== key.child && existing.has(key.child) && there(key.parent) && blocks_all(locks.get(key.parent)))
      expected.add('foreign-key-drop-locks-both');
  }
  for (const [oid, now] of after.relations) {
    if (now.partition && 'rp'.includes(now.kind) && !before.relations.has(oid) && existing.has(now.parent) && blocks_all(locks.get(now.parent)))
      expected.add('partition-of-locks-parent');
  }
  for (const [oid, then] of before.relations) {
    if (!then.partition || !'rp'.includes(then.kind) || !existing.has(oid) || !there(then.parent) || !blocks_all(locks.get(then.parent))) continue;
    if (!after.relations.has(oid)) expected.add('partition-drop-locks-parent');
    else if (!after.relations.get(oid).partition) expected.add('partition-detach-not-concurrent');
  }
  for (const [oid, then] of before.triggers) {
    const now = after.triggers.get(oid);
    if (now && now.state !== then.state && existing.has(then.of) && blocks_writers(locks.get(then.of))) expected.add('trigger-toggled');
  }
  if (/^\s*DROP\s+INDEX\b/i.test(sql)) {
    for (const [oid, index] of before.relations)
      if (index.of && existing.has(oid) && !after.relations.has(oid) && there(index.of) && blocks_all(locks.get(index.of))) expected.add('index-drop-not-concurrent');
  }
  if (/^\s*LOCK\b/i.test(sql)) for (const [oid, mode] of locks) if (there(oid) && blocks_writers(mode)) expected.add('table-locked');
  return expected;
}

const takes_strong_lock = ({ existing, before, locks }) => [...locks].some(([oid, mode]) => {
  const relation = before.relations.get(oid);
  return existing.has(oid) && relation && 'rpmv'.includes(relation.kind) && keeps_out(relation.kind, mode);
});

const adds_key_of_new_child = ({ existing, before, after }) =>
  [...after.keys].some(([oid, key]) => !before.keys.has(oid) && !existing.has(key.child));

// Whose business it would have been.
function owner(kind, sql) {
  if (kind === 'rewritten') return /\bTYPE\b/i.test(sql) ? 'column-type-rewrite' : /\bADD\b/i.test(sql) ? 'column-rewrite-on-add' : 'table-rewrite';
  if (kind === 'built') {
    if (/\bCREATE\s+(UNIQUE\s+)?INDEX\b/i.test(sql)) return 'index-not-concurrent';
    if (/\bPRIMARY\s+KEY\b/i.test(sql)) return 'primary-key-without-index';
    return /\bUNIQUE\b/i.test(sql) ? 'unique-without-index' : /\bEXCLUDE\b/i.test(sql) ? 'exclusion-constraint-added' : 'column-type-index-rebuild';
  }
  if (/\b(FOREIGN\s+KEY|REFERENCES)\b/i.test(sql)) return 'foreign-key-not-valid-missing';
  if (/\bSET\s+NOT\s+NULL\b/i.test(sql)) return 'set-not-null-scan';
  return /\bATTACH\b/i.test(sql) ? 'partition-attach-scan' : /\bDOMAIN\b/i.test(sql) ? 'domain-constraint-scan' : 'check-not-valid-missing';
}

// A statement's line is where its first word stands; several may begin on one.
function statements_by_place(items) {
  const places = new Map();
  for (const item of items) {
    if (item.kind !== 'statement') continue;
    places.set(item.place, [...(places.get(item.place) ?? []), item]);
  }
  return places;
}

export function compare({ items, refusals, deeds, findings, again }) {
  const result = { counts: new Map(), complaints: [], aside: new Map(), aside_lines: [] };
  const count = (check, key, by = 1) => {
    const counts = result.counts.get(check) ?? { right: 0, false: 0, missed: 0, aside: 0 };
    counts[key] += by;
    result.counts.set(check, counts);
  };
  const complain = (key, check, item, why) => {
    count(check, key);
    result.complaints.push(`${item.place}: ${key}: ${check}: ${why}: ${item.sql.replace(/\s+/g, ' ').slice(0, 160)}`);
  };
  const set_aside = (item, reason) => {
    add(result.aside, reason);
    result.aside_lines.push(`${item.place}: set aside: ${reason}: ${refusals.get(item)?.message ?? deeds.get(item)?.error?.message ?? ''}`);
  };
  const places = statements_by_place(items);
  const said = new Map();
  for (const finding of findings) {
    const group = places.get(`${finding.file}:${finding.statement_line}`);
    if (!group) {
      result.complaints.push(`${finding.file}:${finding.line}: ${finding.check}: no statement begins on line ${finding.statement_line}`);
      continue;
    }
    judge(finding, group);
    for (const item of group) said.set(item, [...(said.get(item) ?? []), finding.check]);
  }

  function judge(finding, group) {
    const { check, category } = finding;
    const item = group[0];
    if (check === FAILS_WITH_ROWS) {
      const tried = group.map((one) => deeds.get(one)?.fails_with_rows);
      if (tried.includes(true)) count(check, 'right');
      else if (tried.includes(undefined)) count(check, 'aside');
      else complain('false', check, item, 'a table with a row takes it');
      return;
    }
    if (category === 'failing') {
      if (group.some((one) => refusals.has(one))) count(check, 'right');
      else complain('false', check, item, 'the server accepts it');
      return;
    }
    const seen = group.filter((one) => deeds.get(one)?.locks);
    const kinds = CLAIMS[check]?.split(' or ');
    const hidden = kinds?.[0] === 'read' && seen.every((one) => QUERIES.test(one.sql));
    // What a query put into a new child depends on rows, and here there are none.
    const of_new_child = check === 'foreign-key-not-valid-missing' && seen.some((one) => adds_key_of_new_child(deeds.get(one)));
    if (seen.length === 0 || hidden || of_new_child) {
      count(check, 'aside');
      return;
    }
    const confirmed = seen.some((one) => (kinds
      ? kinds.some((kind) => work_of(one.sql, deeds.get(one))[kind].length)
      : takes_strong_lock(deeds.get(one))));
    if (confirmed) count(check, 'right');
    else complain('false', check, item, kinds ? `nothing is ${CLAIMS[check]}` : 'no strong lock on what was there before');
  }

  look_for_refusals();
  look_for_work();
  look_for_locks();
  return result;

  function look_for_refusals() {
    let derailed = false;
    for (const [item, { code, message }] of refusals) {
      const group = places.get(item.place);
      const foreseen = group.some((one) => (said.get(one) ?? []).length && findings.some((finding) =>
        finding.category === 'failing' && finding.check !== FAILS_WITH_ROWS && `${finding.file}:${finding.statement_line}` === item.place));
      const follows = derailed && MISSING.test(code);
      derailed = true;
      if (foreseen) continue;
      const reason = LACKS.test(message) ? 'refused: the server lacks something'
        : DEPENDS.find(([pattern]) => pattern.test(code))?.[1];
      if (reason) set_aside(item, reason);
      else if (follows) set_aside(item, 'follows from an earlier refusal');
      else if (MISSING.test(code) && !is_made_before(item, message)) set_aside(item, 'refused: the history does not make what it needs');
      else complain('missed', 'refused', item, `${message} (${code})`);
    }
    for (const [item, { error, fails_with_rows }] of deeds) {
      if (error && !refusals.has(item)) set_aside(item, 'refused outside the transaction of its tool');
      const table_is_new = fails_with_rows && !is_on_existing(item);
      if (fails_with_rows === true && !table_is_new && !(said.get(item) ?? []).includes(FAILS_WITH_ROWS))
        complain('missed', FAILS_WITH_ROWS, item, 'a table with a row refuses it');
    }
  }

  // A statement before it makes, or renames into, what the message names.
  function is_made_before(item, message) {
    const name = message.match(/"([^"]+)"/)?.[1].split('.').pop();
    return name !== undefined && items.slice(0, items.indexOf(item)).some((earlier) => earlier.kind === 'statement'
      && /\b(CREATE|ADD|RENAME)\b/i.test(earlier.sql) && earlier.sql.includes(name));
  }

  // Whether the statement's strongest lock is on a table that was there before the file.
  function is_on_existing(item) {
    const seen = deeds.get(item);
    return seen.locks !== undefined && takes_strong_lock(seen);
  }

  function look_for_work() {
    for (const [item, seen] of deeds) {
      if (!seen.locks || /^\s*TRUNCATE\b/i.test(item.sql)) continue;
      const work = work_of(item.sql, seen);
      const kinds = (said.get(item) ?? []).map((check) => (check === FAILS_WITH_ROWS ? 'read' : CLAIMS[check] ?? ''));
      const speaks = (...wanted) => kinds.some((kind) => wanted.some((one) => kind.includes(one)));
      for (const [kind, explained] of [['rewritten', ['rewritten']], ['built', ['rewritten', 'built']], ['read', ['rewritten', 'built', 'read']]]) {
        if (work[kind].length === 0 || speaks(...explained)) continue;
        complain('missed', owner(kind, item.sql), item, `${work[kind].join(', ')} ${kind}`);
        break;
      }
      for (const check of brief_of(item.sql, seen))
        if (!(said.get(item) ?? []).includes(check)) complain('missed', check, item, 'it takes the lock');
    }
  }

  // A file that waits without a limit for a strong lock must be told of it, by whatever finding.
  function look_for_locks() {
    const spoken = new Set(findings.filter((finding) => finding.check !== FAILS_WITH_ROWS).map((finding) => finding.file));
    const looked = new Set();
    for (const [item, seen] of deeds) {
      if (!seen.locks || seen.bounded || spoken.has(item.file) || looked.has(item.file) || !takes_strong_lock(seen)) continue;
      looked.add(item.file);
      if (looked.size > ASKED) {
        add(result.aside, 'files told of once in the whole history, and not asked about alone');
        continue;
      }
      // Of a whole history such findings are told once: asked about the file alone, migcheck must know.
      if (again(item.file).some((finding) => ONCE_A_FILE.has(finding.check) || CLAIMS[finding.check])) continue;
      complain('missed', 'lock-timeout-missing', item, 'it waits for a strong lock');
    }
  }
}
