#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the tenant prover against PostgreSQL by non-interference.

Random queries go to the prover. What it accepts is run in worlds that share the rows of tenant 1 and differ in
the rows of all other tenants: results, and the rows that a statement touches, must be the same. Queries that are
isolated by construction say how much the prover misses.

    run.py --prover build/dev/tests/tenancy_prove --count 5000 --seed 1

Needs initdb, pg_ctl and psql (--bin, or the newest under /usr/lib/postgresql); without them it says so and exits
with 77, which test drivers count as skipped.
"""
import argparse
import collections
import glob
import os
import pwd
import random
import shutil
import subprocess
import sys
import tempfile

from schemas import random_schema
from statements import Statements
from worlds import state_sql, world_sql, WORLDS


def find_bin(given):
    places = [given] if given else sorted(glob.glob('/usr/lib/postgresql/*/bin'), reverse=True)
    for place in places:
        if all(os.path.exists(os.path.join(place, name)) for name in ('initdb', 'pg_ctl', 'psql')):
            return place
    return None


class Server:
    def __init__(self, bin_dir):
        self.bin = bin_dir
        self.dir = tempfile.mkdtemp(prefix='pgt-')
        self.user = 'postgres' if os.getuid() == 0 else None
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(self.dir, entry.pw_uid, entry.pw_gid)
        self.run('initdb', '-D', f'{self.dir}/data', '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8',
                 '--locale=C')
        with open(f'{self.dir}/data/postgresql.conf', 'a') as conf:
            conf.write(f"listen_addresses=''\nunix_socket_directories='{self.dir}'\nfsync=off\nautovacuum=off\n"
                       "synchronous_commit=off\njit=off\nshared_buffers=32MB\nstatement_timeout='3s'\n")
        self.run('pg_ctl', '-D', f'{self.dir}/data', '-l', f'{self.dir}/log', '-w', '-s', 'start')

    def run(self, name, *arguments):
        command = [os.path.join(self.bin, name), *arguments]
        if self.user:
            command = ['setpriv', f'--reuid={self.user}', f'--regid={self.user}', '--init-groups', *command]
        subprocess.run(command, check=True, cwd=self.dir, stdout=subprocess.DEVNULL)

    def sql(self, text):
        done = subprocess.run([os.path.join(self.bin, 'psql'), '-h', self.dir, '-U', 'postgres', '-AtX', '-q',
                               'postgres'], input=text, capture_output=True, text=True)
        return done.stdout, done.stderr

    def stop(self):
        self.run('pg_ctl', '-D', f'{self.dir}/data', '-m', 'immediate', '-s', 'stop')
        shutil.rmtree(self.dir, ignore_errors=True)


def ask_prover(prover, schema_path, queries, trust):
    done = subprocess.run([prover, schema_path, 'team_id', 'teams', 'trust' if trust else 'doubt'], input='\n'.join(q.sql for q in queries) + '\n',
                          capture_output=True, text=True, check=True)
    return [line.split('\t') for line in done.stdout.splitlines()]


def script(index, query, world, state):
    """One query in one world: a marker, the result as a hash, the state of both sides afterwards."""
    text = query.sql.replace('$1', '1').replace('$2', str(query.second))
    out = [f'\\echo @ {index} {world}', f'SET search_path = {world};']
    if query.writes:
        out += ['BEGIN;', f'\\echo < {index}', f'{text};', f'\\echo > {index}', state, 'ROLLBACK;']
    else:
        out.append(f"SELECT count(*), md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM ({text}) r;")
    return '\n'.join(out)


def results(stdout):
    found = collections.defaultdict(dict)
    key = None
    for line in stdout.splitlines():
        if line.startswith('@ '):
            _, index, world = line.split()
            key = (int(index), world)
            found[key[0]][key[1]] = []
        elif key is not None:
            found[key[0]][key[1]].append(line)
    return found


def check(server, batch, kind, baselines, state):
    """Returns the violations among (index, query) pairs, and how many could not be compared."""
    worlds = WORLDS[kind]
    stdout, _ = server.sql('\n'.join(script(i, q, w, state) for i, q in batch for w in worlds))
    found = results(stdout)
    violations, skipped = [], 0
    for index, query in batch:
        per_world = [found[index].get(world, []) for world in worlds]
        if any(not lines or (query.writes and len([l for l in lines if l.startswith('state')]) != 2)
               for lines in per_world):
            skipped += 1  # an error in some world: outside of the promise
            continue
        if query.writes:
            seen = [[l for l in lines if not l.startswith('state others')] for lines in per_world]
            seen = [sorted(lines) for lines in seen]
            others = [[l for l in lines if l.startswith('state others')] for lines in per_world]
            touched = any(other != [baselines[world]] for other, world in zip(others, worlds))
            if touched or any(lines != seen[0] for lines in seen):
                violations.append((index, query, per_world))
        elif any(lines != per_world[0] for lines in per_world):
            violations.append((index, query, per_world))
    return violations, skipped


class Round:
    """One random schema, its worlds, and queries on it."""

    def __init__(self, server, options, source, tally):
        self.server, self.options, self.tally = server, options, tally
        self.schema = random_schema(source)
        self.state = state_sql(self.schema)
        self.path = os.path.join(server.dir, 'schema.sql')
        with open(self.path, 'w') as file:
            file.write(self.schema.sql)
        self.generator = Statements(source, self.schema)
        self.source = source
        self.baselines = {}
        for kind, worlds in WORLDS.items():
            for number, world in enumerate(worlds):
                _, errors = server.sql(f'SET statement_timeout = 0; DROP SCHEMA IF EXISTS {world} CASCADE; CREATE SCHEMA {world}; '
                                       f'SET search_path = {world};\n{self.schema.sql}\n'
                                       + world_sql(self.schema, kind, number))
                if 'ERROR' in errors:
                    raise RuntimeError(f'{errors}\n{self.schema.sql}')
                stdout, _ = server.sql(f'SET search_path = {world};\n{self.state}')
                self.baselines[world] = [l for l in stdout.splitlines() if l.startswith('state others')][0]

    def draw(self):
        mode = self.source.random()
        return self.generator.query(writes=self.source.random() < self.options.writes, isolated=mode < 0.15,
                                    by_key=0.15 <= mode < 0.35)

    def run(self, count):
        queries = [self.draw() for _ in range(count)]
        doubting = ask_prover(self.options.prover, self.path, queries, trust=False)
        trusting = ask_prover(self.options.prover, self.path, queries, trust=True)
        assert len(doubting) == len(trusting) == count
        bound, assumed = [], []
        for index, query in enumerate(queries):
            verdict, trusted = doubting[index][0], trusting[index][0]
            self.tally['proven' if verdict == 'bound' else 'assumed' if trusted in ('assumed', 'bound') else
                       'other tenant' if trusted.startswith('other') else 'unbound'] += 1
            if verdict == 'bound':
                bound.append((index, query))
            elif trusted in ('assumed', 'bound'):
                assumed.append((index, query))
            self.note_missed(query, trusting[index])
        failures = []
        for kind, batch in (('hostile', bound), ('honest', assumed)):
            violations, skipped = check(self.server, batch, kind, self.baselines, self.state)
            self.tally[f'compared in {kind} worlds'] += len(batch) - skipped
            self.tally[f'errors in {kind} worlds'] += skipped
            failures += [(kind, query, lines, trusting[index][1], self.schema.sql)
                         for index, query, lines in violations]
        return failures

    def note_missed(self, query, answer):
        """Of queries that are isolated by construction: how many are accepted, and the shapes of the others."""
        wanted = 'isolated' if query.isolated else 'isolated by key' if query.by_key else None
        if wanted is None or answer[0].startswith('other'):
            return
        missed = answer[0].endswith('unbound')
        self.tally[f'{wanted} by construction'] += 1
        for shape in sorted(query.shapes):
            self.tally[f'{wanted}: {shape}, all'] += 1
            self.tally[f'{wanted}: {shape}, missed'] += missed
        if missed:
            self.tally[f'{wanted}, but not accepted'] += 1
            if self.options.missed and query.isolated:
                print('MISSED:', query.sql, '\n   ', answer[1])


def report(tally, failures, show):
    for name, count in sorted(tally.items()):
        print(f'{count:7} {name}')
    for kind, query, lines, answer, schema in failures[:show]:
        print(f'VIOLATION ({kind}): {query.sql}\n  $2 = {query.second}\n  {answer}\n{schema}')
        for line in lines:
            print('   ', line[:6])
    print(f'{len(failures)} violations')


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--prover', required=True)
    arguments.add_argument('--count', type=int, default=3000)
    arguments.add_argument('--seed', type=int, default=1)
    arguments.add_argument('--bin')
    arguments.add_argument('--writes', type=float, default=0.3)
    arguments.add_argument('--per-schema', type=int, default=500)
    arguments.add_argument('--show', type=int, default=10)
    arguments.add_argument('--missed', action='store_true', help='print isolated queries that are not accepted')
    options = arguments.parse_args()
    bin_dir = find_bin(options.bin)
    if bin_dir is None:
        print('SKIPPED: no PostgreSQL server programs found (initdb, pg_ctl, psql).')
        return 77
    server = Server(bin_dir)
    tally = collections.Counter()
    failures = []
    try:
        os.chmod(server.dir, 0o755)
        source = random.Random(options.seed)
        for start in range(0, options.count, options.per_schema):
            failures += Round(server, options, source, tally).run(min(options.per_schema, options.count - start))
            tally['schemas'] += 1
    finally:
        server.stop()
    report(tally, failures, options.show)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
