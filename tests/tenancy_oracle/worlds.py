# SPDX-License-Identifier: MIT
"""Worlds that share the rows of tenant 1, and differ in everybody else's.

In the hostile worlds, foreign keys that do not hold the tenant cross from one tenant to another; in the honest
ones they stay.
"""
import random

WORLDS = {'hostile': ['h0', 'h1', 'h2'], 'honest': ['g0', 'g1', 'g2']}

# Ids that are there in every world, so that keys may point at them: two of tenant 1, 2, and one of tenant 3.
_ALWAYS = [1, 2, 11, 12, 21]


def state_sql(schema):
    """Two lines: a hash of tenant 1's rows, and one of everybody else's."""
    names = [t for t in schema.tables if t not in schema.views]

    def state(name, condition):
        parts = [f"(SELECT coalesce(string_agg(r::text, '|' ORDER BY r::text), '') FROM {table} r "
                 f"WHERE {condition(schema.mine(table))})" for table in names]
        return f"SELECT 'state {name} ' || md5(concat_ws('/', {', '.join(parts)}));"

    return (state('mine', lambda mine: mine) + '\n' +
            state('others', lambda mine: f'NOT coalesce({mine}, false)'))


def world_sql(schema, kind, number):
    hostile = kind == 'hostile'
    shared = random.Random(7)
    own = random.Random(1000 + number)
    rows = []

    def insert(table, values):
        rows.append(f"INSERT INTO {table} VALUES ({', '.join('NULL' if v is None else str(v) for v in values)});")

    for team, size in ((1, 3), (2, own.randrange(9)), (3, own.randrange(9))):
        insert('teams', [team, team * 10 + (0 if team == 1 else own.randrange(9)), size])
    for user in range(1, 5):
        insert('users', [user, shared.choice([1, 1, 2, None]), shared.randrange(5)])
    for country in range(1, 5):
        insert('countries', [country, shared.randrange(6)])

    def value(column, table, i, ids, team, source):
        key = next((k for k in schema.keys if k.child == table and k.column == column), None)
        if column == 'id':
            return i
        if column == 'team_id':
            return team
        if column == 'n':
            return i % 5 + 1
        if key is None:
            return source.choice([0, 1, 2, 3, 4, 5, None])
        if not key.required and source.random() < 0.3:
            return None
        stays = key.composite or schema.owners.get(table) is key or not hostile
        return source.choice(ids if stays else _ALWAYS)

    def fill(team, source, base, count):
        ids = list(range(base, base + count))
        for table in schema.tenant_tables():
            if table == 'memberships':
                for user in range(1, 5):
                    if source.random() < 0.6:
                        insert(table, [team, user, source.randrange(4)])
                continue
            for i in ids:
                insert(table, [value(c, table, i, ids, team, source) for c in schema.tables[table]])

    fill(1, shared, 1, 5)
    fill(2, own, 11, 2 + own.randrange(4))
    fill(3, own, 21, 1 + own.randrange(4))
    for table in schema.tenant_tables():  # rows without a tenant are everybody's: the same in all worlds
        if table not in schema.nullable:
            continue
        for i in (31, 32):
            keys = {k.column: k for k in schema.keys if k.child == table and k.column != 'team_id'}
            insert(table, [i if c == 'id' else None if c == 'team_id' or c in keys and not keys[c].required
                           else 1 if c in keys else shared.randrange(5) for c in schema.tables[table]])
    # Keys may point forwards, so they are checked at the end.
    return 'BEGIN; SET CONSTRAINTS ALL DEFERRED;\n' + '\n'.join(rows) + '\nCOMMIT;'
