# SPDX-License-Identifier: MIT
"""Random queries over a small schema of tenants. All columns are integers, so that anything fits anything."""
import dataclasses

SCHEMA = '''
CREATE TABLE teams (id int PRIMARY KEY, slug int NOT NULL UNIQUE, size int);
CREATE TABLE users (id int PRIMARY KEY, default_team int, age int);
CREATE TABLE countries (id int PRIMARY KEY, size int);
CREATE TABLE memberships (team_id int NOT NULL REFERENCES teams, user_id int NOT NULL REFERENCES users, level int,
                          PRIMARY KEY (team_id, user_id));
CREATE TABLE customers (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, rank int, UNIQUE (team_id, id));
CREATE TABLE orders (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, customer_id int NOT NULL,
                     number int NOT NULL, total int, UNIQUE (team_id, number),
                     FOREIGN KEY (team_id, customer_id) REFERENCES customers (team_id, id));
CREATE TABLE invoices (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams,
                       order_id int NOT NULL REFERENCES orders, amount int);
CREATE TABLE order_items (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, price int);
CREATE TABLE templates (id int PRIMARY KEY, team_id int REFERENCES teams, size int);
CREATE TABLE nodes (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams,
                    parent_id int REFERENCES nodes DEFERRABLE, size int);
CREATE VIEW big_orders AS SELECT id, team_id, customer_id, total FROM orders WHERE total > 1;
CREATE VIEW order_sums AS SELECT team_id, customer_id AS id, sum(total)::int AS total FROM orders
                          GROUP BY team_id, customer_id;
CREATE VIEW ranked AS SELECT id, team_id, (row_number() OVER (ORDER BY id))::int AS size FROM customers;
CREATE VIEW all_sizes AS SELECT sum(size)::int AS size, 1 AS id FROM templates;
'''

TABLES = {
    'teams': ['id', 'slug', 'size'],
    'users': ['id', 'default_team', 'age'],
    'countries': ['id', 'size'],
    'memberships': ['team_id', 'user_id', 'level'],
    'customers': ['id', 'team_id', 'rank'],
    'orders': ['id', 'team_id', 'customer_id', 'number', 'total'],
    'invoices': ['id', 'team_id', 'order_id', 'amount'],
    'order_items': ['id', 'order_id', 'price'],
    'templates': ['id', 'team_id', 'size'],
    'nodes': ['id', 'team_id', 'parent_id', 'size'],
    'big_orders': ['id', 'team_id', 'customer_id', 'total'],
    'order_sums': ['team_id', 'id', 'total'],
    'ranked': ['id', 'team_id', 'size'],
    'all_sizes': ['size', 'id'],
}
VIEWS = {'big_orders', 'order_sums', 'ranked', 'all_sizes'}
GLOBAL = {'users', 'countries'}
KEYS = [  # child, column, parent, column
    ('orders', 'customer_id', 'customers', 'id'), ('invoices', 'order_id', 'orders', 'id'),
    ('order_items', 'order_id', 'orders', 'id'), ('nodes', 'parent_id', 'nodes', 'id'),
    ('memberships', 'user_id', 'users', 'id'), ('orders', 'team_id', 'teams', 'id'),
    ('big_orders', 'customer_id', 'customers', 'id'),
]


@dataclasses.dataclass
class Query:
    sql: str
    writes: bool
    isolated: bool
    second: int


@dataclasses.dataclass
class Source:
    alias: str
    table: str  # '' for a sub-query
    columns: list

    def tenant(self):
        if self.table == 'teams':
            return f'{self.alias}.id'
        return f'{self.alias}.team_id' if 'team_id' in self.columns else None


class Generator:
    def __init__(self, source):
        self.random = source
        self.names = 0

    def chance(self, p):
        return self.random.random() < p

    def pick(self, items):
        return self.random.choice(list(items))

    def name(self):
        self.names += 1
        return f'x{self.names}'

    # --- whole statements ---

    def query(self, writes=False, isolated=False):
        self.names = 0
        self.isolated = isolated
        self.commons = []
        self.tenant_bias = self.pick([0.3, 0.6, 0.9])
        sql = self.write() if writes else self.select(0, [], columns=self.random.randrange(1, 4))[0]
        return Query(sql=sql, writes=writes, isolated=isolated, second=self.random.randrange(0, 14))

    def write(self):
        kind = self.pick(['update', 'update', 'delete', 'insert', 'conflict', 'merge', 'cte'])
        table = self.pick([t for t in TABLES if t not in VIEWS and t not in GLOBAL and t != 'teams'
                           and not (self.isolated and t == 'order_items')])
        target = Source('t', table, TABLES[table])
        plain = TABLES[table][-1]
        if kind == 'insert' or self.isolated and kind in ('conflict', 'merge', 'cte'):
            return self.insert(table)
        if kind == 'conflict':
            return self.conflict()
        if kind == 'merge':
            return self.merge(target, plain)
        others = [self.source(1, []) for _ in range(self.random.randrange(0, 2))]
        scope = [target] + [s for s, _ in others]
        where = self.where(0, scope, [])
        returning = self.pick(['', f' RETURNING t.{plain}', ' RETURNING t.*'])
        if kind == 'delete':
            using = ' USING ' + ', '.join(text for _, text in others) if others else ''
            return f'DELETE FROM {table} t{using} WHERE {where}{returning}'
        extra = ' FROM ' + ', '.join(text for _, text in others) if others else ''
        value = self.value(scope, 0)
        update = f'UPDATE {table} t SET {plain} = {value}{extra} WHERE {where}'
        if kind == 'cte':
            rest, _ = self.select(1, [], columns=1)
            return (f'WITH w AS ({update} RETURNING t.id AS id) SELECT * FROM w' if 'id' in TABLES[table]
                    else f'{update}') if self.chance(0.5) else f'WITH q AS ({rest}) {update}'
        return update + returning

    def insert(self, table):
        columns = TABLES[table]
        source = self.source(1, [])
        scope = [source[0]]
        values = []
        for column in columns:
            if column == 'team_id':
                tenant = source[0].tenant()
                values.append(tenant if tenant and self.chance(0.6) else '$1')
            elif column == 'id':
                values.append(f'{self.column(scope)} + 5000')
            else:
                values.append(self.column(scope))
        return (f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {source[1]} "
                f"WHERE {self.where(0, scope, [])} ON CONFLICT DO NOTHING")

    def conflict(self):
        target = self.pick(['(id)', '(team_id, number)', '(team_id, number)'])
        where = self.pick(['', '', ' WHERE t.team_id = excluded.team_id', ' WHERE t.team_id = $1',
                           ' WHERE t.team_id = $1 OR t.total > 2'])
        # Rows 3 and 12 exist in all worlds: whether a key is taken at all is outside of the promise.
        identity = self.pick(['12', '3', '6000'])
        return (f'INSERT INTO orders AS t (id, team_id, customer_id, number, total) VALUES ({identity}, $1, 1, '
                f'{self.random.randrange(0, 17)}, 3) ON CONFLICT {target} DO UPDATE SET total = '
                f'{self.pick(["excluded.total", "t.total + 1"])}{where}')

    def merge(self, target, plain):
        source, text = self.source(1, [])
        scope = [target, source]
        on = self.conditions(0, scope, [], 2)
        if self.chance(0.7) and target.tenant() and source.tenant():
            on += f' AND {target.tenant()} = {source.tenant()}'
        if self.chance(0.5) and target.tenant():
            on += f' AND {target.tenant()} = $1'
        if source.tenant() and self.chance(0.6):
            inner = f'SELECT * FROM {text} WHERE {source.tenant()} = $1'
            text = f'({inner}) {source.alias}'
        action = self.pick([f'UPDATE SET {plain} = {self.column([source])}', 'DELETE'])
        sql = f'MERGE INTO {target.table} t USING {text} ON {on} WHEN MATCHED THEN {action}'
        if self.chance(0.4) and target.table == 'customers':
            tenant = source.tenant() if source.tenant() and self.chance(0.7) else '$1'
            sql += f' WHEN NOT MATCHED THEN INSERT (id, team_id, rank) VALUES ({self.column([source])} + 7000, {tenant}, 1)'
        return sql

    # --- SELECT ---

    def select(self, depth, outer, columns, one_row=False):
        """SQL and the names of its columns; c1, c2 … or what a star gives."""
        if depth < 2 and not one_row and self.chance(0.15 if depth == 0 else 0.08):
            return self.set_operation(depth, outer, columns)
        if depth == 0 and self.chance(0.25):
            return self.with_query(depth, outer, columns)
        sources, text = self.from_clause(depth, outer)
        where = self.where(depth, sources, outer)
        names = [f'c{i + 1}' for i in range(columns)]
        grouped = not one_row and self.chance(0.15)
        tail = ''
        if one_row:
            items = [f'{self.pick(["max", "min", "sum", "count"])}({self.column(sources)})::int AS c1']
        elif grouped:
            keys = [self.tenant_column(sources) if self.chance(0.5) else self.column(sources)
                    for _ in range(max(1, columns - 1))]
            items = [f'{key} AS {name}' for key, name in zip(keys, names)]
            if len(items) < columns:
                items.append(f'count(*)::int AS {names[-1]}')
            tail = f" GROUP BY {', '.join(keys)}"
            if self.chance(0.2):
                tail += f' HAVING {keys[0]} = $1'
        else:
            values = [self.tenant_column(sources) if self.chance(0.35) else self.value(sources, depth)
                      for _ in range(columns)]
            if self.chance(0.12) and columns > 1:
                window = self.tenant_column(sources) if self.chance(0.6) else self.column(sources)
                values[-1] = f'(count(*) OVER (PARTITION BY {window}))::int'
            items = [f'{value} AS {name}' for value, name in zip(values, names)]
            if self.chance(0.08):
                tail = f" ORDER BY {', '.join(str(i + 1) for i in range(columns))} LIMIT {self.random.randrange(1, 4)}"
        distinct = 'DISTINCT ' if self.chance(0.1) and not one_row else ''
        if distinct == '' and not grouped and not tail and not one_row and columns > 1 and self.chance(0.06):
            distinct = f'DISTINCT ON ({items[0].rsplit(" AS ", 1)[0]}) '
            tail = f" ORDER BY {', '.join(str(i + 1) for i in range(columns))}"
            if '(' in items[0]:
                distinct, tail = '', ''
        return f"SELECT {distinct}{', '.join(items)} FROM {text} WHERE {where}{tail}", names

    def set_operation(self, depth, outer, columns):
        left, names = self.select(depth + 1, outer, columns)
        right, _ = self.select(depth + 1, outer, columns)
        word = self.pick(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT'])
        return f'({left}) {word} ({right})', names

    def with_query(self, depth, outer, columns):
        if self.chance(0.35):
            return self.recursive(columns)
        body, names = self.select(depth + 1, outer, self.random.randrange(1, 4))
        common = Source(self.name(), '', names)
        self.commons.append(common)
        second = ''
        if self.chance(0.3):
            body2, names2 = self.select(depth + 1, outer, 2)
            other = Source(self.name(), '', names2)
            self.commons.append(other)
            second = f', {other.alias} AS ({body2})'
        main, out = self.select(depth + 1, outer, columns)
        return f'WITH {common.alias} AS ({body}){second} {main}', out

    def recursive(self, columns):
        table = self.pick(['nodes', 'nodes', 'orders'])
        link = 'parent_id' if table == 'nodes' else 'customer_id'
        alias = self.name()
        base = f'SELECT n.id AS id, n.team_id AS team_id FROM {table} n'
        if self.chance(0.7) or self.isolated:
            base += ' WHERE n.team_id = $1'
        step = f'SELECT n.id, n.team_id FROM {table} n JOIN {alias} r ON n.{link} = r.id'
        if self.chance(0.7) or self.isolated:
            step += ' AND n.team_id = r.team_id'
        if self.chance(0.2):
            step += ' AND n.team_id = $1'
        end = ' WHERE r.team_id = $1' if self.chance(0.4) else ''
        names = ['id', 'team_id'][:columns]
        return (f"WITH RECURSIVE {alias} AS ({base} UNION {step}) "
                f"SELECT {', '.join('r.' + n for n in names)} FROM {alias} r{end}"), names

    # --- FROM ---

    def from_clause(self, depth, outer):
        source, text = self.source(depth, outer)
        sources = [source]
        for _ in range(self.pick([0, 0, 1, 1, 2]) if depth < 2 else self.pick([0, 0, 1])):
            lateral = self.chance(0.12) and depth < 2
            more, piece = self.derived(depth + 1, outer + sources, lateral=True) if lateral else \
                self.source(depth, outer)
            kind = self.pick(['JOIN', 'JOIN', 'LEFT JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'CROSS JOIN'])
            if lateral and kind in ('RIGHT JOIN', 'FULL JOIN') or kind == 'FULL JOIN' and self.chance(0.5):
                kind = 'JOIN'
            if kind == 'CROSS JOIN':
                text += f' CROSS JOIN {piece}'
            elif (not lateral and len(sources) == 1 and kind != 'FULL JOIN' and 'team_id' in more.columns
                  and 'team_id' in source.columns and self.chance(0.15)):
                text += f' {kind} {piece} USING (team_id)'
            else:
                on = self.join_condition(depth, sources, more, outer, kind)
                text += f' {kind} {piece} ON {on}'
            sources.append(more)
        return sources, text

    def join_condition(self, depth, sources, more, outer, kind):
        parts = []
        mine = [s.tenant() for s in sources if s.tenant()]
        if more.tenant() and mine and (self.chance(self.tenant_bias) or self.isolated):
            parts.append(f'{more.tenant()} = {self.pick(mine)}')
        if more.tenant() and (self.chance(0.2) or self.isolated):
            parts.append(f'{more.tenant()} = $1')
        keys = []
        for child, column, parent, key in KEYS:
            for s in sources:
                if s.table == child and more.table == parent:
                    keys.append(f'{s.alias}.{column} = {more.alias}.{key}')
                if s.table == parent and more.table == child:
                    keys.append(f'{more.alias}.{column} = {s.alias}.{key}')
        if keys and (self.chance(0.7)):
            parts.append(self.pick(keys))
        if not parts or self.chance(0.2):
            if kind == 'FULL JOIN':  # PostgreSQL wants a condition that can be merged or hashed
                parts.append(f'{self.column(sources)} = {self.column([more])}')
            else:
                parts.append(self.condition(depth, sources + [more], outer))
        if kind == 'FULL JOIN':
            parts = [p for p in parts if ' = ' in p and '(' not in p and '$' not in p][:2] or \
                [f'{self.column(sources)} = {self.column([more])}']
        return ' AND '.join(parts)

    def source(self, depth, outer):
        if self.commons and self.chance(0.4):
            common = self.pick(self.commons)
            alias = self.name()
            return Source(alias, '', common.columns), f'{common.alias} {alias}'
        if depth < 2 and self.chance(0.15):
            return self.derived(depth + 1, outer)
        choice = TABLES if not self.isolated else [t for t in TABLES if t not in ('all_sizes', 'ranked', 'order_items')]
        table = self.pick(choice)
        alias = self.name()
        return Source(alias, table, TABLES[table]), f'{table} {alias}'

    def derived(self, depth, outer, lateral=False):
        body, names = self.select(depth, outer if lateral else outer[:0], self.random.randrange(1, 4))
        alias = self.name()
        if self.chance(0.5):
            names = ['team_id'] + names[1:]
            return (Source(alias, '', names),
                    f"{'LATERAL ' if lateral else ''}({body}) {alias} ({', '.join(names)})")
        return Source(alias, '', names), f"{'LATERAL ' if lateral else ''}({body}) {alias}"

    # --- conditions ---

    def where(self, depth, sources, outer):
        parts = []
        for source in sources:
            tenant = source.tenant()
            if tenant and (self.chance(self.tenant_bias) or self.isolated):
                parts.append(self.tenant_condition(tenant, sources, outer))
        if not parts or self.chance(0.5):
            parts.append(self.condition(depth, sources, outer))
        self.random.shuffle(parts)
        return ' AND '.join(parts)

    def tenant_condition(self, tenant, sources, outer):
        if self.isolated:
            return self.pick([f'{tenant} = $1', f'$1 = {tenant}', f'{tenant} IN ($1)', f'{tenant} = ANY (ARRAY[$1])'])
        others = [s.tenant() for s in sources + outer if s.tenant() and s.tenant() != tenant]
        forms = [f'{tenant} = $1'] * 6 + [
            f'{tenant} IN ($1)', f'{tenant} IS NOT DISTINCT FROM $1', f'({tenant} = $1 OR {tenant} IS NULL)',
            f'{tenant} IN ($1, 2)', f'{tenant} <> 2', f'{tenant} IN (SELECT m.team_id FROM memberships m '
            f'WHERE m.team_id = $1)', f'({tenant}, $2) = ($1, $2)',
            f'{tenant} = (SELECT t.id FROM teams t WHERE t.slug = 10)',
            f'({tenant} = $1 AND $2 > 3 OR {tenant} = $1)', f'coalesce({tenant} = $1, false)',
            f'NOT ({tenant} <> $1)', f'({tenant} = $1) IS TRUE', f'{tenant} = 1']
        if others:
            forms += [f'{tenant} = {self.pick(others)}'] * 6 + [f'{tenant} IS NOT DISTINCT FROM {self.pick(others)}']
        return self.pick(forms)

    def condition(self, depth, sources, outer):
        kind = self.random.random()
        a, b = self.column(sources), self.column(sources + outer)
        if kind < 0.3:
            return f'{a} {self.pick(["=", "=", "<", ">", "<>"])} {self.pick([b, "$2", "2"])}'
        if kind < 0.4:
            return f'{a} IS {self.pick(["", "NOT "])}NULL'
        if kind < 0.52:
            left = self.tenant_condition(self.tenant_column(sources), sources, outer)
            return f'({left} {self.pick(["OR", "AND"])} {a} = {b})'
        if kind < 0.56:
            return f'NOT ({a} = {b})'
        if depth >= 2:
            return f'{a} = {b}'
        scope = sources + outer
        if kind < 0.7:
            inner, _ = self.select(depth + 1, scope, 1)
            tested = self.tenant_column(sources) if self.chance(0.4) else a
            return f'{tested} {self.pick(["", "", "NOT "])}IN ({inner})'
        if kind < 0.9:
            inner, _ = self.select(depth + 1, scope, 1)
            return f'{self.pick(["", "", "NOT "])}EXISTS ({inner})'
        inner, _ = self.select(depth + 1, scope, 1, one_row=True)
        return f'{a} {self.pick(["=", "<"])} ({inner})'

    def conditions(self, depth, sources, outer, most):
        return ' AND '.join(self.condition(depth + 1, sources, outer) for _ in range(self.random.randrange(1, most)))

    def tenant_column(self, sources):
        tenants = [s.tenant() for s in sources if s.tenant()]
        return self.pick(tenants) if tenants else self.column(sources)

    def column(self, sources):
        source = self.pick(sources)
        return f'{source.alias}.{self.pick(source.columns)}'

    def value(self, sources, depth):
        kind = self.random.random()
        if kind < 0.7:
            return self.column(sources)
        if kind < 0.8:
            return self.pick(['$1', '$2', '7'])
        if kind < 0.9 and depth < 2:
            inner, _ = self.select(depth + 1, sources, 1, one_row=True)
            return f'({inner})'
        return f'coalesce({self.column(sources)}, {self.column(sources)})'
