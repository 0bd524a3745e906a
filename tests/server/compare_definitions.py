# SPDX-License-Identifier: MIT
"""Holds the SQL in migcheck's catalog against the server's own: defaults, checks, index definitions, policies …

Two texts of one expression can differ in every bracket. So the server reads migcheck's text: each is made once more,
under another name, in a block that is taken back, and what PostgreSQL then prints of it must be what it prints of the
original.
"""

import re

# Makes something, asks a question, takes it back. What was asked for outlives the block: it is a variable.
TRY = """
CREATE FUNCTION pg_temp.migcheck_try(setup text, question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
  BEGIN
    EXECUTE setup;
    EXECUTE question INTO answer;
    RAISE EXCEPTION USING ERRCODE = 'ZZ001';
  EXCEPTION WHEN SQLSTATE 'ZZ001' THEN RETURN answer;
            WHEN OTHERS THEN RETURN 'refused: ' || SQLERRM;
  END;
END $$;
"""
STRATEGIES = {"range": "RANGE", "list": "LIST", "hash": "HASH"}


def name(text):
    return '"' + text.replace('"', '""') + '"'


def text(value):
    return "'" + value.replace("'", "''") + "'"


def qualified(item):
    return f"{name(item['schema'])}.{name(item['name'])}"


class Question:
    """What migcheck has (as a statement), and how to ask for it: of the original, of the copy."""

    def __init__(self, label, setup, original, copy=None):
        self.label, self.setup, self.original, self.copy = label, setup, original, copy or original


def relation(item):
    return f"{text(qualified(item))}::regclass"


def temporary_like(table):
    # Of the same name, so that a qualified column is found.
    return f"CREATE TEMP TABLE {name(table['name'])} (LIKE {qualified(table)})"


def key_text(key):
    words = [name(key["column"]) if key["column"] is not None else f"({key['expression']})"]
    if key["collation"]:
        words.append(f"COLLATE {name(key['collation'])}")
    if key["operator_class"]:
        words.append(name(key["operator_class"]))
    return words


def index_text(table, index):
    keys = [" ".join(key_text(key) + ["DESC"] * key["descending"] +
                     ["NULLS FIRST" if key["nulls_first"] else "NULLS LAST"] * (key["nulls_first"] != key["descending"]))
            for key in index["keys"]]
    return (f"CREATE {'UNIQUE ' * index['unique']}INDEX migcheck_copy ON ONLY {qualified(table)} USING {index['method']} ({', '.join(keys)})"
            + (f" INCLUDE ({', '.join(map(name, index['including']))})" if index["including"] else "")
            + " NULLS NOT DISTINCT" * index["nulls_not_distinct"]
            + (f" WITH ({', '.join(f'{name(k)} = {text(v)}' for k, v in index['options'].items())})" if index["options"] else "")
            + (f" WHERE {index['predicate']}" if index["predicate"] else ""))


def index_question(where, table, index):
    ask = ("SELECT replace(pg_get_indexdef(i.oid), ' INDEX ' || quote_ident(i.relname) || ' ON ', ' INDEX ON ') FROM pg_class i "
           "JOIN pg_index x ON x.indexrelid = i.oid WHERE x.indrelid = {} AND i.relname = {}")
    return Question(f"{where}.indexes[{index['name']}]", index_text(table, index), ask.format(relation(table), text(index["name"])),
                    ask.format(relation(table), text("migcheck_copy")))


def default_question(where, table, column):
    ask = ("SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum "
           f"WHERE d.adrelid = {{}} AND a.attname = {text(column['name'])}")
    return Question(f"{where}.columns[{column['name']}].default",
                    f"ALTER TABLE ONLY {qualified(table)} ALTER COLUMN {name(column['name'])} SET DEFAULT {column['default']}",
                    ask.format(relation(table)))


def generated_question(where, table, column):
    ask = ("SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum "
           "WHERE d.adrelid = {} AND a.attname = {}")
    local = name(table["name"])
    return Question(f"{where}.columns[{column['name']}].generated_as",
                    f"{temporary_like(table)}; ALTER TABLE pg_temp.{local} ADD COLUMN migcheck_copy {column['type']} "
                    f"GENERATED ALWAYS AS ({column['generated_as']}) {column['generated']}",
                    ask.format(relation(table), text(column["name"])),
                    ask.format(f"'pg_temp.{local}'::regclass", text("migcheck_copy")))


def check_question(where, table, constraint):
    ask = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = {} AND conname = {}"
    local = name(table["name"])
    return Question(f"{where}.constraints[{constraint['name']}].expression",
                    f"{temporary_like(table)}; ALTER TABLE pg_temp.{local} ADD CONSTRAINT migcheck_copy CHECK ({constraint['expression']})",
                    ask.format(relation(table), text(constraint["name"])),
                    ask.format(text(f"pg_temp.{local}") + "::regclass", text("migcheck_copy")))


def policy_question(where, table, policy):
    ask = ("SELECT concat('USING ', pg_get_expr(polqual, polrelid), ' CHECK ', pg_get_expr(polwithcheck, polrelid)) FROM pg_policy "
           f"WHERE polrelid = {relation(table)} AND polname = ")
    return Question(f"{where}.policies[{policy['name']}]",
                    f"CREATE POLICY migcheck_copy ON {qualified(table)} FOR {policy['command']}"
                    + (f" USING ({policy['using']})" if policy["using"] else "")
                    + (f" WITH CHECK ({policy['check']})" if policy["check"] else ""),
                    ask + text(policy["name"]), ask + text("migcheck_copy"))


def trigger_question(where, table, trigger):
    events = " OR ".join(f"UPDATE OF {', '.join(map(name, trigger['columns']))}" if event == "update" and trigger["columns"] else event
                         for event in trigger["events"])
    ask = (f"SELECT substring(pg_get_triggerdef(oid) FROM ' WHEN (.*) EXECUTE') FROM pg_trigger WHERE tgrelid = {relation(table)} "
           "AND NOT tgisinternal AND tgname = ")
    return Question(f"{where}.triggers[{trigger['name']}].when",
                    f"CREATE TRIGGER migcheck_copy {trigger['timing']} {events} ON {qualified(table)} "
                    f"FOR EACH {'ROW' if trigger['row'] else 'STATEMENT'} WHEN ({trigger['when']}) "
                    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                    ask + text(trigger["name"]), ask + text("migcheck_copy"))


def partition_key_text(table):
    by = table["partition_by"]
    return f"PARTITION BY {STRATEGIES[by['strategy']]} ({', '.join(' '.join(key_text(key)) for key in by['keys'])})"


def partition_questions(where, table, tables):
    if table["partition_by"]:
        local = f"pg_temp.{name(table['name'])}"
        yield Question(f"{where}.partition_by", f"{temporary_like(table)} {partition_key_text(table)}",
                       f"SELECT pg_get_partkeydef({relation(table)})", f"SELECT pg_get_partkeydef({text(local)}::regclass)")
    parent = tables.get(table["partition_of"])
    if parent is not None and parent["partition_by"] and table["bound_values"]:
        ask = "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = {}"
        yield Question(f"{where}.bound_values",
                       f"{temporary_like(parent)} {partition_key_text(parent)}; CREATE TEMP TABLE migcheck_copy "
                       f"PARTITION OF pg_temp.{name(parent['name'])} {table['bound_values']}",
                       ask.format(relation(table)), ask.format("'pg_temp.migcheck_copy'::regclass"))


def table_questions(table, tables):
    where = f"tables[{table['schema']}.{table['name']}]"
    if table["kind"] != "foreign table":
        yield from (index_question(where, table, index) for index in table["indexes"]
                    if all(key["column"] is not None or key["expression"] for key in index["keys"]))
    for column in table["columns"]:
        if column["default"]:
            yield default_question(where, table, column)
        if column["generated_as"]:
            yield generated_question(where, table, column)
    yield from (check_question(where, table, one) for one in table["constraints"] if one["expression"])
    yield from (policy_question(where, table, one) for one in table["policies"])
    yield from (trigger_question(where, table, one) for one in table["triggers"] if one["when"])
    yield from partition_questions(where, table, tables)


def view_questions(view):
    where = f"views[{view['schema']}.{view['name']}]"
    if view["materialized"]:
        yield from (index_question(where, view, index) for index in view["indexes"])
    # A star means the columns that were there when the view was made.
    if view["query"] and view["columns"] and not re.search(r"(SELECT |, |\.)\*", view["query"]):
        columns = ", ".join(name(column["name"]) for column in view["columns"])
        yield Question(f"{where}.query", f"CREATE TEMP VIEW migcheck_copy ({columns}) AS {view['query']}",
                       f"SELECT pg_get_viewdef({relation(view)})", "SELECT pg_get_viewdef('pg_temp.migcheck_copy'::regclass)")


def domain_question(domain):
    ask = ("SELECT concat(pg_get_expr(t.typdefaultbin, 0), (SELECT string_agg(pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname) "
           "FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c')) FROM pg_type t WHERE t.oid = {}::regtype")
    checks = "".join(f" CONSTRAINT {name(one['name'])} CHECK ({one['expression']})" for one in domain["constraints"])
    default = f" DEFAULT {domain['default']}" if domain["default"] else ""
    return Question(f"types[{domain['schema']}.{domain['name']}]", f"CREATE DOMAIN pg_temp.migcheck_copy AS {domain['base']}{default}{checks}",
                    ask.format(text(qualified(domain))), ask.format("'pg_temp.migcheck_copy'"))


def questions(catalog):
    tables = {f"{table['schema']}.{table['name']}": table for table in catalog["tables"]}
    for table in catalog["tables"]:
        yield from table_questions(table, tables)
    for view in catalog["views"]:
        yield from view_questions(view)
    for domain in catalog["types"]:
        if domain["kind"] == "domain" and all(one["expression"] for one in domain["constraints"]):
            yield domain_question(domain)


def unprinted(catalog):
    """Where there is an expression that migcheck does not print."""
    for table in catalog["tables"]:
        where = f"tables[{table['schema']}.{table['name']}]"
        for column in table["columns"]:
            if (column["has_default"] or column["generated"]) and not (column["default"] or column["generated_as"]):
                yield f"{where}.columns[{column['name']}]"
        for index in table["indexes"]:
            if any(key["column"] is None and not key["expression"] for key in index["keys"]) or index["has_predicate"] and not index["predicate"]:
                yield f"{where}.indexes[{index['name']}]"
        yield from (f"{where}.constraints[{one['name']}]" for one in table["constraints"] if one["kind"] == "check" and not one["expression"])
        for policy in table["policies"]:
            if policy["has_using"] and not policy["using"] or policy["has_check"] and not policy["check"]:
                yield f"{where}.policies[{policy['name']}]"
        yield from (f"{where}.triggers[{one['name']}]" for one in table["triggers"] if one["has_when"] and not one["when"])


def script(asked, schemas):
    path = ", ".join(["public"] + [name(schema) for schema in schemas if schema != "public"])
    lines = ["SET client_min_messages = error;", "SET session_replication_role = replica;", f"SET search_path = {path};", TRY]
    for number, one in enumerate(asked):
        # What the history has not made on the server is somebody else's difference.
        lines.append(f"SELECT json_build_array({number}, pg_temp.migcheck_try('SELECT', {text(one.original)}), "
                     f"pg_temp.migcheck_try({text(one.setup)}, {text(one.copy)}));")
    return "\n".join(lines) + "\n"


def differences(asked, answers):
    """One line for each; `answers` are the rows that the script printed, as lists."""
    for number, original, copy in answers:
        if original is None or original.startswith("refused: relation") or original.startswith("refused: type"):
            continue
        if original != copy:
            yield f"{asked[number].label}: migcheck {copy!r}, server {original!r}"
