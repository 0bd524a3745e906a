#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws findings of whole histories at random, to be read by a person with their SQL beside them.

usage: draw_findings.py --seed 7 [--migcheck PROGRAM] [--each 4] [--categories breaking,indexes] [--context 3] HISTORY...
       draw_findings.py --seed 7 --histories LIST

Each HISTORY is a folder that `migcheck lint` takes; LIST is a file with one a line. Of each the same number of findings is drawn,
all with the same chance, so that a large history does not drown the others. The same seed draws the same findings of a history as
it is named, whatever the others are. A configuration of the project is not read.

Prints each finding with its message, its notes and the statement that it is about, and at the end how often each check was drawn
and how many findings the histories have. Exit code 2: a history could not be linted.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys

LONGEST = 60  # lines of a statement that are shown


def findings_of(program, history, categories):
    answer = subprocess.run([program, "lint", "--no-config", "--format=json", history], capture_output=True, text=True, check=False)
    if not answer.stdout:
        sys.exit(f"draw_findings.py: {history}: {answer.stderr.strip()}")
    found = json.loads(answer.stdout)["findings"]
    return [one for one in found if one["category"] in categories]


def lines_of(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read().split("\n")


def last_line(lines, start):
    """Where the statement that begins in line `start` seems to end: for the reader's eye, no parser is at hand."""
    for number in range(start, min(len(lines), start + LONGEST)):
        if lines[number - 1].rstrip().endswith(";"):
            return number
    return min(len(lines), start + LONGEST)


def show(number, history, one, context):
    lines = lines_of(one["file"])
    first = one["statement_line"] or one["line"]
    last = max(last_line(lines, first), min(one["end_line"], first + LONGEST))
    print(f"\n[{number}] {one['check']} ({one['severity']}) {os.path.relpath(one['file'], history)}:{one['line']}  in {history}")
    print(f"    {one['message']}")
    if one["advice"]:
        print(f"    advice: {one['advice']}")
    for note in one["notes"]:
        print(f"    note: {note['message']}: {note['file']}:{note['line']}")
        if os.path.exists(note["file"]):
            print(f"        | {lines_of(note['file'])[note['line'] - 1].strip()[:200]}")
    for at in range(max(1, first - context), min(len(lines), last + context) + 1):
        print(f"    {'>' if at == one['line'] else ' '}{at:5} {lines[at - 1][:240]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--migcheck", default="migcheck")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--categories", default="breaking,indexes,data,history")
    parser.add_argument("--context", type=int, default=3)
    parser.add_argument("--histories")
    parser.add_argument("paths", nargs="*")
    arguments = parser.parse_args()
    histories = list(arguments.paths)
    if arguments.histories:
        histories += [line.strip() for line in lines_of(arguments.histories) if line.strip() and not line.startswith("#")]
    drawn, number = collections.Counter(), 0
    for history in histories:
        found = findings_of(arguments.migcheck, history, arguments.categories.split(","))
        chosen = random.Random(f"{arguments.seed} {history}")
        some = chosen.sample(found, min(arguments.each, len(found)))
        for one in some:
            number += 1
            drawn[one["check"]] += 1
            show(number, history, one, arguments.context)
        print(f"\n== {history}: {len(found)} findings, {len(some)} drawn")
    print(f"\nseed {arguments.seed}: {number} findings of {len(histories)} histories")
    for check, count in sorted(drawn.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:4} {check}")


if __name__ == "__main__":
    main()
