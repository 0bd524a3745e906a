#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds migcheck's catalog against a server's.

usage: compare_catalogs.py MIGCHECK.json SERVER.json

MIGCHECK.json is what `migcheck catalog --format json` prints, SERVER.json what tests/server/catalog.sql says
of a database that the same files were run on. Prints one line per difference; exit code 1 if there are any.
"""

import json
import re
import sys

# Lists of names without an order of their own.
UNORDERED = re.compile(r"^publications\[.*\]\.(tables|schemas)$|\.transition_tables$")
# What only one side knows, or what depends on the server and not on the files.
LEFT_OUT = {"complete", "uncertain", "uncertain_parts", "version", "made_at"}
# SQL, which compare_definitions.py lets the server read.
AS_SQL = {"default", "generated_as", "expression", "predicate", "using", "check", "when", "query", "bound_values"}
LEFT_OUT |= AS_SQL
WHOEVER_RUNS = {"current_user", "current_role", "session_user"}


def key_of(item):
    """What makes an object the same object on both sides."""
    if not isinstance(item, dict):
        return None
    if "mode" in item:  # a parameter: by its place
        return None
    if "what" in item:  # a statistics object, a collation …
        return (item["what"], item["schema"], item["name"])
    if "arguments" in item and "schema" in item:  # not a trigger
        return (item["schema"], item["name"], tuple(item["arguments"]))
    if "role" in item:  # default privileges
        return (item["role"], item["schema"], item["name"])
    if "version" in item or "name" not in item:  # an extension goes by its name alone
        return (item["name"],) if "name" in item else None
    return (item.get("schema"), item["name"])


# What GRANT ALL gives; MAINTAIN, of 17 and later, is not told apart.
ALL = {
    "sequences": {"select", "update", "usage"},
    "functions": {"execute"},
    "schemas": {"create", "usage"},
    "types": {"usage"},
    "tables": {"select", "insert", "update", "delete", "truncate", "references", "trigger"},
}


def privileges(grants, kind, owner):
    """Each privilege by itself. The owner's own are not listed by the server."""
    every = set()
    for grant in grants:
        minus = "-" if grant["privilege"].startswith("-") else ""
        all_of_it = ALL[kind] if not grant["columns"] else {"select", "insert", "update", "references"}
        given = all_of_it if grant["privilege"] in ("all", "-all") else {grant["privilege"].lstrip("-")}
        for privilege in given - {"maintain"}:
            for column in grant["columns"] or [""]:
                if grant["grantee"] != owner:
                    every.add((grant["grantee"], minus + privilege, column, grant["grant_option"]))
    return every


def compare_grants(path, ours, theirs, owner, differences):
    """`path` is that of the object: its first word says what it is."""
    kind = path.split("[")[0]
    if kind == "default_privileges":
        kind = path.rsplit(".", 1)[-1].rstrip("]")
    kind = kind if kind in ALL else "tables"
    # PostgreSQL gives these itself, differently in each version.
    initial = {("public", name, "", False) for name in ALL["schemas"]} if path == "schemas[public]" else set()
    left, right = privileges(ours, kind, owner) - initial, privileges(theirs, kind, owner) - initial
    for side, entries in (("migcheck", left - right), ("the server", right - left)):
        for grantee, privilege, column, option in sorted(entries):
            on = f" ({column})" if column else ""
            differences.append(f"{path}.grants: only {side} has {privilege}{on} to {grantee}{' with grant option' * option}")


def compare_key(path, ours, theirs, differences):
    """A key of an index. Files may name what is the default anyway."""
    for name in ("column", "descending", "nulls_first"):
        if ours[name] != theirs[name]:
            differences.append(f"{path}.{name}: migcheck {ours[name]}, server {theirs[name]}")
    for name in ("operator_class", "collation"):
        # An expression has the collation of what is in it.
        derived = name == "collation" and ours["column"] is None
        if ours[name] != theirs[name] and not (ours[name] == "" and (derived or theirs[name + "_default"])):
            differences.append(f"{path}.{name}: migcheck {ours[name]!r}, server {theirs[name]!r}")


def compare(path, ours, theirs, differences):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in theirs:
            if name in LEFT_OUT or name == "owner" and ours.get(name) is None:  # whoever runs the files
                continue
            # A name that was written for NOT NULL means nothing to servers before 18.
            if name == "not_null_constraint" and theirs[name] is None and theirs["not_null"]:
                continue
            if name == "grants" and "grants" in ours:
                compare_grants(path, ours[name], theirs[name], theirs.get("owner", theirs.get("role")), differences)
            elif name in ours:
                compare(f"{path}.{name}", ours[name], theirs[name], differences)
            else:
                differences.append(f"{path}.{name}: only the server has {theirs[name]!r}")
        # The keys of a partitioned table are read by the server too.
        for name in ours.keys() - theirs.keys() - LEFT_OUT - ({"keys"} if path.endswith(".partition_by") else set()):
            differences.append(f"{path}.{name}: only migcheck has {ours[name]!r}")
    elif isinstance(ours, list) and isinstance(theirs, list) and any(map(key_of, ours + theirs)):
        compare_objects(path, ours, theirs, differences)
    elif path.endswith(".roles") and WHOEVER_RUNS & set(ours):
        if len(ours) != len(theirs) or set(ours) - WHOEVER_RUNS - set(theirs):
            differences.append(f"{path}: migcheck {json.dumps(ours)}, server {json.dumps(theirs)}")
    elif path.endswith(".keys") and len(ours) == len(theirs):
        for number, (left, right) in enumerate(zip(ours, theirs), 1):
            compare_key(f"{path}[{number}]", left, right, differences)
    elif isinstance(ours, list) and isinstance(theirs, list) and UNORDERED.search(path):
        if sorted(ours) != sorted(theirs):
            differences.append(f"{path}: migcheck {json.dumps(ours)}, server {json.dumps(theirs)}")
    elif ours != theirs:
        differences.append(f"{path}: migcheck {json.dumps(ours)}, server {json.dumps(theirs)}")


def compare_objects(path, ours, theirs, differences):
    ours_by_key = {key_of(item): item for item in ours}
    theirs_by_key = {key_of(item): item for item in theirs}
    for key in ours_by_key.keys() | theirs_by_key.keys():
        name = ".".join(str(part) for part in key if part not in (None, ()))
        if key not in theirs_by_key:
            differences.append(f"{path}[{name}]: only migcheck has it")
        elif key not in ours_by_key:
            differences.append(f"{path}[{name}]: only the server has it")
        else:
            compare(f"{path}[{name}]", ours_by_key[key], theirs_by_key[key], differences)
    in_both = [key_of(item) for item in ours if key_of(item) in theirs_by_key]
    if path.endswith(".columns") and in_both != [key_of(item) for item in theirs if key_of(item) in ours_by_key]:
        differences.append(f"{path}: the columns stand in another order")


def differences(ours, theirs):
    """One line for each, sorted."""
    found = []
    for part in theirs:
        if part not in LEFT_OUT:
            compare(part, ours.get(part, []), theirs[part], found)
    return sorted(found)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as ours, open(sys.argv[2], encoding="utf-8") as theirs:
        left, right = json.load(ours), json.load(theirs)
    found = differences(left, right)
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
