#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Foreign keys without an index at the end of a history: what migcheck finds, and what a real server's catalogs say.

usage: compare_foreign_keys.py [--migcheck PROGRAM] [--before FILE] [--layout NAME] PATH...
       with-server 15 -- compare_foreign_keys.py fixtures/projects/saas

Each PATH is a folder of one migration tool. Its statements are run on the server that PGHOST, PGPORT and PGUSER name (a
superuser), as compare_history.py runs them; then the catalogs are asked for every foreign key that no valid index serves, and
the answer is held against the findings of foreign-key-without-index, table by table and column by column.

  --before FILE   as in compare_history.py: SQL that makes what the history takes for granted.

Prints a line per path with both counts, before it a line per key that only one of the two names, and how many statements the
server refused. Exit code 1: there are differences; 2: a history could not be run.
"""

import argparse
import json
import re
import shutil
import sys

from compare_history import Database, Failure, Migcheck, ask, files_before, psql, run
from psql_script import BLOCKED, Script

# A partition's key is its parent's affair. An index serves if the key's columns, in any order, are its first: a btree, or a
# hash index of the one column, over all rows or over those in which the column is not null.
KEYS = """
SELECT replace(c.conrelid::regclass::text, '"', '') || ' ('
       || (SELECT string_agg(a.attname, ', ' ORDER BY k.n)
             FROM unnest(c.conkey) WITH ORDINALITY AS k (number, n)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number) || ')'
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid AND NOT t.relispartition AND t.relpersistence <> 't'
 WHERE c.contype = 'f' AND c.conparentid = 0
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
   AND NOT EXISTS (
       SELECT FROM pg_index i
         JOIN pg_class r ON r.oid = i.indexrelid
         JOIN pg_am m ON m.oid = r.relam
        WHERE i.indrelid = c.conrelid AND i.indisvalid
          AND (m.amname = 'btree' OR m.amname = 'hash' AND cardinality(c.conkey) = 1)
          AND c.conkey <@ (i.indkey::int2[])[0:cardinality(c.conkey) - 1]
          AND i.indnkeyatts >= cardinality(c.conkey)
          AND (i.indpred IS NULL OR cardinality(c.conkey) = 1 AND pg_get_expr(i.indpred, i.indrelid) =
               (SELECT format('(%I IS NOT NULL)', a.attname) FROM pg_attribute a
                 WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1])))
"""

FOUND = re.compile(r"^No index begins with the foreign key (.+? \(.+?\)): ")


def keys_of_server(database):
    answer = psql(database, "-v", "ON_ERROR_STOP=1", "-c", "SET search_path = public", "-c", KEYS)
    if answer.returncode != 0:
        raise Failure(answer.stderr.strip())
    return sorted(line for line in answer.stdout.split("\n") if line)


def keys_of_migcheck(program, layout, version, path):
    command = [program, "lint", "--no-config", "--only=foreign-key-without-index", "--format=json", f"--pg-version={version}"]
    answer = run([*command, *([f"--layout={layout}"] if layout else []), path])
    if not answer.stdout:
        raise Failure(answer.stderr.strip() or f"migcheck printed nothing for {path}")
    messages = [finding["message"] for finding in json.loads(answer.stdout)["findings"]
                if finding["check"] == "foreign-key-without-index"]
    found = [FOUND.match(message) for message in messages]
    return sorted(match.group(1).replace('"', "").removeprefix("public.") for match in found if match)


def run_on_server(script, name, before):
    """The keys at the end, and how many statements are refused. What only its transaction block forbids is run outside."""
    outside, refused = set(), None
    for attempt in range(3):
        with Database(name, before, keep=False) as database:
            now = database.apply(script if attempt == 0 else script.opened(outside))
            keys = keys_of_server(database.name)
        refused = len(now) if refused is None else min(refused, len(now))
        blocked = {place for place, message in now if BLOCKED.search(message)} - outside
        if not now or attempt > 0 and not blocked:
            break
        outside |= blocked
    return keys, refused


def without(some, others):
    """What is in `some` and not in `others`, each as often as it is."""
    left = list(others)
    return [item for item in some if item not in left or left.remove(item)]


def compare(arguments, migcheck, version, path, number):
    text = migcheck(path, "psql")
    if isinstance(text, list):
        raise Failure("holds several histories; name one of them: " + ", ".join(text))
    theirs, refused = run_on_server(Script(text), f"migcheck_keys_{number}", list(files_before(path, arguments.before, version)))
    ours = keys_of_migcheck(arguments.migcheck, arguments.layout, version, path)
    lines = [f"only migcheck: {key}" for key in without(ours, theirs)]
    lines += [f"only the server: {key}" for key in without(theirs, ours)]
    for line in lines:
        print(f"{path}: {line}")
    print(f"{path}: migcheck {len(ours)}, server {len(theirs)}, {refused} statements refused", flush=True)
    return len(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migcheck", default="migcheck")
    parser.add_argument("--before", action="append", default=[])
    parser.add_argument("--layout")
    parser.add_argument("paths", nargs="+")
    arguments = parser.parse_args()
    if shutil.which("psql") is None:
        print("SKIPPED: there is no psql here.")
        sys.exit(77)
    try:
        version = int(ask("postgres", "SHOW server_version_num")) // 10000
    except Failure as failure:
        sys.exit(f"compare_foreign_keys.py: no server answers: {failure}")
    migcheck = Migcheck(arguments.migcheck, arguments.layout, version)
    failed = counted = 0
    for number, path in enumerate(arguments.paths):
        try:
            counted += compare(arguments, migcheck, version, path, number)
        except Failure as failure:
            failed += 1
            print(f"{path}: could not be compared: {failure}")
    print(f"PostgreSQL {version}: {len(arguments.paths)} paths, {counted} differences, {failed} not compared")
    sys.exit(2 if failed else 1 if counted else 0)


if __name__ == "__main__":
    main()
