#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/plan/type/builtins_data.cpp: what PostgreSQL's own functions, casts and types are, per major version.

The facts come from running servers, one per major version, and from nowhere else. For each server, say how psql
reaches it:

    scripts/generate_builtins.py 12="host=/run/pg12 port=5432 user=postgres" … 18="host=… port=… user=postgres"

The result is sorted for binary search and stays the same as long as the servers do, so that a new major version
shows up as a readable difference.
"""
import collections
import pathlib
import subprocess
import sys

TYPE = "(SELECT typname FROM pg_type WHERE oid = {})"
ARGUMENTS = """coalesce((SELECT string_agg(t.typname, ',' ORDER BY a.n) FROM unnest(p.proargtypes)
               WITH ORDINALITY AS a(type, n) JOIN pg_type t ON t.oid = a.type), '')"""
# Functions that SQL can call: none that take or return the server's internal types.
FUNCTIONS = f"""SELECT p.proname, {ARGUMENTS}, {TYPE.format('p.prorettype')}, p.provolatile FROM pg_proc p
 WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind <> 'p'
   AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes || ARRAY[p.prorettype]::oidvector) AS u(type)
                   JOIN pg_type t ON t.oid = u.type WHERE t.typtype = 'p' AND t.typname !~ '^(any|record|void)')
   AND p.proname !~ '^(binary_upgrade|RI_FKey|pg_stat|gtsq|gist|spg|brin|gin)' ORDER BY 1, 2"""
CASTS = f"""SELECT {TYPE.format('castsource')}, {TYPE.format('casttarget')}, castcontext, castmethod,
 coalesce((SELECT provolatile::text FROM pg_proc WHERE oid = castfunc), 'i') FROM pg_cast
 WHERE castsource <> casttarget AND oid < 16384 ORDER BY 1, 2"""
TYPES = """SELECT typname, typcategory, (SELECT provolatile FROM pg_proc WHERE oid = typinput),
 (SELECT provolatile FROM pg_proc WHERE oid = typoutput) FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace
 AND typtype IN ('b', 'r', 'm') AND typelem = 0 OR typname IN ('name', 'point', 'box', 'line', 'lseg', 'int2vector',
 'oidvector') AND typnamespace = 'pg_catalog'::regnamespace ORDER BY 1"""
# Every operator but the immutable ones: there are few, and all of them read the time zone.
OPERATORS = f"""SELECT oprname, {TYPE.format('oprleft')}, {TYPE.format('oprright')}, p.provolatile FROM pg_operator
 JOIN pg_proc p ON p.oid = oprcode WHERE oprnamespace = 'pg_catalog'::regnamespace AND provolatile <> 'i'
 AND oprleft <> 0 ORDER BY 1, 2, 3"""


def query(connection, sql):
    out = subprocess.run(["psql", "-X", "-At", "-F", "\t", connection + " dbname=postgres", "-c", sql],
                         check=True, capture_output=True, text=True).stdout
    return [tuple(line.split("\t")) for line in out.splitlines()]


def spans(versions, majors):
    """[12, 13, 15] -> (12, 13), (15, 15): the runs of majors in which something holds; 0 for the ends of what we know."""
    runs = []
    for major in sorted(versions):
        if runs and majors.index(runs[-1][1]) + 1 == majors.index(major):
            runs[-1][1] = major
        else:
            runs.append([major, major])
    return [(0 if first == majors[0] else first, 99 if last == majors[-1] else last) for first, last in runs]


def rows_with_versions(per_major, majors):
    seen = collections.defaultdict(set)
    for major in majors:
        for row in per_major[major]:
            seen[row].add(major)
    return sorted((row + run) for row, versions in seen.items() for run in spans(versions, majors))


def function_rows(per_major, majors):
    """One row per name where all overloads agree in all versions, else one per overload; "*" stands for any arguments."""
    by_name = collections.defaultdict(list)
    for row in rows_with_versions(per_major, majors):
        by_name[row[0]].append(row)
    for name, rows in sorted(by_name.items()):
        if len({row[3] for row in rows}) > 1:
            yield from rows
            continue
        majors_of_name = {major for major in majors if any(row[0] == name for row in per_major[major])}
        returns = {row[2] for row in rows}
        for first, last in spans(majors_of_name, majors):
            yield (name, "*", returns.pop() if len(returns) == 1 else "", rows[0][3], first, last)


def strings(row, *columns):
    """Marks the columns that are strings even when they are one character long."""
    return [f'"{cell}"' if index in columns else (f"'{cell}'" if isinstance(cell, str) else str(cell))
            for index, cell in enumerate(row)]


def table(kind, name, rows, *columns):
    lines = ["    {" + ", ".join(strings(row, *columns)) + "}," for row in rows]
    return [f"constexpr {kind} {name}[] = {{", *lines, "};", ""]


def main():
    connections = dict(argument.split("=", 1) for argument in sys.argv[1:])
    majors = sorted(map(int, connections))
    if not majors:
        sys.exit(__doc__)
    read = lambda sql: {major: query(connections[str(major)], sql) for major in majors}
    lines = ["// SPDX-License-Identifier: MIT", "",
             f"// Written by scripts/generate_builtins.py from servers of PostgreSQL {majors[0]} to {majors[-1]}. Do not edit.",
             "", '#include "plan/type/builtins.hpp"', "", "// clang-format off", "namespace migcheck::plan {", "namespace {", ""]
    lines += table("BuiltinFunction", "kFunctions", function_rows(read(FUNCTIONS), majors), 0, 1, 2)
    lines += table("BuiltinCast", "kCasts", rows_with_versions(read(CASTS), majors), 0, 1)
    lines += table("BuiltinType", "kTypes", rows_with_versions(read(TYPES), majors), 0)
    lines += table("BuiltinOperator", "kOperators", rows_with_versions(read(OPERATORS), majors), 0, 1, 2)
    lines += ["}  // namespace", "",
              "std::span<const BuiltinFunction> builtin_functions() { return kFunctions; }",
              "std::span<const BuiltinCast> builtin_casts() { return kCasts; }",
              "std::span<const BuiltinType> builtin_types() { return kTypes; }",
              "std::span<const BuiltinOperator> non_immutable_operators() { return kOperators; }",
              "", "}  // namespace migcheck::plan", ""]
    target = pathlib.Path(__file__).resolve().parent.parent / "src/plan/type/builtins_data.cpp"
    target.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
