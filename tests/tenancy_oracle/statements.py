# SPDX-License-Identifier: MIT
"""Random statements that write: UPDATE, DELETE, INSERT … SELECT, ON CONFLICT, MERGE, and WITH around them."""
from generator import Generator, Query, Source


class Statements(Generator):
    def query(self, writes=False, isolated=False, by_key=False):
        self.begin(isolated, by_key)
        sql = self.write() if writes else self.select(0, [], columns=self.random.randrange(1, 4))[0]
        return Query(sql=sql, writes=writes, isolated=isolated, by_key=by_key,
                     second=self.random.randrange(0, 14), shapes=self.shapes)

    def write(self):
        kind = self.pick(['update', 'update', 'delete', 'insert', 'conflict', 'merge', 'cte'])
        tables = self.schema.tenant_tables() + sorted(self.schema.updatable)
        if self.isolated or self.by_key:
            tables = [t for t in tables if t not in self.schema.owners]
        table = self.pick(tables)
        self.shapes.add('write' if table not in self.schema.views else 'write through a view')
        target = Source('t', table, self.schema.tables[table])
        plain = target.columns[-1]
        if kind == 'insert' or (self.isolated or self.by_key) and kind in ('conflict', 'merge', 'cte'):
            return self.insert(self.pick([t for t in tables if t not in self.schema.views]))
        if kind == 'conflict' and self.schema.numbered:
            return self.conflict() if self.chance(0.7) else self.upsert_of_rows()
        if kind == 'merge' and table not in self.schema.views:
            return self.merge(target, plain)
        return self.change(kind, target, plain)

    def change(self, kind, target, plain):
        others = [self.source(1, []) for _ in range(self.random.randrange(0, 2))]
        scope = [target] + [s for s, _ in others]
        where = self.where(0, scope, [])
        if self.by_key:
            for other, _ in others:
                keys = self.key_conditions([target], other)
                where += ' AND ' + (self.pick(keys) if keys else
                                    f'{other.tenant() or self.column([other])} = $1')
        returning = self.pick(['', f' RETURNING t.{plain}', ' RETURNING t.*'])
        if self.chance(0.15) and not self.isolated and not self.by_key:
            self.shapes.add('sub-query in RETURNING')
            inner, _ = self.select(1, [target], 1, one_row=True)
            returning = f' RETURNING t.{plain}, ({inner})'
        if kind == 'delete':
            using = ' USING ' + ', '.join(text for _, text in others) if others else ''
            return f'DELETE FROM {target.table} t{using} WHERE {where}{returning}'
        extra = ' FROM ' + ', '.join(text for _, text in others) if others else ''
        update = f'UPDATE {target.table} t SET {plain} = {self.value(scope, 0)}{extra} WHERE {where}'
        if kind != 'cte':
            return update + returning
        self.shapes.add('with')
        if {'id', 'team_id'} <= set(target.columns) and self.chance(0.3):
            return self.moved(target, where)
        if 'id' in target.columns and self.chance(0.5):
            return f'WITH w AS ({update} RETURNING t.id AS id) SELECT * FROM w'
        rest, names = self.select(1, [], columns=1)
        return f'WITH q AS ({rest}) {update} AND EXISTS (SELECT 1 FROM q WHERE q.{names[0]} = t.{plain})'

    def moved(self, target, where):
        """Rows that go from one table to another in one statement."""
        self.shapes.add('delete and insert')
        tables = [t for t in self.schema.tenant_tables() if self.schema.tables[t] == ['id', 'team_id', 'size']]
        into = self.pick(tables) if tables else None
        gone = f'WITH w AS (DELETE FROM {target.table} t WHERE {where} RETURNING t.id, t.team_id)'
        if ' FROM ' in where or into is None:
            return f'WITH w AS (UPDATE {target.table} t SET size = 1 WHERE {where} RETURNING t.id, t.team_id) ' \
                   f'SELECT w.id FROM w JOIN memberships m ON m.team_id = w.{self.pick(["team_id", "id"])}'
        tenant = self.pick(['w.team_id', 'w.team_id', '$1', 'w.id'])
        return f'{gone} INSERT INTO {into} (id, team_id, size) SELECT w.id + 5000, {tenant}, 1 FROM w'

    def upsert_of_rows(self):
        """INSERT … SELECT … ON CONFLICT DO UPDATE."""
        self.shapes.add('on conflict')
        table = self.pick(sorted(self.schema.numbered))
        source = self.source(1, [])
        scope = [source[0]]
        tenant = source[0].tenant()
        values = [f'{self.column(scope)} + 5000' if c == 'id' else tenant if c == 'team_id' and tenant and
                  self.chance(0.6) else '$1' if c == 'team_id' else '2' if c == 'n' else '1'
                  for c in self.schema.tables[table]]
        where = self.pick(['', ' WHERE t.team_id = excluded.team_id', ' WHERE t.team_id = $1'])
        return (f"INSERT INTO {table} AS t ({', '.join(self.schema.tables[table])}) SELECT {', '.join(values)} "
                f"FROM {source[1]} WHERE {self.where(0, scope, [])} LIMIT 1 ON CONFLICT "
                f"{self.pick(['(team_id, n)', '(team_id, n)', '(id)'])} DO UPDATE SET size = t.size + 1{where}")

    def insert(self, table):
        self.shapes.add('insert')
        source = self.source(1, [])
        scope = [source[0]]
        values = []
        for column in self.schema.tables[table]:
            if column == 'team_id':
                tenant = source[0].tenant()
                values.append(tenant if tenant and self.chance(0.6) else '$1')
            elif column == 'id':
                values.append(f'{self.column(scope)} + 5000')
            else:
                values.append(self.column(scope))
        return (f"INSERT INTO {table} ({', '.join(self.schema.tables[table])}) SELECT {', '.join(values)} "
                f"FROM {source[1]} WHERE {self.where(0, scope, [])} ON CONFLICT DO NOTHING")

    def conflict(self):
        self.shapes.add('on conflict')
        table = self.pick(sorted(self.schema.numbered))
        columns = self.schema.tables[table]
        target = self.pick(['(id)', '(team_id, n)', '(team_id, n)'])
        where = self.pick(['', '', ' WHERE t.team_id = excluded.team_id', ' WHERE t.team_id = $1',
                           ' WHERE t.team_id = $1 OR t.size > 2'])
        # Rows 3 and 12 exist in all worlds: whether a key is taken at all is outside of the promise.
        identity = self.pick(['12', '3', '6000'])
        values = [identity if c == 'id' else '$1' if c == 'team_id' else
                  str(self.random.randrange(1, 6)) if c == 'n' else '1' for c in columns]
        return (f"INSERT INTO {table} AS t ({', '.join(columns)}) VALUES ({', '.join(values)}) ON CONFLICT {target} "
                f"DO UPDATE SET size = {self.pick(['excluded.size', 't.size + 1'])}{where}")

    def merge(self, target, plain):
        self.shapes.add('merge')
        source, text = self.source(1, [])
        scope = [target, source]
        on = self.conditions(0, scope, [], 2)
        if self.chance(0.7) and target.tenant() and source.tenant():
            on += f' AND {target.tenant()} = {source.tenant()}'
        if self.chance(0.5) and target.tenant():
            on += f' AND {target.tenant()} = $1'
        if source.tenant() and self.chance(0.6):
            text = f'(SELECT * FROM {text} WHERE {source.tenant()} = $1) {source.alias}'
        test = f' AND {self.condition(1, scope, [])}' if self.chance(0.3) else ''
        action = self.pick([f'UPDATE SET {plain} = {self.column([source])}', 'DELETE'])
        sql = f'MERGE INTO {target.table} t USING {text} ON {on} WHEN MATCHED{test} THEN {action}'
        if test and self.chance(0.5):
            sql += f' WHEN MATCHED THEN {self.pick(["DO NOTHING", "DELETE"])}'
        required = [k for k in self.schema.keys if k.child == target.table and k.required and k.column != 'team_id']
        if self.chance(0.4) and target.tenant() and not required and 'n' not in target.columns \
                and 'id' in target.columns:
            tenant = source.tenant() if source.tenant() and self.chance(0.7) else '$1'
            sql += (f' WHEN NOT MATCHED THEN INSERT (id, team_id, size) VALUES ({self.column([source])} + 7000, '
                    f'{tenant}, 1)')
        return sql
