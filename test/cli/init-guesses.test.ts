import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { computeBar } from '../../src/cli/init/config-text.ts';
import { guessId, guessLabel, guessModel, guessOutput, guessPositive, guessTask } from '../../src/cli/init/guesses.ts';
import { addIgnored, listIgnored } from '../../src/cli/init/ignore-text.ts';
import { profileLabels } from '../../src/cli/init/labels-profile.ts';
import type { ColumnProfile } from '../../src/cli/init/profile.ts';
import { renderText, renderTexts } from '../../src/cli/init/yaml-text.ts';
import { SILENT } from '../../src/progress.ts';
import { createFolder, writeParquet } from '../data/project.ts';

const options = { library: { environment: process.env, progress: SILENT }, signal: new AbortController().signal };

async function profile(name: string, text: string) {
  return profileLabels(`${await createFolder({ [name]: text })}/${name}`, name, options);
}

const csv = (header: string, row: (at: number) => string, rows = 60) =>
  `${header}\n${Array.from({ length: rows }, (_, at) => row(at)).join('\n')}\n`;

describe('a look at a test set', () => {
  test('finds types, gaps and what is unique, as a contract would check them', async () => {
    const { columns, rows } = await profile(
      'test.csv',
      csv('n,zip,x,day,at,ok,text,empty,gap,twice', (at) =>
        [
          at,
          `0${at % 7}1`,
          at / 4,
          '2026-01-31',
          '2026-01-31T12:00:00Z',
          at % 2 === 0,
          `a${at % 3}`,
          '',
          at || '',
          // The last is the first again.
          at % 59,
        ].join(','),
      ),
    );
    expect(rows).toBe(60);
    const found = columns.map(({ name, type, missing, unique }) => [name, type, missing, unique]);
    expect(found).toEqual([
      ['n', 'integer', 0, true],
      ['zip', 'string', 0, false],
      ['x', 'number', 0, true],
      ['day', 'date', 0, false],
      ['at', 'timestamp', 0, false],
      ['ok', 'boolean', 0, false],
      ['text', 'string', 0, false],
      ['empty', undefined, 60, false],
      ['gap', 'integer', 1, false],
      ['twice', 'integer', 0, false],
    ]);
    expect(columns.find(({ name }) => name === 'text')?.values?.map(({ text }) => text)).toEqual(['a0', 'a1', 'a2']);
    expect(columns.find(({ name }) => name === 'n')?.values).toBeUndefined();
  });

  test('tells the string "1" of a jsonl file from the number 1, and leaves what has no type in common without one', async () => {
    const { columns } = await profile('test.jsonl', '{"a":1,"b":"1","c":{}}\n{"a":2,"b":"2","c":3}\n');
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'integer'],
      ['b', 'string'],
      ['c', undefined],
    ]);
  });

  test('takes the types that a parquet file declares', async () => {
    const folder = await createFolder({});
    const path = `${folder}/test.parquet`;
    await writeParquet(path, 'select i as id, cast(i as varchar) as name, [i] as list from range(50) t(i)');
    const { columns } = await profileLabels(path, 'test.parquet', options);
    expect(columns.map(({ name, type, unique }) => [name, type, unique])).toEqual([
      ['id', 'integer', true],
      ['name', 'string', true],
      ['list', 'array', true],
    ]);
  });
});

describe('guesses', () => {
  test('of the id prefer a name among the columns that are unique', async () => {
    const seen = await profile(
      'test.csv',
      csv('code,customer_id,id,y', (at) => `k${at},${at},${at % 3},a`),
    );
    expect([guessId(seen), guessLabel(seen, 'customer_id')]).toEqual(['customer_id', 'y']);
    expect(guessId({ columns: [{ name: 'x' }, { name: 'userId' }] })).toBe('userId');
    expect(guessId({ columns: [{ name: 'x', unique: true, type: 'number' }] })).toBeUndefined();
    expect(guessLabel({ columns: [{ name: 'id' }, { name: 'Target' }, { name: 'z' }] }, 'id')).toBe('Target');
    expect(guessLabel({ columns: [{ name: 'a' }, { name: 'z' }] }, 'a')).toBe('z');
  });

  const column = (
    type: ColumnProfile['type'],
    texts: readonly string[] | undefined,
    unique = false,
  ): ColumnProfile => ({
    name: 'y',
    ...(type ? { type } : {}),
    unique,
    ...(texts ? { values: texts.map((text) => ({ text, rows: 10 })) } : {}),
  });

  test.each([
    ['two texts', column('string', ['a', 'b']), 'binary-classification'],
    ['0 and 1', column('integer', ['0', '1']), 'binary-classification'],
    ['three texts', column('string', ['a', 'b', 'c']), 'multiclass-classification'],
    ['many texts', column('string', undefined), 'multiclass-classification'],
    ['ten digits in many rows', column('integer', [...'0123456789']), 'multiclass-classification'],
    ['whole numbers', column('integer', undefined), 'regression'],
    ['amounts', column('number', ['1.5', '2.5', '3.5']), 'regression'],
    ['a text of its own in every row', column('string', undefined, true), undefined],
    ['one text', column('string', ['a']), undefined],
    ['what was not seen', { name: 'y' }, undefined],
  ])('of the task: %s', (_what, label, task) => {
    expect(guessTask(label, 100)).toBe(task);
  });

  test('of the positive class take its name, or else the rarer one', () => {
    expect(guessPositive(column('string', ['yes', 'no']))).toBe('yes');
    expect(guessPositive(column('integer', ['0', '1']))).toBe('1');
    expect(guessPositive(column('string', ['healthy', 'ill']))).toBe('ill');
  });

  test('of names and files come from the folder and the scripts', () => {
    expect([guessModel('my model (v2)'), guessModel('__'), guessModel('模型')]).toEqual([
      'my-model-v2',
      undefined,
      undefined,
    ]);
    expect(guessOutput('open("data/test.csv"); x.to_csv("./results/preds.csv")', 'predictions')).toBe(
      'results/preds.csv',
    );
    expect(guessOutput("joblib.dump(m, 'artifacts/rf.joblib'); open('metrics.json')", 'model')).toBe(
      'artifacts/rf.joblib',
    );
    expect(guessOutput('open("params.json")', 'model')).toBeUndefined();
  });
});

test('the first bar is out of reach for one answer to everything, and never beyond a perfect model', () => {
  for (const classes of [undefined, 1, 2, 3, 4, 7, 10, 20]) {
    const { min, guessing } = computeBar('multiclass-classification', classes);
    expect(min).toBeGreaterThan(guessing);
    expect(min).toBeLessThan(1);
  }
  expect(computeBar('binary-classification', 2)).toEqual({ metric: 'balanced-accuracy', guessing: 0.5, min: 0.55 });
  expect(computeBar('regression', undefined)).toEqual({ metric: 'r2', guessing: 0, min: 0.1 });
});

test('any text survives in YAML, alone, in a list and in a map', () => {
  const words = [
    'yes',
    'no',
    'null',
    '1e5',
    '.5',
    '-',
    '- a',
    'a: b',
    'a #b',
    '',
    ' a',
    '{x}',
    '*a',
    '~',
    '0x1F',
    '12:30',
  ];
  const all = fc.oneof(fc.constantFrom(...words), fc.string(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(all, (text) => {
      expect(parse(`a: ${renderText(text)}\n`)).toEqual({ a: text });
      expect(parse(`a: ${renderText(text)}\n`, { version: '1.1' })).toEqual({ a: text });
      expect(parse(`{ a: ${renderTexts([text, text])}, b: ${renderText(text)} }`)).toEqual({
        a: [text, text],
        b: text,
      });
    }),
  );
  expect(['python3 train.py --seed 1', 'out/a.csv', 'Adelie'].map(renderText)).toEqual([
    'python3 train.py --seed 1',
    'out/a.csv',
    'Adelie',
  ]);
});

test('.gitignore gets the folder out/, or a file alone where it lies elsewhere', () => {
  expect(listIgnored({ predictions: 'out/p.csv', train: { run: 'x', model: './out/m' } })).toEqual([
    '.modelgate/',
    'out/',
  ]);
  expect(listIgnored({ predictions: 'data/p[1].csv' })).toEqual(['.modelgate/', '/data/p\\[1\\].csv']);
  expect(listIgnored({ predictions: '../p.csv' })).toEqual(['.modelgate/']);
  expect(addIgnored(Buffer.from('/.modelgate\n'), ['.modelgate/'])).toBeUndefined();
});
