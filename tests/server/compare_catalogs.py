#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds migcheck's catalog against a server's.

usage: compare_catalogs.py MIGCHECK.json SERVER.json

MIGCHECK.json is what `migcheck catalog --format json` prints, SERVER.json what tests/server/catalog.sql says
of a database that the same files were run on. Prints one line per difference; exit code 1 if there are any.
"""

import json
import sys

# What only one side knows, or what depends on the server and not on the files.
LEFT_OUT = {"complete", "uncertain", "version"}


def key_of(item):
    """What makes an object the same object on both sides."""
    if not isinstance(item, dict):
        return None
    if "arguments" in item:
        return (item["schema"], item["name"], tuple(item["arguments"]))
    if "version" in item or "name" not in item:  # an extension goes by its name alone
        return (item["name"],) if "name" in item else None
    return (item.get("schema"), item["name"])


def compare(path, ours, theirs, differences):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in theirs:
            if name in LEFT_OUT:
                continue
            if name in ours:
                compare(f"{path}.{name}", ours[name], theirs[name], differences)
            else:
                differences.append(f"{path}.{name}: only the server has {theirs[name]!r}")
        for name in ours.keys() - theirs.keys() - LEFT_OUT:
            differences.append(f"{path}.{name}: only migcheck has {ours[name]!r}")
    elif isinstance(ours, list) and isinstance(theirs, list) and any(map(key_of, ours + theirs)):
        compare_objects(path, ours, theirs, differences)
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
