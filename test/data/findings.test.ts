import { expect, test } from 'vitest';
import { brief, checkCsv, find } from './project.ts';

const CSV = `id,species,mass,seen
1,Adelie,3750,2024-01-05
2,Gentoo,5000,2024-02-29
3,Adelie,,2024-03-01
4,Emperor,90000,2024-3-1
4,emu,-5,2023-02-29
`;
const ids = { name: 'id', logicalType: 'integer', required: true, unique: true };

test('a finding is recorded for every check, those that pass too', async () => {
  const evidence = await checkCsv(CSV, [ids]);
  expect(evidence.datasets[0]?.findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([
    ['present', 'pass'],
    ['logicalType', 'pass'],
    ['required', 'pass'],
    ['unique', 'fail'],
  ]);
  expect(evidence.outcome).toBe('fail');
});

test('row counts are judged also of a file without rows, and everything else there cannot be measured', async () => {
  const quality = [{ metric: 'rowCount', mustBeBetween: [1, 10] }];
  const full = find(await checkCsv(CSV, [ids], quality), 'rowCount');
  expect(brief(full)).toEqual(['pass', 0, 'the file has 5 rows; the contract allows between 1 and 10']);
  const empty = await checkCsv('id\n', [ids], quality);
  expect(empty.datasets[0]?.findings.map(({ rule, outcome, reason }) => [rule, outcome, reason])).toEqual([
    ['present', 'pass', 'the file has this column'],
    ['logicalType', 'cannot-measure', 'the file has no rows'],
    ['required', 'cannot-measure', 'the file has no rows'],
    ['unique', 'cannot-measure', 'the file has no rows'],
    ['rowCount', 'fail', 'the file has 0 rows; the contract allows between 1 and 10'],
  ]);
});

test('a column without any value cannot be measured', async () => {
  const evidence = await checkCsv('a,b\n1,\n2,\n', [
    { name: 'a' },
    { name: 'b', logicalType: 'integer', unique: true },
  ]);
  expect(brief(find(evidence, 'logicalType'))).toEqual(['cannot-measure', 0, 'the column has no values']);
  expect(brief(find(evidence, 'unique'))).toEqual(['cannot-measure', 0, 'the column has no values']);
  expect(evidence.outcome).toBe('cannot-measure');
});

test('a column that is missing fails, and its other checks cannot be measured', async () => {
  const evidence = await checkCsv('ID,x\n1,2\n', [ids, { name: 'x' }]);
  expect(brief(find(evidence, 'present', 'id'))).toEqual([
    'fail',
    1,
    'the file has no column "id"; it has one named "ID"',
  ]);
  expect(brief(find(evidence, 'unique', 'id'))).toEqual(['cannot-measure', 0, 'the file has no column "id"']);
});

test('the physical name is looked for first, the name after it', async () => {
  const evidence = await checkCsv('bird_id,mass\n1,2\n', [
    { name: 'id', physicalName: 'bird_id', required: true },
    { name: 'mass', physicalName: 'm', required: true },
  ]);
  expect(evidence.outcome).toBe('pass');
  expect(find(evidence, 'required').column).toBe('bird_id');
});

test('a rule of severity warning or info is shown and decides nothing', async () => {
  const rule = (severity: string) => [{ metric: 'nullValues', mustBe: 0, severity }];
  for (const severity of ['warning', 'info']) {
    const evidence = await checkCsv(CSV, [{ name: 'mass', quality: rule(severity) }]);
    expect([evidence.outcome, find(evidence, 'nullValues').outcome, find(evidence, 'nullValues').level]).toEqual([
      'pass',
      'fail',
      'warn',
    ]);
  }
  const evidence = await checkCsv(CSV, [{ name: 'mass', quality: rule('error') }]);
  expect([evidence.outcome, find(evidence, 'nullValues').level]).toEqual(['fail', undefined]);
});

test('values of a classified column are left out, and their rows are not', async () => {
  const csv = 'mail,x\nada@example.org,1\nada@example.org,1\n';
  for (const classification of ['confidential', 'Restricted', 'PII', 'sensitive personal data']) {
    const evidence = await checkCsv(csv, [{ name: 'mail', unique: true, classification }, { name: 'x' }]);
    expect(find(evidence, 'unique').examples).toEqual([{ row: 2, line: 3 }]);
    expect(JSON.stringify(evidence)).not.toContain('ada@');
  }
});

test('examples are few and short', async () => {
  const long = 'x'.repeat(500);
  const csv = `word\n${Array(9).fill(long).join('\n')}\n`;
  const { examples } = find(
    await checkCsv(csv, [{ name: 'word', logicalType: 'string', logicalTypeOptions: { maxLength: 9 } }]),
    'maxLength',
  );
  expect(examples).toHaveLength(5);
  expect(examples[0]).toEqual({ row: 1, line: 2, value: `${'x'.repeat(60)}…` });
});

test('findings point into the contract', async () => {
  const evidence = await checkCsv(CSV, [ids]);
  const { place } = find(evidence, 'unique');
  expect(place).toEqual({ file: 'birds.odcs.yaml', line: 15, column: 11 });
});

test('what is not checked is listed', async () => {
  const evidence = await checkCsv(
    'id,extra,when\n1,2,12:00:00\n',
    [
      {
        name: 'id',
        logicalType: 'string',
        logicalTypeOptions: { format: 'password' },
        quality: [{ type: 'text', description: 'x' }],
      },
      { name: 'when', logicalType: 'time', logicalTypeOptions: { format: 'h:mm a' } },
    ],
    [{ type: 'custom', engine: 'soda', implementation: 'duplicate_percent' }],
  );
  expect(evidence.datasets[0]?.notChecked).toEqual([
    'column "id": logicalTypeOptions.format',
    'column "id": a quality rule of type text',
    'column "when": logicalType time in the format "h:mm a"',
    'column "when": logicalTypeOptions.format',
    'the table: a quality rule of type custom, for "soda"',
    'column "extra": the contract does not mention it',
  ]);
});
