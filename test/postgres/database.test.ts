import { expect } from 'vitest';
import { contract } from '../data/project.ts';
import { ring, useCluster } from './ring.ts';
import { checkProject, loadTable } from './same.ts';

const cluster = useCluster();

/** The data set `birds`, a table, checked against a contract. */
async function checkTable(table: string, odcs: string, url = cluster().url) {
  const birds = { engine: 'postgres', table, connection: 'BIRDS', contract: 'birds.odcs.yaml' };
  const evidence = await checkProject({ birds }, { 'birds.odcs.yaml': odcs }, { BIRDS: url });
  const [dataset] = evidence.datasets;
  if (!dataset) throw new Error('no data set');
  return { evidence, dataset, findings: dataset.findings };
}

/** What a mistake says. */
async function fail(table: string, url: string): Promise<string> {
  const odcs = contract([{ name: 'id' }]);
  return checkTable(table, odcs, url).then(
    () => 'nothing',
    (error: Error) => error.message,
  );
}

ring('evidence of a table names no file and no digest, and nothing of the connection', async () => {
  await loadTable(cluster(), 'public.plain', { id: 'integer', x: 'text' }, [['1', 'a']]);
  const { evidence, dataset } = await checkTable('plain', contract([{ name: 'id', logicalType: 'integer' }]));
  expect(dataset).toMatchObject({ path: null, table: 'plain', format: 'postgres', sha256: null, size: null, rows: 1 });
  expect(dataset.columns).toEqual(['id', 'x']);
  expect(evidence.outcome).toBe('pass');
  expect(JSON.stringify(evidence)).not.toMatch(/127\.0\.0\.1|owner/);
});

ring('without a connection nothing passes, and what could not be looked at is said', async () => {
  const { evidence, findings } = await checkTable('plain', contract([{ name: 'id', logicalType: 'integer' }]), '');
  expect(evidence.outcome).toBe('cannot-measure');
  expect(new Set(findings.map(({ outcome, reason }) => `${outcome}: ${reason}`))).toEqual(
    new Set(['cannot-measure: this job has no connection: the environment variable BIRDS is not set']),
  );
  expect(findings.map(({ rule }) => rule)).toEqual(['connection', 'present', 'logicalType']);
});

ring('examples name the key of a row, and a sensitive value or key never', async () => {
  await loadTable(cluster(), 'public.people', { id: 'integer', mail: 'text', age: 'integer' }, [
    ...[
      ['7', 'a@b.c', '-1'],
      ['8', 'zz', '-2'],
      ['9', 'yy', '3'],
    ],
  ]);
  const age = { name: 'age', logicalType: 'integer', logicalTypeOptions: { minimum: 0 } };
  const mail = {
    name: 'mail',
    logicalType: 'string',
    classification: 'confidential',
    logicalTypeOptions: { format: 'email' },
  };
  const open = await checkTable(
    'people',
    contract([{ name: 'id', logicalType: 'integer', primaryKey: true }, mail, age]),
  );
  const examples = (rule: string, found: typeof open) => found.findings.find((one) => one.rule === rule)?.examples;
  expect(examples('minimum', open)).toEqual([
    { key: 'id 7', value: '-1' },
    { key: 'id 8', value: '-2' },
  ]);
  expect(examples('format', open)).toEqual([{ key: 'id 8' }, { key: 'id 9' }]);
  const id = { name: 'id', logicalType: 'integer', primaryKey: true, classification: 'restricted' };
  const hidden = await checkTable('people', contract([id, mail, age]));
  expect(examples('minimum', hidden)).toEqual([{ value: '-1' }, { value: '-2' }]);
  expect(examples('format', hidden)).toEqual([]);
});

ring('JSON and arrays are lists and objects, value by value', async () => {
  await loadTable(cluster(), 'public.lists', { tags: 'text[]', doc: 'jsonb', mixed: 'json' }, [
    ...[
      ['{a,b}', '{"a": 1, "b": 2}', '"text"'],
      ['{a,a}', '{"a": null}', '5'],
      ['{}', '[1]', 'null'],
      [null, null, '1.5'],
    ],
  ]);
  const { findings } = await checkTable(
    'lists',
    contract([
      { name: 'tags', logicalType: 'array', logicalTypeOptions: { minItems: 1, uniqueItems: true } },
      { name: 'doc', logicalType: 'object', logicalTypeOptions: { required: ['a', 'b'], maxProperties: 1 } },
      { name: 'mixed', logicalType: 'integer', required: true },
    ]),
  );
  const counts = findings
    .filter(({ rule }) => rule !== 'present')
    .map(({ column, rule, count }) => [column, rule, count]);
  expect(counts).toEqual([
    ...[
      ['tags', 'logicalType', 0],
      ['tags', 'minItems', 1],
      ['tags', 'uniqueItems', 1],
    ],
    ...[
      ['doc', 'logicalType', 1],
      ['doc', 'required', 2],
      ['doc', 'maxProperties', 2],
    ],
    ...[
      ['mixed', 'logicalType', 2],
      ['mixed', 'required', 1],
    ],
  ]);
});

ring('names with quotes, dots and spaces are names', async () => {
  const table = '"my ""odd"".table; drop"';
  await cluster().run(`create schema if not exists "o'd"`);
  await loadTable(cluster(), `"o'd".${table}`, { 'i\'d "; --': 'integer' }, [['1'], ['1']]);
  const { findings } = await checkTable(
    `"o'd".${table}`,
    contract([{ name: 'i\'d "; --', unique: true, logicalType: 'integer' }]),
  );
  expect(findings.map(({ rule, count }) => [rule, count])).toEqual([
    ['present', 0],
    ['logicalType', 0],
    ['unique', 1],
  ]);
});

ring('a pattern that PostgreSQL reads otherwise is not counted', async () => {
  await loadTable(cluster(), 'public.plain', { x: 'text' }, [['É'], ['e']]);
  const reasons = [];
  for (const pattern of ['(?i)é', '\\pL', '[[:alpha:]]', 'a{300}', '\\x41', '\\Qa\\E', '(?P<n>a)', '^*']) {
    const { findings } = await checkTable(
      'plain',
      contract([{ name: 'x', logicalType: 'string', logicalTypeOptions: { pattern } }]),
    ).catch(() => ({ findings: [{ rule: 'pattern', outcome: 'cannot-measure', reason: 'refused' }] }));
    const found = findings.find(({ rule }) => rule === 'pattern');
    expect([pattern, found?.outcome]).toEqual([pattern, 'cannot-measure']);
    reasons.push(found?.reason);
  }
  expect(reasons[0]).toBe('PostgreSQL reads a group with a name, flags or look-around in a pattern otherwise than RE2');
});

ring('infinity is no date and no timestamp, and 24:00 no time of a day', async () => {
  await loadTable(cluster(), 'public.ends', { d: 'date', t: 'timestamptz', c: 'time' }, [
    ...[
      ['infinity', '-infinity', '24:00'],
      ['2024-01-01', '2024-01-01T00:00:00Z', '00:00'],
    ],
  ]);
  const typed = (name: string, logicalType: string, minimum: string) => ({
    name,
    logicalType,
    logicalTypeOptions: { minimum },
  });
  const columns = [
    typed('d', 'date', '2000-01-01'),
    typed('t', 'timestamp', '2000-01-01T00:00:00Z'),
    typed('c', 'time', '00:00'),
  ];
  const { findings } = await checkTable('ends', contract(columns));
  expect(findings.filter(({ rule }) => rule !== 'present').map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1]);
});

ring('mistakes about a connection are told without the address', async () => {
  const base = `127.0.0.1:${cluster().port}`;
  const said = [
    await fail('plain', 'mysql://user:hush@host/db'),
    await fail('plain', 'postgres://user:hu%sh@host/db'),
    await fail('plain', 'postgres://owner:hush@127.0.0.1:1/postgres'),
    await fail('plain', `postgres://nobody:hush@${base}/postgres`),
    await fail('plain', `postgres://owner:hush@${base}/nowhere`),
    await fail('plain', `postgres://owner:hush@${base}/postgres?sslmode=require`),
    await fail('Plain', `postgres://owner:hush@${base}/postgres`),
    await fail('absent', `postgres://owner:hush@${base}/postgres`),
  ];
  expect(said.map((text) => text.split('\n')[0])).toMatchInlineSnapshot(`
    [
      "the environment variable BIRDS is no address of PostgreSQL",
      "the address in BIRDS cannot be read",
      "the connection of BIRDS cannot be used: no server listens there",
      "the connection of BIRDS cannot be used: the server refuses this user or password",
      "the connection of BIRDS cannot be used: the server has no such database",
      "the connection of BIRDS cannot be used: the server has no TLS",
      "the database has no table Plain",
      "the database has no table absent",
    ]
  `);
  expect(said.join()).not.toMatch(/hush|hu%sh|127\.0/);
});

ring('a user who may not read all of the table is told so', async () => {
  await loadTable(cluster(), 'public.guarded', { id: 'integer', pay: 'integer' }, [['1', '2']]);
  await cluster().run(`drop role if exists guest; create role guest login; grant select (id) on guarded to guest`);
  const url = cluster().url.replace('owner', 'guest');
  expect(await fail('guarded', url)).toContain('this user may not read all of the table guarded');
  await cluster().run('grant select on guarded to guest; alter table guarded enable row level security');
  expect(await fail('guarded', url)).toContain('let no row security policy hide rows');
  await cluster().run('drop table guarded; drop role guest');
});

ring('nothing that a check does can write', async () => {
  const { connect } = await import('../../src/engine/postgres/connection.ts');
  const connection = await connect({ variable: 'BIRDS', url: cluster().url });
  await expect(connection.rows('create table t (x int)')).rejects.toThrow('SQLSTATE 25006');
  await expect(connection.rows('select 1; drop table plain')).rejects.toThrow('SQLSTATE 42601');
  await expect(connection.rows('select 1 as one')).resolves.toEqual([{ one: '1' }]);
  await connection.close();
});

ring('a statement ends in time, and when the check is stopped', async () => {
  const { connect } = await import('../../src/engine/postgres/connection.ts');
  const hurried = await connect({ variable: 'BIRDS', url: cluster().url, timeout: 20 });
  await expect(hurried.rows('select pg_sleep(60)')).rejects.toThrow('SQLSTATE 57014');
  await expect(hurried.rows('select 1 as one')).resolves.toEqual([{ one: '1' }]);
  await hurried.close();
  const stopped = new AbortController();
  const connection = await connect({ variable: 'BIRDS', url: cluster().url, signal: stopped.signal });
  const asked = expect(connection.rows('select pg_sleep(60)')).rejects.toThrow('stopped by the test');
  stopped.abort(new Error('stopped by the test'));
  await asked;
});
