# SPDX-License-Identifier: MIT
"""Random queries over a schema of tenants."""
import dataclasses

@dataclasses.dataclass
class Query:
    sql: str
    writes: bool
    isolated: bool  # by construction
    by_key: bool  # likewise, where foreign keys stay within a tenant
    second: int
    shapes: set


@dataclasses.dataclass
class Source:
    alias: str
    table: str  # '' for a sub-query
    columns: list

    def tenant(self):
        if self.table == 'teams':
            return f'{self.alias}.id'
        if self.table == 'using':  # the column that a join has once
            return 'team_id'
        return f'{self.alias}.team_id' if 'team_id' in self.columns else None


class Generator:
    """SELECT in all its forms; statements.py adds what writes."""

    def __init__(self, source, schema):
        self.random = source
        self.schema = schema
        self.names = 0
        self.isolated = self.by_key = False
        self.commons = []
        self.shapes = set()
        self.tenant_bias = 0.5

    def chance(self, p):
        return self.random.random() < p

    def pick(self, items):
        return self.random.choice(list(items))

    def name(self):
        self.names += 1
        return f'x{self.names}'

    def begin(self, isolated, by_key):
        self.names = 0
        self.isolated, self.by_key = isolated, by_key
        self.commons = []
        self.shapes = set()
        self.tenant_bias = self.pick([0.3, 0.6, 0.9])

    # --- SELECT ---

    def select(self, depth, outer, columns, one_row=False):
        """SQL and the names of its columns; c1, c2 … or what a star gives."""
        if depth < 2 and not one_row and self.chance(0.15 if depth == 0 else 0.08):
            return self.set_operation(depth, outer, columns)
        if depth == 0 and self.chance(0.25):
            return self.with_query(depth, outer, columns)
        sources, text = self.from_clause(depth, outer)
        where = self.where(depth, sources, outer)
        self.shapes |= {'outer query' if depth == 0 else 'inner query'}
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
            self.shapes.add('group')
            tail = f" GROUP BY {', '.join(keys)}" if self.chance(0.85) else self.pick(
                [f" GROUP BY ROLLUP ({', '.join(keys)})", f" GROUP BY GROUPING SETS (({', '.join(keys)}), ())",
                 f" GROUP BY {keys[0]}, GROUPING SETS (({', '.join(keys)}), ({keys[0]}))"])
            if self.chance(0.2):
                tail += f' HAVING {keys[0]} = $1'
        else:
            values = [self.tenant_column(sources) if self.chance(0.35) else self.value(sources, depth)
                      for _ in range(columns)]
            if self.chance(0.12) and columns > 1:
                self.shapes.add('window')
                window = self.tenant_column(sources) if self.chance(0.6) else self.column(sources)
                by = f' ORDER BY {self.column(sources)}' if self.chance(0.3) else ''
                values[-1] = self.pick([f'(count(*) OVER (PARTITION BY {window}{by}))::int',
                                        f'lag({self.column(sources)}) OVER (PARTITION BY {window}{by})',
                                        f'(rank() OVER (ORDER BY {self.column(sources)}))::int',
                                        f'(rank() OVER w)::int'])
                if 'OVER w)' in values[-1]:
                    tail = f' WINDOW w AS (PARTITION BY {window}{by})'
            items = [f'{value} AS {name}' for value, name in zip(values, names)]
            if self.chance(0.08):
                self.shapes.add('limit')
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
        self.shapes.add('set operation')
        word = self.pick(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT'])
        return f'({left}) {word} ({right})', names

    def with_query(self, depth, outer, columns):
        if self.chance(0.35):
            return self.recursive(columns)
        body, names = self.select(depth + 1, outer, self.random.randrange(1, 4))
        self.shapes.add('with')
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
        links = [k for k in self.schema.keys if k.child == k.parent or
                 'team_id' in self.schema.tables[k.child] and k.parent not in ('teams', 'users')
                 and 'team_id' in self.schema.tables[k.parent]]
        links = [k for k in links if 'id' in self.schema.tables[k.child]]
        if not links:
            return self.select(0, [], columns)
        self.shapes.add('recursive')
        trees = [k for k in links if k.child == k.parent and k.child not in self.schema.nullable]
        if trees and self.chance(0.4):
            return self.tree(self.pick(trees), columns)
        link = self.pick(links)
        table, alias = link.child, self.name()
        sure = self.isolated or self.by_key
        base = f'SELECT n.id AS id, n.team_id AS team_id FROM {table} n'
        if self.chance(0.7) or sure:
            base += ' WHERE n.team_id = $1'
        step = f'SELECT n.id, n.team_id FROM {table} n JOIN {alias} r ON n.{link.column} = r.id'
        if not sure and self.chance(0.3):  # to rows of another table, by something that is no key
            table = self.pick([t for t in self.schema.tenant_tables() if {'id', 'team_id'} <= set(self.schema.tables[t])])
            step = f'SELECT n.id, n.team_id FROM {table} n JOIN {alias} r ON n.{self.pick(["size", "id"])} = r.id'
        elif not sure and self.chance(0.2):  # what it says of the tenant is another's
            step = step.replace('SELECT n.id, n.team_id', 'SELECT n.id, r.team_id')
        if self.chance(0.7) or sure:
            step += ' AND n.team_id = r.team_id'
        if self.chance(0.2):
            step += ' AND n.team_id = $1'
        if not sure and self.chance(0.2):
            step += f' AND {self.pick(["", "NOT "])}EXISTS (SELECT 1 FROM memberships m WHERE m.team_id = n.team_id)'
        end = ' WHERE r.team_id = $1' if self.chance(0.4) else ''
        if self.chance(0.3):  # a join with the result
            more, text = self.source(1, [])
            on = f'{more.tenant()} = r.team_id' if more.tenant() else f'{self.column([more])} = r.id'
            end = f' JOIN {text} ON {on}' + end
        names = ['id', 'team_id'][:columns]
        return (f"WITH RECURSIVE {alias} AS ({base} UNION {step}) "
                f"SELECT {', '.join('r.' + n for n in names)} FROM {alias} r{end}"), names

    def tree(self, link, columns):
        """Along the key of a table to itself, down to what hangs on a row or up to the root."""
        self.shapes.add('tree')
        table, alias = link.child, self.name()
        sure = self.isolated or self.by_key
        base = f'SELECT n.id AS id, n.{link.column} AS up FROM {table} n'
        if self.chance(0.7) or sure:
            base += f' WHERE n.team_id = $1{self.pick(["", " AND n.size > 1"])}'
        step = f'SELECT n.id, n.{link.column} FROM {table} n JOIN {alias} r ON '
        step += self.pick([f'n.{link.column} = r.id', 'n.id = r.up'])
        if self.isolated:
            step += ' AND n.team_id = $1'
        end = ''
        if self.chance(0.3):
            end = f' JOIN {table} z ON z.id = r.id' + (' AND z.team_id = $1' if self.isolated else '')
        names = ['id', 'up'][:columns]
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
            if lateral:
                self.shapes.add('lateral')
            if not lateral and self.chance(0.03) and not self.isolated and not self.by_key:
                more, piece = self.function(outer + sources)  # LATERAL, as functions are
                lateral = True
            kind = self.pick(['JOIN', 'JOIN', 'LEFT JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'CROSS JOIN'])
            if self.by_key and kind in ('RIGHT JOIN', 'FULL JOIN'):
                kind = 'LEFT JOIN'  # a key binds what it finds, and not what it does not find
            if self.by_key and kind == 'CROSS JOIN':
                kind = 'JOIN'
            near = self.neighbour(sources) if self.by_key and not lateral else None
            if near:
                more, piece = near
            if kind in ('LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'):
                self.shapes.add('outer join')
            if lateral and kind in ('RIGHT JOIN', 'FULL JOIN') or kind == 'FULL JOIN' and self.chance(0.5):
                kind = 'JOIN'
            if kind == 'CROSS JOIN':
                text += f' CROSS JOIN {piece}'
            elif not lateral and len(sources) == 1 and not self.by_key and self.chance(0.06):
                text += f' NATURAL {kind} {piece}'
                self.shapes.add('natural join')
            elif (not lateral and len(sources) == 1 and 'team_id' in more.columns
                  and 'team_id' in source.columns and self.chance(0.2)):
                text += f' {kind} {piece} USING (team_id)'
                self.shapes.add('using')
                if self.chance(0.5):
                    sources.append(Source('', 'using', ['team_id']))
            else:
                on = self.join_condition(depth, sources, more, outer, kind)
                text += f' {kind} {piece} ON {on}'
            sources.append(more)
        return sources, text

    def neighbour(self, sources):
        """A table that a foreign key joins to one of the sources."""
        tables = [s.table for s in sources]
        keys = [k for k in self.schema.keys if k.column != 'team_id' and k.parent not in self.schema.everybody]
        names = [k.parent for k in keys if k.child in tables] + [k.child for k in keys if k.parent in tables]
        if not names:
            return None
        table, alias = self.pick(names), self.name()
        return Source(alias, table, self.schema.tables[table]), f'{table} {alias}'

    def join_condition(self, depth, sources, more, outer, kind):
        parts = []
        keys = self.key_conditions(sources, more)
        mine = [s.tenant() for s in sources if s.tenant()]
        if self.by_key and keys and kind != 'FULL JOIN':
            self.shapes.add('by key alone')
            return self.pick(keys)
        sure = self.isolated or self.by_key
        if more.tenant() and mine and (self.chance(self.tenant_bias) or sure):
            parts.append(f'{more.tenant()} = {self.pick(mine)}')
        if more.tenant() and (self.chance(0.2) or sure):
            parts.append(f'{more.tenant()} = $1')
        if len(mine) > 1 and more.tenant() and self.chance(0.1):
            self.shapes.add('coalesce')
            parts.append(f'{more.tenant()} = coalesce({self.pick(mine)}, {self.pick(mine)})')
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

    def key_conditions(self, sources, more):
        """Joins of `more` to the sources by a foreign key, without its tenant."""
        keys = []
        for key in self.schema.keys:
            if key.column == 'team_id' or self.by_key and key.parent in self.schema.everybody:
                continue
            for s in sources:
                if s.table == key.child and more.table == key.parent:
                    keys.append(f'{s.alias}.{key.column} = {more.alias}.id')
                if s.table == key.parent and more.table == key.child:
                    keys.append(f'{more.alias}.{key.column} = {s.alias}.id')
        return keys

    def source(self, depth, outer):
        if self.commons and self.chance(0.4):
            common = self.pick(self.commons)
            alias = self.name()
            return Source(alias, '', common.columns), f'{common.alias} {alias}'
        if depth < 2 and self.chance(0.15):
            return self.derived(depth + 1, outer)
        if self.chance(0.07) and not self.by_key:
            return self.function(outer)
        table = self.pick(self.choices())
        alias = self.name()
        if table in self.schema.views:
            self.shapes.add('view')
        return Source(alias, table, self.schema.tables[table]), f'{table} {alias}'

    def function(self, outer):
        """Rows that a function in SQL gives; its argument may be a row's that stands before it."""
        self.shapes.add('function')
        known = self.schema.functions
        names = [f for f in known if known[f][1]] if self.isolated else list(known)
        if not names:
            return self.source(2, [])
        name, alias = self.pick(names), self.name()
        tenants = [s.tenant() for s in outer if s.tenant()]
        argument = '$1' if self.isolated or self.chance(0.6) else self.pick(tenants + ['$2', '2', '1'])
        return Source(alias, name, known[name][0]), f'{name}({argument}) {alias}'

    def choices(self):
        """What a query that is isolated by construction may read: tables whose tenant a condition can name."""
        if self.by_key:
            return [t for t in self.schema.tables if t not in self.schema.views and t not in self.schema.owners]
        if not self.isolated:
            return list(self.schema.tables)
        return [t for t in self.schema.tables if t not in self.schema.owners
                and (t not in self.schema.views or t in self.schema.updatable)]

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
            by_key = self.by_key and source is not sources[0]
            if tenant and not by_key and (self.chance(self.tenant_bias) or self.isolated or self.by_key):
                parts.append(self.tenant_condition(tenant, sources, outer))
        if not parts or self.chance(0.5):
            parts.append(self.condition(depth, sources, outer))
        self.random.shuffle(parts)
        return ' AND '.join(parts)

    def tenant_condition(self, tenant, sources, outer):
        if self.isolated or self.by_key:
            return self.pick([f'{tenant} = $1', f'$1 = {tenant}', f'{tenant} IN ($1)', f'{tenant} = ANY (ARRAY[$1])'])
        others = [s.tenant() for s in sources + outer if s.tenant() and s.tenant() != tenant]
        forms = [f'{tenant} = $1'] * 6 + [
            f'{tenant} IN ($1)', f'{tenant} IS NOT DISTINCT FROM $1', f'({tenant} = $1 OR {tenant} IS NULL)',
            f'{tenant} IN ($1, 2)', f'{tenant} <> 2', f'{tenant} IN (SELECT m.team_id FROM memberships m '
            f'WHERE m.team_id = $1)', f'({tenant}, $2) = ($1, $2)',
            f'{tenant} = (SELECT t.id FROM teams t WHERE t.slug = 10)',
            f'({tenant} = $1 AND $2 > 3 OR {tenant} = $1)', f'coalesce({tenant} = $1, false)',
            f'NOT ({tenant} <> $1)', f'coalesce({tenant}, 1) = $1',
            f'({tenant}, $2) IN (($1, $2))', f'{tenant} = ALL (SELECT m.team_id FROM memberships m WHERE m.team_id = $1)',
            f'(m_id, {tenant}) IN (SELECT m.level, m.team_id FROM memberships m WHERE m.team_id = $1)'.replace(
                'm_id', self.column(sources)),
            f'CASE WHEN $2 > 3 THEN {tenant} = $1 ELSE {tenant} = $1 END',
            f'{tenant} IN (SELECT v.t FROM (VALUES ($1), ($1)) v (t))', f'NOT ({tenant} <> $1 OR $2 > 20)',
            f'{tenant} IN (SELECT m.team_id FROM memberships m WHERE m.team_id = $1 UNION SELECT t.id FROM teams t '
            f'WHERE t.id = $1)', f'{tenant} IN (VALUES ($1))', f'$1 IN ({tenant}, $2)', f'{tenant} = ANY (SELECT m.team_id FROM memberships m '
            f'WHERE m.team_id = $1 AND m.level > 1)', f'({tenant} = $1) IS TRUE', f'{tenant} = 1']
        if others:
            forms += [f'{tenant} = {self.pick(others)}'] * 6 + [f'{tenant} IS NOT DISTINCT FROM {self.pick(others)}',
                                                              f'({tenant} = {self.pick(others)} OR {tenant} IS NULL)',
                                                              f'{tenant} = coalesce({self.pick(others)}, $1)']
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
        column = self.pick(source.columns)
        return f'{source.alias}.{column}' if source.alias else column

    def value(self, sources, depth):
        kind = self.random.random()
        if kind < 0.7:
            return self.column(sources)
        if kind < 0.8:
            return self.pick(['$1', '$2', '7'])
        if kind < 0.9 and depth < 2:
            inner, _ = self.select(depth + 1, sources, 1, one_row=True)
            return f'({inner})'
        if kind < 0.95:
            return f'CASE WHEN {self.column(sources)} > 2 THEN {self.column(sources)} END'
        return f'coalesce({self.column(sources)}, {self.column(sources)})'
