#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random DDL on a real server, and migcheck's catalog of what the server accepted of it.

usage: with-server 15 -- random_histories.py [--migcheck PROGRAM] [--seeds FROM TO] [--count STATEMENTS] [--refused]

Per seed: random_history.py writes statements, the server runs them, those that it refuses are left out, and migcheck
replays the others; with --refused it replays all of them and has to refuse the same ones. Prints the differences, and
exits 1 if there are any.
"""

import argparse
import json
import os
import sys
import tempfile

import compare_catalogs
from compare_history import Database, Failure, Migcheck, ask, definitions, is_uncertain, server_catalog, without
from psql_script import Script
from random_history import Writer


# Made and dropped, everything that a history may name is known to be missing: what was never there could have been
# made outside of the files, and migcheck refuses nothing for its sake.
KNOWN = [f"CREATE TABLE {schema}.{name} (id int); DROP TABLE {schema}.{name};" for schema in ("s", "public") for name in "abcde"]
KNOWN += [f"CREATE VIEW {schema}.{kind}_{number} AS SELECT 1; DROP VIEW {schema}.{kind}_{number};"
          for schema in ("s", "public") for kind in ("v", "m", "idx", "q", "t", "d") for number in range(1, 5)]


def statements(seed, count, all_known):
    writer = Writer(seed)
    lines = ["CREATE SCHEMA s;"]
    for line in KNOWN if all_known else []:
        lines += [statement + ";" for statement in line.rstrip(";").split("; ")]
    count += len(lines)
    while len(lines) < count:
        lines += writer.transaction() if writer.draw.random() < 0.08 else [writer.statement()]
    return lines


def refusals_of(migcheck, file):
    """What migcheck says that the server refuses: the message by the statement's number, one a line."""
    planned = json.loads(migcheck(file, "json", "locks"))["statements"]
    return {one["line"] - 1: one["error"]["message"] for one in planned if one["error"]}


def told_apart(lines, refused, ours):
    """A line for each statement that only one of the two refuses."""
    for number in sorted(refused.keys() ^ ours.keys()):
        side, message = ("the server", refused[number]) if number in refused else ("migcheck", ours[number])
        yield f"{number}: {lines[number]}\n    only {side} refuses it: {message}"


def compare(migcheck, seed, count, with_refused):
    """The differences, the statements that only one of the two refuses, and what migcheck was given."""
    lines = statements(seed, count, with_refused)
    script = Script("".join(f"-- at {number}\n{line[:-1]}\n;\n" for number, line in enumerate(lines)))
    with Database(f"migcheck_seed_{seed}", [], False) as database:
        refused = {int(place): message for place, message in database.apply(script)}
        after = server_catalog(database.name)
        given = [line for number, line in enumerate(lines) if with_refused or number not in refused]
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "1.sql"), "w", encoding="utf-8") as file:
                file.write("\n".join(given) + "\n")
            ours = json.loads(migcheck(folder, "json"))
            apart = list(told_apart(lines, refused, refusals_of(migcheck, file.name))) if with_refused else []
        theirs = without(after, database.earlier, ours)
        other_sql, _ = definitions(database.name, ours)
    found = compare_catalogs.differences(ours, theirs) + other_sql
    return [line for line in found if not is_uncertain(line, ours)], apart, given


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migcheck", default="migcheck")
    parser.add_argument("--seeds", nargs=2, type=int, default=[1, 10])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--refused", action="store_true", help="leave in what the server refuses")
    parser.add_argument("--show", action="store_true", help="print the statements of seeds with differences")
    arguments = parser.parse_args()
    version = int(ask("postgres", "SHOW server_version_num")) // 10000
    migcheck = Migcheck(arguments.migcheck, None, version)
    found = ran = disagreed = 0
    for seed in range(arguments.seeds[0], arguments.seeds[1] + 1):
        try:
            differences, apart, given = compare(migcheck, seed, arguments.count, arguments.refused)
        except Failure as failure:
            sys.exit(f"seed {seed}: {failure}")
        ran += len(given)
        found += len(differences)
        disagreed += len(apart)
        for line in differences + apart:
            print(f"seed {seed}: {line}")
        if differences and arguments.show:
            print("\n".join(given))
    agreement = f", {disagreed} refused by one side only" if arguments.refused else ""
    print(f"PostgreSQL {version}: {ran} statements, {found} differences{agreement}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
