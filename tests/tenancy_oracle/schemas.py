# SPDX-License-Identifier: MIT
"""Random schemas of tenants. All columns are integers, so that anything fits anything."""
import dataclasses


@dataclasses.dataclass
class Key:
    """A foreign key: child.column refers to parent.id; with the tenant in it where it is composite."""
    child: str
    column: str
    parent: str
    composite: bool
    required: bool


@dataclasses.dataclass
class Schema:
    sql: str = ''
    tables: dict = dataclasses.field(default_factory=dict)  # name: columns, views too
    views: set = dataclasses.field(default_factory=set)
    updatable: set = dataclasses.field(default_factory=set)  # of the views
    everybody: set = dataclasses.field(default_factory=set)
    keys: list = dataclasses.field(default_factory=list)
    owners: dict = dataclasses.field(default_factory=dict)  # of inherited tables: the key that says whose a row is
    nullable: set = dataclasses.field(default_factory=set)  # tables whose tenant may be null
    functions: dict = dataclasses.field(default_factory=dict)  # name: its columns, and whether it asks for a tenant
    numbered: set = dataclasses.field(default_factory=set)  # tables with UNIQUE (team_id, n)

    def tenant_tables(self):
        """Tables that can be written to, in the order in which they can be filled."""
        return [t for t in self.tables if t not in self.views and t not in self.everybody and t != 'teams']

    def mine(self, table):
        """The condition that says that a row is tenant 1's, or nobody's."""
        if table in self.everybody:
            return 'true'
        if table == 'teams':
            return 'id = 1'
        if table in self.owners:
            key = self.owners[table]
            return f'{key.column} IN (SELECT id FROM {key.parent} WHERE {self.mine(key.parent)})'
        return 'team_id = 1 OR team_id IS NULL' if table in self.nullable else 'team_id = 1'


_BASE = '''
CREATE TABLE teams (id int PRIMARY KEY, slug int NOT NULL UNIQUE, size int);
CREATE TABLE users (id int PRIMARY KEY, default_team int, age int);
CREATE TABLE countries (id int PRIMARY KEY, size int);
CREATE TABLE memberships (team_id int NOT NULL REFERENCES teams, user_id int NOT NULL REFERENCES users, level int,
                          PRIMARY KEY (team_id, user_id));
'''


def random_schema(source):
    schema = Schema(sql=_BASE)
    schema.tables = {'teams': ['id', 'slug', 'size'], 'users': ['id', 'default_team', 'age'],
                     'countries': ['id', 'size'], 'memberships': ['team_id', 'user_id', 'level']}
    schema.everybody = {'users', 'countries'}
    schema.keys = [Key('memberships', 'user_id', 'users', False, True),
                   Key('memberships', 'team_id', 'teams', False, True)]
    for number in range(source.randrange(4, 8)):
        _add_table(schema, f't{number}', source)
    for number in range(source.randrange(2, 5)):
        _add_view(schema, f'v{number}', source)
    for number in range(source.randrange(1, 4)):
        _add_function(schema, f'f{number}', source)
    _add_late_column(schema, source)
    return schema


def _add_table(schema, name, source):
    parents = [t for t in schema.tenant_tables() if 'id' in schema.tables[t]]
    if parents and source.random() < 0.25:
        return _add_inherited(schema, name, parents, source)
    columns, lines = ['id', 'team_id'], ['id int PRIMARY KEY']
    may_be_null = source.random() < 0.15
    lines.append('team_id int REFERENCES teams' if may_be_null else 'team_id int NOT NULL REFERENCES teams')
    if may_be_null:
        schema.nullable.add(name)
    else:
        lines.append('UNIQUE (team_id, id)')
    schema.keys.append(Key(name, 'team_id', 'teams', False, not may_be_null))
    for number in range(source.choice([0, 1, 1, 2])):
        parent = source.choice(parents + [name]) if parents else name
        _add_key(schema, name, f'p{number}_id', parent, may_be_null, columns, lines, source)
    if not may_be_null and source.random() < 0.5:
        columns.append('n')
        lines += ['n int NOT NULL', 'UNIQUE (team_id, n)']
        schema.numbered.add(name)
    columns.append('size')
    lines.append('size int')
    schema.tables[name] = columns
    schema.sql += f"CREATE TABLE {name} ({', '.join(lines)});\n"


def _add_key(schema, name, column, parent, may_be_null, columns, lines, source):
    columns.append(column)
    itself = parent == name
    holds_tenant = parent not in schema.owners and parent not in schema.nullable
    composite = not may_be_null and holds_tenant and source.random() < 0.5
    required = not itself and source.random() < 0.6
    null = ' NOT NULL' if required else ''
    if composite:
        lines += [f'{column} int{null}',
                  f'FOREIGN KEY (team_id, {column}) REFERENCES {parent} (team_id, id) DEFERRABLE']
    else:
        lines.append(f'{column} int{null} REFERENCES {parent} DEFERRABLE')
    schema.keys.append(Key(name, column, parent, composite, required))


def _add_inherited(schema, name, parents, source):
    owner = Key(name, 'owner_id', source.choice(parents), False, True)
    columns, lines = ['id', 'owner_id'], ['id int PRIMARY KEY', f'owner_id int NOT NULL REFERENCES {owner.parent} DEFERRABLE']
    schema.keys.append(owner)
    schema.owners[name] = owner
    if source.random() < 0.3:  # says nothing of whose the row is
        columns.append('p0_id')
        other = source.choice(parents)
        lines.append(f'p0_id int REFERENCES {other} DEFERRABLE')
        schema.keys.append(Key(name, 'p0_id', other, False, False))
    schema.tables[name] = columns + ['size']
    schema.sql += f"CREATE TABLE {name} ({', '.join(lines)}, size int);\n"


def _with_both(schema):
    return [t for t in schema.tenant_tables() if 'team_id' in schema.tables[t] and 'id' in schema.tables[t]]


def _add_function(schema, name, source):
    """Rows of a table or two: of the tenant that is asked for, or of all."""
    table, other = source.choice(_with_both(schema)), source.choice(_with_both(schema))
    text, asks = source.choice([
        (f'SELECT x.id, x.team_id, x.size FROM {table} x WHERE x.team_id = team', True),
        (f'SELECT x.id, x.team_id, x.size FROM {table} x WHERE x.team_id = $1', True),
        (f'SELECT x.id, y.team_id, y.size FROM {table} x JOIN {other} y ON y.team_id = x.team_id '
         f'WHERE {name}.team = x.team_id', True),
        (f'SELECT x.id, x.team_id, y.size FROM {table} x LEFT JOIN {other} y ON y.id = x.size '
         f'WHERE x.team_id = team', False),
        (f'SELECT x.id, x.team_id, x.size FROM {table} x WHERE x.size > team', False)])
    schema.functions[name] = (['row_id', 'team_id', 'size'], asks)
    schema.sql += (f'CREATE FUNCTION {name}(team int) RETURNS TABLE (row_id int, team_id int, size int) '
                   f'LANGUAGE sql STABLE AS $f$ {text} $f$;\n')


def _add_late_column(schema, source):
    """A view over a star, and a column that comes to the table when the view is there."""
    table, other = source.choice(_with_both(schema)), source.choice(_with_both(schema))
    schema.sql += (f'CREATE VIEW late AS SELECT a.*, b.team_id AS other_team, b.id AS other_id FROM {table} a '
                   f'JOIN {other} b ON b.id = a.size;\nALTER TABLE {table} ADD COLUMN later int;\n')
    schema.tables['late'] = schema.tables[table] + ['other_team', 'other_id']
    schema.views.add('late')


def _add_view(schema, name, source):
    tables = [t for t in schema.tenant_tables() if 'team_id' in schema.tables[t] and 'id' in schema.tables[t]]
    a, b = source.choice(tables), source.choice(tables)
    columns = ['id', 'team_id', 'size']
    views = sorted(schema.updatable)
    if views and source.random() < 0.25:
        a = source.choice(views)
    plain = f'SELECT id, team_id, size FROM {a} WHERE size > 1'
    forms = [
        (plain, True),
        (plain, True),
        (f'SELECT team_id AS id, team_id, sum(size)::int AS size FROM {a} GROUP BY team_id', False),
        (f'SELECT id, team_id, (row_number() OVER (ORDER BY id))::int AS size FROM {a}', False),
        (f'SELECT id, team_id, (row_number() OVER (PARTITION BY team_id ORDER BY id))::int AS size FROM {a}', False),
        (f'SELECT a.id, a.team_id, b.size FROM {a} a JOIN {b} b ON b.team_id = a.team_id AND b.id > a.id', False),
        (f'SELECT a.id, a.team_id, b.size FROM {a} a LEFT JOIN {b} b ON b.id = a.size', False),
        (f'SELECT id, team_id, size FROM {a} UNION ALL SELECT id, team_id, size FROM {b}', False),
        (f'SELECT 1 AS id, 1 AS team_id, sum(size)::int AS size FROM {a}', False),
        (f'SELECT team_id, coalesce(a.id, b.id) AS id, a.size FROM {a} a FULL JOIN {b} b USING (team_id)', False),
    ]
    text, updatable = source.choice(forms)
    if 'FULL JOIN' in text:
        columns = ['team_id', 'id', 'size']
    schema.tables[name] = columns
    schema.views.add(name)
    if updatable:
        schema.updatable.add(name)
    schema.sql += f'CREATE VIEW {name} AS {text};\n'
