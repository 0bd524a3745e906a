#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds `migcheck tenancy` against PostgreSQL: whose rows does each role see after a sequence of DDL?

    with-server 15 -- row_security.py --migcheck build/dev/migcheck [--cases row_security_cases.sql]

Each case of the file runs in a database of its own, as an owner who is no superuser. Then every role asks every
relation twice, once for each tenant, and what comes back is the verdict: leak (another tenant's row), deny (no
row, or an error), isolated. migcheck's verdict, the server's and the file's must be the same.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

ROLES = """
CREATE ROLE staff; CREATE ROLE app LOGIN; CREATE ROLE auditor LOGIN; CREATE ROLE clerk LOGIN IN ROLE staff;
CREATE ROLE service_role BYPASSRLS; CREATE ROLE keeper LOGIN IN ROLE staff, auditor;
"""
# What the roles are, for migcheck: a project's files would say it, or its configuration.
ROLES_FOR_MIGCHECK = ('CREATE ROLE staff; CREATE ROLE clerk LOGIN IN ROLE staff; '
                      'CREATE ROLE app LOGIN; CREATE ROLE service_role BYPASSRLS;\n')
WORLD = """
CREATE SCHEMA auth; GRANT USAGE ON SCHEMA auth TO PUBLIC; GRANT CREATE ON SCHEMA public TO keeper, staff, auditor;
CREATE FUNCTION auth.uid() RETURNS int LANGUAGE sql STABLE AS $$ SELECT current_setting('app.uid', true)::int $$;
"""
GRANTS = """
DO $$ DECLARE s text; BEGIN
  FOR s IN SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'archive') LOOP
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO app, auditor, staff, service_role, keeper', s);
  END LOOP; END $$;
"""
CONFIG = 'tenancy:\n  column: team_id\n  root: teams\n'
LOGIN = {'owner': 'keeper', 'other': 'app'}

Case = collections.namedtuple('Case', 'name sql asks pg')


def read_cases(path):
    prelude, cases = [], []
    with open(path) as file:
        for line in file:
            if match := re.match(r'-- case: (.*)', line):
                cases.append(Case(match[1].strip(), [], [], [0]))
            elif line.startswith('-- prelude'):
                cases.append(None)
            elif cases and cases[-1] is None:
                prelude.append(line)
            elif cases and (match := re.match(r'-- see: (\S+) (.*)', line)):
                cases[-1].asks.append((match[1], dict(pair.split('=') for pair in match[2].split())))
            elif cases and (match := re.match(r'-- pg: (\d+)', line)):
                cases[-1].pg[0] = int(match[1])
            elif cases:
                cases[-1].sql.append(line)
    return ''.join(prelude), [case for case in cases if case is not None]


def psql(sql, database, stop=True):
    stop_on_error = ['-v', 'ON_ERROR_STOP=1'] if stop else []
    return subprocess.run(['psql', '-XAtq', *stop_on_error, '-d', database], input=sql, capture_output=True, text=True)


def must(sql, database):
    done = psql(sql, database)
    if done.returncode != 0:
        sys.exit(f'the server refuses what must work: {done.stderr}\n{sql}')


def ask_server(asks, database):
    """The server's verdict for each (relation, role), all asked in one session; an error counts as no rows."""
    lines = []
    for relation, role in asks:
        tens = 1 if relation == 'teams' else 10
        for tenant in '12':
            lines += [f"RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION {role};",
                      f"SET app.team = '{tenant}'; SET app.uid = '{tenant}';",
                      f"SELECT '{relation} {role} {tenant} ' || coalesce(to_jsonb(r)->>'team_id',",
                      f"  ((to_jsonb(r)->>'id')::int / {tens})::text) FROM {relation} r;"]
    seen = collections.defaultdict(set)
    for line in psql('\n'.join(lines), database, stop=False).stdout.splitlines():
        relation, role, tenant, of = line.split(' ')
        seen[relation, role, tenant].add(of)
    verdicts = {}
    for relation, role in asks:
        rows = {tenant: seen[relation, role, tenant] for tenant in '12'}
        leak = any(found - {tenant} for tenant, found in rows.items())
        verdicts[relation, role] = 'leak' if leak else 'isolated' if any(rows.values()) else 'deny'
    return verdicts


def migcheck_verdicts(migcheck, sql, major):
    with tempfile.TemporaryDirectory() as folder:
        with open(f'{folder}/migcheck.yml', 'w') as file:
            file.write(CONFIG)
        os.mkdir(f'{folder}/migrations')
        with open(f'{folder}/migrations/0001_case.sql', 'w') as file:
            file.write(ROLES_FOR_MIGCHECK + sql)
        done = subprocess.run([migcheck, 'tenancy', '--format', 'json', '--pg-version', str(major), 'migrations'], cwd=folder,
                              capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f'migcheck tenancy fails: {done.stdout}{done.stderr}')
    report = json.loads(done.stdout)
    return {(one['schema'], one['name']): one['verdict']
            for one in report['access']}


def migcheck_verdict(verdicts, relation, role):
    schema, _, name = relation.replace('()', '').rpartition('.')
    verdict = verdicts.get((schema or 'public', name))
    if verdict is None:
        return 'missing'
    if role == 'owner':
        return verdict['owner']
    return verdict['roles'].get('app' if role == 'other' else role, verdict['others'])


def run_case(case, prelude, migcheck, major):
    """The disagreements of one case."""
    sql = ''.join(case.sql)
    must('DROP DATABASE IF EXISTS one_case; ', 'postgres')
    must('CREATE DATABASE one_case OWNER keeper', 'postgres')
    must(WORLD, 'one_case')
    must(f'SET SESSION AUTHORIZATION keeper;\n{prelude}\n{sql}', 'one_case')
    must(GRANTS, 'one_case')
    verdicts = migcheck_verdicts(migcheck, prelude + sql, major)
    seen = ask_server([(relation, LOGIN.get(role, role)) for relation, roles in case.asks for role in roles],
                      'one_case')
    wrong, asked = [], 0
    for relation, roles in case.asks:
        for role, expected in roles.items():
            server = seen[relation, LOGIN.get(role, role)]
            ours = migcheck_verdict(verdicts, relation, role)
            asked += 1
            if not server == ours == expected:
                wrong.append(f'{case.name}: {relation} for {role}: the server {server}, migcheck {ours}, '
                             f'the file {expected}')
    return wrong, asked


def main():
    parser = argparse.ArgumentParser()
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument('--migcheck', required=True)
    parser.add_argument('--cases', default=os.path.join(here, 'row_security_cases.sql'))
    parser.add_argument('--only', help='a part of the names of the cases to run')
    arguments = parser.parse_args()
    migcheck = os.path.abspath(arguments.migcheck)
    prelude, cases = read_cases(arguments.cases)
    major = int(psql('SHOW server_version_num', 'postgres').stdout) // 10000
    must(ROLES, 'postgres')
    wrong, asked, passed_over = [], 0, 0
    for case in cases:
        if arguments.only and arguments.only not in case.name:
            continue
        if case.pg[0] > major:
            passed_over += 1
            continue
        found, count = run_case(case, prelude, migcheck, major)
        wrong += found
        asked += count
    print(f'PostgreSQL {major}: {len(cases) - passed_over} sequences, {asked} verdicts, {len(wrong)} disagreements'
          + (f'; {passed_over} need a newer server' if passed_over else ''))
    for line in wrong:
        print(line)
    return 1 if wrong or asked == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
