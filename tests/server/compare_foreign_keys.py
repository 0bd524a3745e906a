#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Foreign keys without an index at the end of a history: what migcheck finds, and what a real server's catalogs say.

usage: compare_foreign_keys.py [--migcheck PROGRAM] [--before FILE] [--layout NAME] [--refused] PATH...
       with-server 15 -- compare_foreign_keys.py fixtures/projects/saas

Each PATH is a folder of one migration tool. Its statements are run on the server that PGHOST, PGPORT and PGUSER name (a
superuser), as compare_history.py runs them; then the catalogs are asked for every foreign key that no valid index serves, and
the answer is held against the findings of foreign-key-without-index, table by table and column by column.

  --before FILE   as in compare_history.py: SQL that makes what the history takes for granted.
  --refused       names what the server refused.

Prints a line per path with both counts, before it a line per key that only one of the two names. Where the server refuses
statements (they need what no file makes), both count what the others make: "of 95 of 100 statements". Exit code 1: there are
differences; 2: a history could not be run.
"""

import json
import os
import re
import tempfile

from compare_history import Database, Failure, main, psql, run
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


def keys_of_migcheck(setting, layout, path):
    command = [setting.arguments.migcheck, "lint", "--no-config", "--only=foreign-key-without-index", "--format=json",
               f"--pg-version={setting.version}"]
    answer = run([*command, *([f"--layout={layout}"] if layout else []), path])
    if not answer.stdout:
        raise Failure(answer.stderr.strip() or f"migcheck printed nothing for {path}")
    messages = [finding["message"] for finding in json.loads(answer.stdout)["findings"]
                if finding["check"] == "foreign-key-without-index"]
    found = [FOUND.match(message) for message in messages]
    return sorted(match.group(1).replace('"', "").removeprefix("public.") for match in found if match)


def keys_of_accepted(setting, script, refused):
    """What migcheck finds in the statements that the server took: of one that it refuses nothing is left there."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "accepted.sql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script.only_accepted(refused))
        return keys_of_migcheck(setting, "plain", path)


def run_on_server(script, name, before):
    """The keys at the end, and what is refused. What only its transaction block forbids is run outside."""
    outside = set()
    for attempt in range(3):
        with Database(name, before, keep=False) as database:
            now = database.apply(script if attempt == 0 else script.opened(outside))
            keys = keys_of_server(database.name)
        blocked = {place for place, message in now if BLOCKED.search(message)} - outside
        if not now or attempt > 0 and not blocked:
            break
        outside |= blocked
    return keys, now


def without(some, others):
    """What is in `some` and not in `others`, each as often as it is."""
    left = list(others)
    return [item for item in some if item not in left or left.remove(item)]


def compare(setting, path, number):
    text = setting.migcheck(path, "psql")
    if isinstance(text, list):
        return sum(compare(setting, inner, f"{number}_{n}") for n, inner in enumerate(text))
    script = Script(text)
    theirs, refused = run_on_server(script, f"migcheck_keys_{number}", setting.before(path))
    if refused:
        ours = keys_of_accepted(setting, script, {place for place, _ in refused})
    else:
        ours = keys_of_migcheck(setting, setting.arguments.layout, path)
    lines = [f"only migcheck: {key}" for key in without(ours, theirs)]
    lines += [f"only the server: {key}" for key in without(theirs, ours)]
    for line in lines:
        print(f"{path}: {line}")
    what = f"{len(script.statements) - len(refused)} of {len(script.statements)} statements"
    print(f"{path}: migcheck {len(ours)}, server {len(theirs)}, of {what}", flush=True)
    if setting.arguments.refused:
        for place, message in refused:
            print(f"    {place}: {message}")
    return len(lines)


if __name__ == "__main__":
    main(__doc__, compare, lambda parser: parser.add_argument("--refused", action="store_true"))
