#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs histories of migrations on a real server and holds migcheck's catalog against the server's.

usage: compare_history.py [--migcheck PROGRAM] [--before FILE] [--layout NAME] [--keep] PATH...
       with-server 15 -- compare_history.py fixtures/projects/saas

Each PATH is what `migcheck catalog` takes: a folder of one migration tool. Its statements are run as `migcheck
catalog --format psql` gives them (order, transactions and sessions of the tool, forward parts only), in a database
of its own on the server that PGHOST, PGPORT and PGUSER name (a superuser). Then catalog.sql asks the server and
compare_catalogs.py holds the answer against `migcheck catalog --format json`.

  --before FILE   SQL that makes what the history takes for granted: roles, schemas of a platform. What it makes is not
                  compared. May be repeated. Of a folder it is the file in it that is called as PATH's last part.
  --keep          leaves the databases behind, and names them.

Prints a line per difference and per statement that the server refuses. What migcheck calls uncertain may differ: such
lines begin with "uncertain". Exit code 1: there are other differences; 2: a history could not be run.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys

import compare_catalogs
import compare_definitions
from psql_script import BLOCKED, Script, refusals

HERE = os.path.dirname(os.path.abspath(__file__))


class Failure(Exception):
    pass


def run(command, stdin=None):
    return subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", errors="replace", check=False)


def psql(database, *arguments, stdin=None):
    return run(["psql", "-X", "-q", "-A", "-t", "-d", database, *arguments], stdin)


def ask(database, sql):
    answer = psql(database, "-v", "ON_ERROR_STOP=1", "-c", sql)
    if answer.returncode != 0:
        raise Failure(answer.stderr.strip())
    return answer.stdout.strip()


class Migcheck:
    def __init__(self, program, layout, version):
        self.program = program
        self.options = [f"--pg-version={version}"] + ([f"--layout={layout}"] if layout else [])

    def __call__(self, path, form, command="catalog"):
        """What the command prints; a list of paths where there are several histories."""
        answer = run([self.program, command, *self.options, f"--format={form}", path])
        if answer.stdout:
            return answer.stdout
        several = re.search(r"Name one of them: (.*)\.$", answer.stderr, re.MULTILINE)
        if several:
            return several.group(1).split(", ")
        raise Failure(answer.stderr.strip() or f"migcheck printed nothing for {path}")


def server_catalog(database):
    answer = psql(database, "-f", os.path.join(HERE, "catalog.sql"))
    if answer.returncode != 0:
        raise Failure(answer.stderr.strip())
    return json.loads(answer.stdout)


def definitions(database, catalog):
    """Where the server reads other SQL in migcheck's catalog than it has itself; and how much was asked."""
    asked = list(compare_definitions.questions(catalog))
    schemas = [schema["name"] for schema in catalog["schemas"]]
    answer = psql(database, "-f", "-", stdin=compare_definitions.script(asked, schemas))
    answers = [json.loads(line) for line in answer.stdout.splitlines()]
    if len(answers) != len(asked):
        raise Failure(f"the server did not answer all questions: {answer.stderr.strip()[:500]}")
    return list(compare_definitions.differences(asked, answers)), len(asked)


def without(catalog, earlier, ours):
    """The catalog without the objects that were there before the history and that the history does not make as well."""
    left = {}
    for part, objects in catalog.items():
        if not isinstance(objects, list):
            continue
        made = {compare_catalogs.key_of(item) for item in ours.get(part, [])}
        known = {compare_catalogs.key_of(item) for item in earlier[part]} - {(None, "public")} - made
        left[part] = [item for item in objects if compare_catalogs.key_of(item) not in known]
    return left


class Database:
    """A database of its own for a history, and the roles that the history makes."""

    empty = None

    def __init__(self, name, before, keep):
        self.name, self.before, self.keep = name, before, keep

    def __enter__(self):
        self.roles = set(ask("postgres", "SELECT rolname FROM pg_roles").split("\n"))
        ask("postgres", f"DROP DATABASE IF EXISTS {self.name}")
        ask("postgres", f"CREATE DATABASE {self.name} TEMPLATE template0")
        for file in self.before:
            done = psql(self.name, "-v", "ON_ERROR_STOP=1", "-f", file)
            if done.returncode != 0:
                raise Failure(f"{file}: {done.stderr.strip()}")
        # Without a file before it every database begins alike.
        if self.before or Database.empty is None:
            self.earlier = server_catalog(self.name)
            Database.empty = Database.empty or (None if self.before else self.earlier)
        else:
            self.earlier = Database.empty
        return self

    def __exit__(self, *_):
        if self.keep:
            print(f"kept: database {self.name}")
            return
        ask("postgres", f"DROP DATABASE {self.name}")
        # What the roles own elsewhere went with the database.
        ask("postgres", """DO $$ DECLARE r name; BEGIN
            FOR r IN SELECT rolname FROM pg_roles WHERE rolname <> ALL ('{%s}') LOOP
                EXECUTE format('DROP OWNED BY %%I CASCADE', r); EXECUTE format('DROP ROLE %%I', r);
            END LOOP; END $$""" % ",".join(f'"{role}"' for role in self.roles))

    def apply(self, script):
        """Runs the script; what the server refuses of it. A refused statement leaves its transaction open."""
        done = psql(self.name, "-v", "ON_ERROR_ROLLBACK=on", "-f", "-", stdin=script.text())
        if done.returncode != 0:
            raise Failure(done.stderr.strip()[-2000:])
        return list(refusals(script, done.stderr))


def files_before(path, named, version):
    """The files that make what the history at the path takes for granted, and what newer servers have by themselves."""
    for name in named:
        file = os.path.join(name, os.path.basename(os.path.normpath(path)) + ".sql") if os.path.isdir(name) else name
        if file == name or os.path.exists(file):
            yield file
        if os.path.isdir(name) and version < 13:
            yield os.path.join(name, "below-13.sql")


def run_history(script, name, before, keep, ours):
    """What the server has afterwards, how its SQL differs from ours, and what it refused. migcheck goes on after an error, and what only its
    transaction block forbids counts as done: so a history with errors is run again in that way."""
    outside = set()
    refused = None
    for attempt in range(3):
        with Database(name, before, keep) as database:
            earlier = database.earlier
            now = database.apply(script if attempt == 0 else script.opened(outside))
            found = without(server_catalog(database.name), earlier, ours)
            sql = definitions(database.name, ours)
        refused = now if refused is None else refused
        blocked = {place for place, message in now if BLOCKED.search(message)} - outside
        if not now or attempt > 0 and not blocked:
            break
        outside |= blocked if attempt > 0 else set()
    return found, sql, refused


def size(item):
    """How many objects and parts of objects (columns, constraints, policies …) are in it."""
    if isinstance(item, dict):
        return int("name" in item) + sum(map(size, item.values()))
    return sum(map(size, item)) if isinstance(item, list) else 0


PARTS = {"columns": "column", "constraints": "constraint", "triggers": "trigger", "rules": "rule", "policies": "policy"}


def in_doubt(table, rest):
    """`rest` is the path behind the table: does it lead to a part that migcheck calls uncertain?"""
    doubts = {(doubt["kind"], doubt["name"]) for doubt in table.get("uncertain_parts", [])}
    part = re.match(r"\.(\w+)(?:\[([^\]]*)\])?", rest)
    if not doubts or not part:
        return False
    word, name = part.groups()
    if word in ("row_security", "force_row_security"):
        return ("row security", None) in doubts
    if word == "columns" and name is None:  # their order
        return any(kind == "column" for kind, _ in doubts)
    # An index is there or not with its constraint or with one of its columns.
    if word == "indexes":
        return any(kind in ("constraint", "column") for kind, _ in doubts)
    return (PARTS.get(word), name) in doubts or PARTS.get(word) is None and ("other", None) in doubts


def refers_outside(table, rest, catalog):
    """`rest` leads into a foreign key to a table that the history does not make (auth.users): its columns are not known."""
    part = re.match(r"\.constraints\[([^\]]*)\]\.(index|references)", rest)
    known = {f"{other['schema']}.{other['name']}" for other in catalog["tables"]}
    return part is not None and any(one["name"] == part.group(1) and one["references"] and one["references"]["table"] not in known
                                    for one in table["constraints"])


def is_uncertain(line, catalog):
    """The difference is about an object that migcheck calls uncertain, or one in a schema that has gaps."""
    # A type that migcheck says it cannot tell.
    if r': migcheck "\"\""' in line:
        return True
    match = re.match(r"(\w+)\[([^\]]*)\]", line)
    if not match:
        return False
    still_there = {f"{gone['schema']}.{gone['name']}" if gone["schema"] else gone["name"] for gone in catalog["maybe_dropped"]}
    if "only the server has it" in line and match.group(2) in still_there:
        return True
    for item in catalog.get(match.group(1), []):
        if match.group(2) != f"{item.get('schema')}.{item['name']}":
            continue
        rest = line[match.end():]
        if item.get("uncertain") or in_doubt(item, rest) or "constraints" in item and refers_outside(item, rest, catalog):
            return True
    gaps = {schema["name"] for schema in catalog["schemas"] if not schema["complete"]}
    return "only the server has it" in line and match.group(2).split(".")[0] in gaps


def compare(setting, path, number):
    """Prints what differs; how many differences that are not uncertain."""
    text = setting.migcheck(path, "psql")
    if isinstance(text, list):
        return sum(compare(setting, inner, f"{number}_{n}") for n, inner in enumerate(text))
    ours = json.loads(setting.migcheck(path, "json"))
    script = Script(text)
    theirs, (other_sql, asked), refused = run_history(script, f"migcheck_{number}", setting.before(path), setting.arguments.keep, ours)
    differences = compare_catalogs.differences(ours, theirs) + other_sql
    counted = 0
    for line in differences:
        uncertain = is_uncertain(line, ours)
        counted += not uncertain
        print(f"{path}: {'uncertain: ' if uncertain else ''}{line}")
    for place, message in refused:
        print(f"{place}: the server refuses this: {message}")
    for where in compare_definitions.unprinted(ours):
        print(f"{where}: migcheck does not print its SQL: not compared")
    print(f"{path}: {len(script.statements)} statements, {len(refused)} refused, {size(theirs)} objects and {asked} definitions, "
          f"{counted} differences, {len(differences) - counted} uncertain")
    return counted


class Setting:
    """What is the same for all histories of a run."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.version = int(ask("postgres", "SHOW server_version_num")) // 10000
        self.migcheck = Migcheck(arguments.migcheck, arguments.layout, self.version)

    def before(self, path):
        return list(files_before(path, self.arguments.before, self.version))


def main(description, compare_one, add_options=None):
    """Compares each path that the command line names: `compare_one(setting, path, number)` prints what differs, and says how much."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migcheck", default="migcheck")
    parser.add_argument("--before", action="append", default=[])
    parser.add_argument("--layout")
    parser.add_argument("paths", nargs="+")
    if add_options:
        add_options(parser)
    arguments = parser.parse_args()
    if shutil.which("psql") is None:
        print("SKIPPED: there is no psql here.")
        sys.exit(77)
    try:
        setting = Setting(arguments)
    except Failure as failure:
        sys.exit(f"{parser.prog}: no server answers: {failure}")
    failed = counted = 0
    for number, path in enumerate(arguments.paths):
        try:
            counted += compare_one(setting, path, number)
        except Failure as failure:
            failed += 1
            print(f"{path}: could not be compared: {failure}")
    print(f"PostgreSQL {setting.version}: {len(arguments.paths)} paths, {counted} differences, {failed} not compared")
    sys.exit(2 if failed else 1 if counted else 0)


if __name__ == "__main__":
    main(__doc__, compare, lambda parser: parser.add_argument("--keep", action="store_true"))
