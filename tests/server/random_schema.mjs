// SPDX-License-Identifier: MIT
// Random schemas: tables of all types in three schemas, partitions, inheritance, domains, foreign keys both ways,
// checks, indexes, views, policies and triggers. The same seed gives the same schema.

export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() { // mulberry32
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  chance(p) { return this.next() < p; }
  int(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }
  pick(list) { return list[this.int(0, list.length - 1)]; }
  sample(list, count) {
    const rest = [...list];
    return Array.from({ length: count }, () => rest.splice(this.int(0, rest.length - 1), 1)[0]);
  }
}

// A type, and a value of it for row i.
export const VALUES = {
  int: 'i', bigint: 'i', smallint: 'i', text: "'t' || i", 'varchar(20)': "'v' || i", varchar: "'v' || i",
  'varchar(60)': "'v' || i", numeric: 'i', 'numeric(10,2)': 'i', 'numeric(12,2)': 'i', 'numeric(8,3)': 'i',
  timestamp: "timestamp '2024-01-01'", timestamptz: "timestamptz '2024-01-01'", 'timestamp(3)': "timestamp '2024-01-01'",
  date: "date '2024-01-01'", boolean: 'true', uuid: "'00000000-0000-0000-0000-000000000001'::uuid", jsonb: "'1'::jsonb",
  'char(5)': "'a'", real: 'i', 'double precision': 'i', time: "time '10:00'", interval: "interval '1 day'",
  mood: "'ok'::mood", pos: 'i', pl: 'i', vdom: "'v' || i", 'int[]': 'ARRAY[i]', 'text[]': "ARRAY['a']",
  bytea: "'\\x01'::bytea", inet: "inet '10.0.0.1'", cidr: "cidr '10.0.0.0/8'", varbit: "B'101'", 'bit(4)': "B'1010'",
  money: 'i::int4::money', oid: 'i::int4::oid', json: "'1'::json", '"x y".mood2': "'ok'",
};
export const TYPES = Object.keys(VALUES);

export const DEFAULTS = {
  int: ['1', 'fixed()', 'changing()', 'steady()', '(random() * 9)::int', 'NULL', "length('abc')", "nextval('sq')"],
  bigint: ['7', 'extract(epoch from now())::bigint'],
  text: ["'x'", 'current_user', 'md5(random()::text)', "to_char(now(), 'YYYY')", 'version()', 'gen_random_uuid()::text',
    "'a' || 'b'", "upper('x')", "coalesce(NULL, 'z')"],
  timestamptz: ['now()', 'clock_timestamp()', 'CURRENT_TIMESTAMP', "now() + interval '1 day'", "'2020-01-01'",
    "date_trunc('day', now())"],
  boolean: ['false', 'NOT true'], uuid: ['gen_random_uuid()', "md5('x')::uuid"],
  jsonb: ["'{}'", "jsonb_build_object('a', 1)", 'to_jsonb(now())'], 'numeric(10,2)': ['0', '1.5', 'random()::numeric'],
  'varchar(20)': ["'q'"], mood: ["'ok'"], pos: ['1'], pl: ['3'], 'int[]': ["'{}'", 'ARRAY[1]'],
};

const BEGINNING = [
  'CREATE SCHEMA s2', 'CREATE SCHEMA "x y"', "CREATE TYPE mood AS ENUM ('sad', 'ok')",
  `CREATE TYPE "x y".mood2 AS ENUM ('sad', 'ok')`, 'CREATE DOMAIN pos AS int CHECK (VALUE > 0)',
  'CREATE DOMAIN pl AS int', 'CREATE DOMAIN vdom AS varchar(20)',
  "CREATE FUNCTION fixed() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
  "CREATE FUNCTION changing() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1'",
  "CREATE FUNCTION steady() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'",
  'CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$', 'CREATE SEQUENCE sq',
];
const NAMES = ['orders', 'users', '"Team"', 'items', 's2.logs', 's2.orders',
  'very_long_table_name_that_goes_on_and_on_and_on_abcdef', '"x y"."t t"', 'a', 'b'];

export const first_column = (table) => table.columns[0][0];

class Schema {
  constructor(random) {
    this.random = random;
    this.statements = [...BEGINNING];
    this.tables = [];
    this.names = 0;
  }
  add(sql) { this.statements.push(sql); }
  name(prefix) { return `${prefix}${++this.names}`; }
  fill(name, columns) {
    const values = columns.map(([, type]) => VALUES[type]).join(', ');
    this.add(`INSERT INTO ${name} SELECT ${values} FROM generate_series(1, 300) i`);
  }
  keep(name, columns, more) {
    this.tables.push({ name, columns, constraints: [], indexes: [], parts: [], ...more });
  }

  plain_table(name) {
    const { random } = this;
    const columns = [['id', random.pick(['int', 'bigint'])]];
    for (let n = 0; n < random.int(3, 7); ++n) {
      columns.push([random.pick([`c${n}`, `col_${n}`, `"C${n}"`, `"weird name ${n}"`]), random.pick(TYPES)]);
    }
    const definitions = columns.map(([column, type], at) => {
      let text = `${column} ${type}`;
      if (at === 0) return text + random.pick([' PRIMARY KEY', ' PRIMARY KEY', ' NOT NULL UNIQUE', ' NOT NULL']);
      if (random.chance(0.25)) text += ' NOT NULL';
      if (['int', 'bigint'].includes(type) && random.chance(0.2)) text += ` CHECK (${column} >= 0)`;
      if (DEFAULTS[type] && random.chance(0.2)) text += ` DEFAULT ${random.pick(DEFAULTS[type])}`;
      return text;
    });
    this.add(`CREATE TABLE ${name} (${definitions.join(', ')})`);
    this.fill(name, columns);
    this.keep(name, columns, { kind: 'plain' });
  }

  partitioned_table() {
    const { random } = this;
    const name = random.pick(['pt', 's2.pt', '"P t"']);
    const base = name.replace(/["\s]/g, '').replace('.', '_');
    const range = random.chance(0.5);
    const columns = [['k', 'int'], ['id', 'int'], ['v', 'varchar(20)'], ['w', 'numeric(10,2)']];
    const definition = '(k int NOT NULL, id int, v varchar(20), w numeric(10,2))';
    this.add(`CREATE TABLE ${name} ${definition} PARTITION BY ${range ? 'RANGE' : 'LIST'} (k)`);
    const parts = [];
    for (let n = 0; n < random.int(1, 3); ++n) {
      const bound = range ? `FROM (${n * 100}) TO (${n * 100 + 100})` : `IN (${n * 2 + 1}, ${n * 2 + 2})`;
      this.add(`CREATE TABLE ${base}_${n} PARTITION OF ${name} FOR VALUES ${bound}`);
      parts.push(`${base}_${n}`);
    }
    if (random.chance(0.4)) {
      this.add(`CREATE TABLE ${base}_d PARTITION OF ${name} DEFAULT`);
      parts.push(`${base}_d`);
    }
    this.add(`INSERT INTO ${name} SELECT ${range ? 'i % 100' : '1 + i % 2'}, i, 'x', 1 FROM generate_series(1, 300) i`);
    const candidate = `${base}_candidate`;
    this.add(`CREATE TABLE ${candidate} ${definition}`);
    this.add(`INSERT INTO ${candidate} SELECT ${range ? '1000 + i % 50' : '77'}, i, 'x', 1 FROM generate_series(1, 300) i`);
    this.keep(name, columns, { kind: 'partitioned', parts, candidate, range });
    for (const part of parts) this.keep(part, columns, { kind: 'plain', parent: name });
    this.keep(candidate, columns, { kind: 'plain' });
  }

  heir() {
    const base = this.random.pick(this.tables.filter((table) => table.kind === 'plain' && !table.parent));
    this.add(`CREATE TABLE kid (extra int) INHERITS (${base.name})`);
    this.fill('kid', [...base.columns, ['extra', 'int']]);
    this.keep('kid', [...base.columns, ['extra', 'int']], { kind: 'plain' });
  }

  index(table) {
    const { random } = this;
    const [column, type] = random.pick(table.columns);
    const name = this.name('ix');
    const key = first_column(table);
    const form = random.pick(['plain', 'plain', 'two', 'expression', 'partial', 'unique']);
    const forms = {
      plain: `CREATE INDEX ${name} ON ${table.name} (${column})`,
      two: `CREATE INDEX ${name} ON ${table.name} (${column}, ${key})`,
      expression: /^(varchar|text)/.test(type) ? `CREATE INDEX ${name} ON ${table.name} (lower(${column}))` : null,
      partial: `CREATE INDEX ${name} ON ${table.name} (${key}) WHERE ${column} IS NOT NULL`,
      unique: key === 'id' ? `CREATE UNIQUE INDEX ${name} ON ${table.name} (${key}, ${column})` : null,
    };
    if (!forms[form]) return;
    this.add(forms[form]);
    const schema = table.name.match(/^(.*)\.[^.]*$/)?.[1];
    table.indexes.push(schema ? `${schema}.${name}` : name);
  }

  foreign_key() {
    const { random } = this;
    const from = random.pick(this.tables);
    const to = random.pick(this.tables.filter((table) => table.kind === 'plain' && first_column(table) === 'id'));
    const columns = from.columns.filter(([name, type]) => ['int', 'bigint', 'smallint'].includes(type) && name !== 'k');
    if (columns.length === 0) return;
    const [unique, key] = [this.name('uq'), this.name('fk')];
    this.add(`ALTER TABLE ${to.name} ADD CONSTRAINT ${unique} UNIQUE (id)`);
    const tail = random.pick(['', ' ON DELETE CASCADE', ' ON DELETE SET NULL']) +
      (from.kind === 'plain' && random.chance(0.3) ? ' NOT VALID' : '');
    this.add(`ALTER TABLE ${from.name} ADD CONSTRAINT ${key} FOREIGN KEY (${random.pick(columns)[0]}) ` +
      `REFERENCES ${to.name} (id)${tail}`);
    from.constraints.push(key);
    to.constraints.push(unique);
  }

  around() {
    const { random, tables } = this;
    for (const table of tables.filter(() => random.chance(0.5))) {
      const [column] = random.pick(table.columns);
      const condition = random.pick([`${column} IS NOT NULL`, `id > 0 AND ${column} IS NOT NULL`, 'id > 0', `NOT (${column} IS NULL)`]);
      const name = this.name('ck');
      this.add(`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} CHECK (${condition})${random.pick(['', ' NOT VALID', ''])}`);
      table.constraints.push(name);
    }
    if (random.chance(0.5)) {
      const table = random.pick(tables);
      this.add(`CREATE VIEW vw AS SELECT ${first_column(table)}, ${table.columns.at(-1)[0]} FROM ${table.name}`);
    }
    if (random.chance(0.4)) {
      const table = random.pick(tables);
      this.add(`CREATE POLICY po ON ${table.name} USING (${random.pick(table.columns)[0]} IS NOT NULL)`);
    }
    if (random.chance(0.4)) {
      const table = random.pick(tables.filter(({ kind }) => kind === 'plain'));
      this.add(`CREATE TRIGGER tg BEFORE UPDATE OF ${random.pick(table.columns)[0]} ON ${table.name} FOR EACH ROW EXECUTE FUNCTION tf()`);
    }
  }
}

export function random_schema(random) {
  const schema = new Schema(random);
  for (const name of random.sample(NAMES, random.int(4, 7))) schema.plain_table(name);
  schema.partitioned_table();
  if (random.chance(0.6)) schema.heir();
  for (const table of schema.tables) for (let n = random.int(0, 3); n > 0; --n) schema.index(table);
  for (let n = random.int(1, 4); n > 0; --n) schema.foreign_key();
  schema.around();
  return { statements: schema.statements, tables: schema.tables };
}
