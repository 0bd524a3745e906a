# SPDX-License-Identifier: MIT
"""The script that `migcheck catalog --format psql` prints, and what psql says of it."""

import re

PLACE = "-- at "
BLOCKED = re.compile(r"cannot run inside a transaction block|cannot be executed from a function|"
                     r"cannot run inside a pipeline")


class Script:
    """Lines, and the statements in them: (first line, last line, shares its simple query with the next)."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.statements = []
        begin = None
        for number, line in enumerate(self.lines):
            if line.startswith(PLACE):
                begin = number
            elif begin is not None and line in (";", "\\;"):
                self.statements.append((begin, number, line == "\\;"))
                begin = None

    def text(self):
        return "\n".join(self.lines)

    def place(self, line):
        """The file and the line of the statement that stands at this line of the script, counted from 1."""
        at = min(line, len(self.lines)) - 1
        while at > 0 and not self.lines[at].startswith(PLACE):
            at -= 1
        return self.lines[at][len(PLACE):] if self.lines[at].startswith(PLACE) else "?"

    def only_accepted(self, refused):
        """The script without the statements at the places `refused`, for who wants to know what the others make."""
        lines = list(self.lines)
        for begin, end, _ in self.statements:
            lines[end] = ";"
            if self.lines[begin][len(PLACE):] in refused:
                lines[begin:end + 1] = [""] * (end + 1 - begin)
        return "\n".join(lines)

    def opened(self, outside):
        """The script as somebody runs it who goes on after an error: simple queries become blocks in which a statement
        can fail alone, and statements at the places `outside` are taken out of their block."""
        lines = list(self.lines)
        goes_on = False
        for begin, end, more in self.statements:
            if more and not goes_on:
                lines[begin] = "BEGIN;\n" + lines[begin]
            if more:
                lines[end] = ";"
            elif goes_on:
                lines[end] = ";\nCOMMIT;"
            if self.lines[begin][len(PLACE):] in outside:
                lines[begin] = lines[begin].replace(PLACE, "COMMIT;\n" + PLACE)
                lines[end] = lines[end].replace(";", ";\nBEGIN;", 1)
            goes_on = more
        return Script("\n".join(lines))


def refusals(script, errors):
    """psql's complaints, each with its place in the files: (place, message)."""
    for number, message in re.findall(r"^psql:<stdin>:(\d+): (?:ERROR|FATAL):  (.*)$", errors, re.MULTILINE):
        yield script.place(int(number)), message
