# SPDX-License-Identifier: MIT
"""Worlds that share the rows of tenant 1, and differ in everybody else's.

In the hostile worlds, foreign keys that do not hold the tenant cross from one tenant to another; in the honest
ones they stay.
"""
import random

WORLDS = {'hostile': ['h0', 'h1', 'h2'], 'honest': ['g0', 'g1', 'g2']}

# Tenant 1 and everybody's, then all others: order_items belong to the tenant of their order.
_MINE = [
    ('teams', 'id = 1'), ('users', 'true'), ('countries', 'true'), ('memberships', 'team_id = 1'),
    ('customers', 'team_id = 1'), ('orders', 'team_id = 1'), ('invoices', 'team_id = 1'),
    ('order_items', 'order_id IN (SELECT id FROM orders WHERE team_id = 1)'),
    ('templates', 'team_id = 1 OR team_id IS NULL'), ('nodes', 'team_id = 1'),
]


def _state(name, negate):
    parts = []
    for table, mine in _MINE:
        condition = f'NOT coalesce({mine}, false)' if negate else mine
        parts.append(f"(SELECT coalesce(string_agg(r::text, '|' ORDER BY r::text), '') FROM {table} r "
                     f"WHERE {condition})")
    return f"SELECT 'state {name} ' || md5(concat_ws('/', {', '.join(parts)}));"


STATE_SQL = _state('mine', False) + '\n' + _state('others', True)


def world_sql(kind, number):
    hostile = kind == 'hostile'
    shared = random.Random(7)
    own = random.Random(1000 + number)
    rows = []

    def insert(table, *values):
        rows.append(f"INSERT INTO {table} VALUES ({', '.join('NULL' if v is None else str(v) for v in values)});")

    # Ids of the other tenants exist in all worlds, so that keys may point at them.
    for team, size in ((1, 3), (2, own.randrange(9)), (3, own.randrange(9))):
        insert('teams', team, team * 10 + (0 if team == 1 else own.randrange(9)), size)
    for user in range(1, 5):
        insert('users', user, shared.choice([1, 1, 2, None]), shared.randrange(5))
    for country in range(1, 5):
        insert('countries', country, shared.randrange(6))

    def fill(team, source, base, count):
        ids = list(range(base, base + count))
        value = lambda: source.choice([0, 1, 2, 3, 4, 5, None])
        for user in range(1, 5):
            if source.random() < 0.6:
                insert('memberships', team, user, source.randrange(4))
        for i in ids:
            insert('customers', i, team, value())
        for i in ids:
            insert('orders', i, team, source.choice(ids), i % 5 + base, value())
        for i in ids:
            target = source.choice([1, 2, 11, 12, 21]) if hostile else source.choice(ids)
            late.append(('invoices', i, team, target, value()))
        for i in ids:
            insert('order_items', i * 2, source.choice(ids), value())
            insert('order_items', i * 2 + 1, source.choice(ids), value())
        for i in ids:
            insert('templates', i, team, value())
        for i in ids:
            parent = source.choice([1, 2, 11, 12, 21]) if hostile else source.choice(ids)
            late.append(('nodes', i, team, None if i == base else parent, value()))

    late = []
    fill(1, shared, 1, 5)
    fill(2, own, 11, 2 + own.randrange(4))
    fill(3, own, 21, 1 + own.randrange(4))
    for entry in late:
        insert(*entry)
    for i in (31, 32):
        insert('templates', i, None, shared.randrange(5))
    return 'BEGIN; SET CONSTRAINTS ALL DEFERRED;\n' + '\n'.join(rows) + '\nCOMMIT;'
