#!/usr/bin/env python3
"""Writes a history of migrations as a growing application would have them, the same for the same numbers.

    synthetic_history.py FOLDER [--migrations 100000] [--tables 5000] [--seed 1]

Tables are born evenly over the history, each with a key, and refer to earlier ones; between the births the
migrations change tables that are there: columns, indexes, constraints, types, views, policies, backfills.
Nothing in it is refused by PostgreSQL. For measuring how the cost of a file grows with their number.
"""
import argparse
import random
from pathlib import Path

TYPES = ["text", "integer", "bigint", "boolean", "timestamptz", "numeric(12,2)", "jsonb", "uuid", "varchar(64)"]


class Table:
    def __init__(self, number):
        self.name = f"table_{number:05d}"
        self.columns = ["region_id", "title", "amount"]
        self.made = 0  # columns, indexes and constraints so far: their names stay apart
        self.widened = 32
        self.view = False

    def next_name(self, prefix):
        self.made += 1
        return f"{prefix}_{self.made:03d}"


def create(table, earlier):
    lines = [
        f"CREATE TABLE {table.name} (",
        "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,",
        "    region_id bigint NOT NULL,",
        "    title varchar(32) NOT NULL,",
        "    amount integer NOT NULL DEFAULT 0,",
    ]
    if earlier is not None:
        lines.append(f"    parent_id bigint REFERENCES {earlier.name} (id),")
        table.columns.append("parent_id")
    lines += ["    created_at timestamptz NOT NULL DEFAULT now()", ");",
              f"CREATE INDEX {table.name}_region_id ON {table.name} (region_id);"]
    return "\n".join(lines)


def add_column(table, rng, tables):
    column = table.next_name("column")
    table.columns.append(column)
    default = " NOT NULL DEFAULT 0" if rng.random() < 0.2 else ""
    kind = "integer" if default else rng.choice(TYPES)
    return f"ALTER TABLE {table.name} ADD COLUMN {column} {kind}{default};"


def drop_column(table, rng, tables):
    plain = [column for column in table.columns if column.startswith("column_")]
    if not plain or table.view:
        return add_column(table, rng, tables)
    column = rng.choice(plain)
    table.columns.remove(column)
    return f"ALTER TABLE {table.name} DROP COLUMN {column};"


def add_index(table, rng, tables):
    column = rng.choice(["region_id", "title", "amount"])
    how = " CONCURRENTLY" if rng.random() < 0.5 else ""
    return f"CREATE INDEX{how} {table.name}_{table.next_name('index')} ON {table.name} ({column}, id);"


def add_check(table, rng, tables):
    name = f"{table.name}_{table.next_name('check')}"
    return (f"ALTER TABLE {table.name} ADD CONSTRAINT {name} CHECK (amount >= 0 AND title <> '') NOT VALID;\n"
            f"ALTER TABLE {table.name} VALIDATE CONSTRAINT {name};")


def add_key(table, rng, tables):
    other = rng.choice(tables)
    column = table.next_name("column")
    return (f"ALTER TABLE {table.name} ADD COLUMN {column} bigint;\n"
            f"ALTER TABLE {table.name} ADD FOREIGN KEY ({column}) REFERENCES {other.name} (id);")


def widen(table, rng, tables):
    if table.view:
        return add_column(table, rng, tables)
    table.widened += 16
    return f"ALTER TABLE {table.name} ALTER COLUMN title TYPE varchar({table.widened});"


def backfill(table, rng, tables):
    return f"UPDATE {table.name} SET amount = 1 WHERE amount = 0 AND region_id IN (SELECT id FROM {rng.choice(tables).name});"


def view(table, rng, tables):
    table.view = True
    other = rng.choice(tables)
    return (f"CREATE OR REPLACE VIEW {table.name}_view AS\n    SELECT t.id, t.title, o.amount\n    FROM {table.name} t "
            f"JOIN {other.name} o ON o.region_id = t.region_id WHERE t.amount > 10;")


def policy(table, rng, tables):
    name = table.next_name("policy")
    return (f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY;\nCREATE POLICY {name} ON {table.name} "
            "USING (region_id = current_setting('app.region')::bigint);")


CHANGES = [add_column] * 6 + [add_index] * 4 + [drop_column, add_check, add_key, widen, widen, backfill, backfill, view, policy]


def write(folder, migrations, tables_in_all, seed):
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    every = max(20, migrations // tables_in_all)
    tables = []
    for number in range(migrations):
        if number % every == 0 and len(tables) < tables_in_all:
            table = Table(len(tables))
            text = create(table, rng.choice(tables) if tables and rng.random() < 0.7 else None)
            tables.append(table)
        else:
            text = rng.choice(CHANGES)(rng.choice(tables), rng, tables)
        (folder / f"{number + 1:06d}_step.sql").write_text(text + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--migrations", type=int, default=100_000)
    parser.add_argument("--tables", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.migrations, arguments.tables, arguments.seed)


if __name__ == "__main__":
    main()
