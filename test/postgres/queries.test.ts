import { expect } from 'vitest';
import { contract } from '../data/project.ts';
import { ring, useCluster } from './ring.ts';
import { checkProject, loadTable } from './same.ts';

const cluster = useCluster();

/** What queries of a contract about the table `birds` come to. */
async function ask(...queries: string[]): Promise<string[]> {
  await loadTable(cluster(), 'public.birds', { id: 'text', price: 'text' }, [
    ['1', '2.5'],
    ['2', '3.5'],
    ['3', 'x'],
  ]);
  await loadTable(cluster(), 'public.secrets', { id: 'integer' }, [['1']]);
  const odcs = contract(
    [
      { name: 'id', logicalType: 'integer' },
      { name: 'price', logicalType: 'number' },
    ],
    queries.map((query) => ({ type: 'sql', query, mustBe: 6 })),
  );
  const birds = { engine: 'postgres', table: 'public.birds', connection: 'BIRDS', contract: 'birds.odcs.yaml' };
  const evidence = await checkProject({ birds }, { 'birds.odcs.yaml': odcs }, { BIRDS: cluster().url });
  const found = evidence.datasets[0]?.findings.filter(({ rule }) => rule === 'sql') ?? [];
  return found.map(({ outcome, reason }) => `${outcome}: ${reason}`);
}

ring('a query sees the table with the types that are promised', async () => {
  expect(
    await ask(
      'select sum(price) from birds',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the standard.
      'select sum(price) from ${table} where ${table}.id > 0',
      'with a as (select id from birds) select sum(id) from a',
      'select count(*) from birds;',
      `select count(*) + 3 from birds where cast(id as text) like '%'`,
    ),
  ).toEqual([
    'pass: the query gives 6; the contract allows exactly 6',
    'pass: the query gives 6; the contract allows exactly 6',
    'pass: the query gives 6; the contract allows exactly 6',
    'fail: the query gives 3; the contract allows exactly 6',
    'pass: the query gives 6; the contract allows exactly 6',
  ]);
});

ring('a query that reaches further, does more, or gives no number is not used', async () => {
  const hostile = [
    'select count(*) from secrets',
    'select count(*) from public.secrets',
    'select count(*) from public.birds, public.secrets',
    'select count(*) from pg_class',
    'select count(*) from information_schema.tables',
    `select length(pg_read_file('/etc/passwd'))`,
    `select length(pg_catalog.pg_read_file('/etc/passwd'))`,
    `select length("pg_read_file"('/etc/passwd'))`,
    `select pg_sleep(100)`,
    `select count(*) from dblink('x', 'y')`,
    `select length(cast(query_to_xml('select 1', true, true, '') as text))`,
    `select length(set_config('row_security', 'on', true))`,
    `select length(current_setting('data_directory'))`,
    'select 6; drop table secrets',
    'select 6) as q; drop table secrets; --',
    'select 6 -- more',
    'select 6 /* more */',
    'delete from birds',
    'with a as (delete from birds returning 1) select count(*) from a',
    'select 6 into other',
    `select $$a$$`,
    `select E'\\x41'`,
    `select U&'\\0041'`,
    `select count(*) from birds where 'public.secrets'::regclass is not null`,
    'select id, price from birds limit 1',
    'select id from birds',
    'select id from birds where false',
    'select null',
    `select 'text'`,
    'select count(* from birds',
    'select max(price) / 0 from birds',
    'select current_user',
    'table secrets',
  ];
  const answers = await ask(...hostile);
  expect(answers.filter((answer) => !answer.startsWith('cannot-measure: the query cannot be used: '))).toEqual([]);
  expect(answers).toHaveLength(hostile.length);
  await cluster().run('select * from secrets');
});
