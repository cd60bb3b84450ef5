import { describe, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { check, contract, find } from '../project.ts';

const BIRDS = contract([
  { name: 'id', logicalType: 'integer', required: true },
  { name: 'name', logicalType: 'string', required: true },
]);

async function checkText(content: string | Uint8Array, csv: object | undefined = undefined) {
  const birds = { path: 'birds.csv', contract: 'birds.yaml', ...(csv ? { csv } : {}) };
  return check({ birds }, { 'birds.csv': content, 'birds.yaml': BIRDS });
}

/** What a file comes to: the rules that it breaks, or the line and the fault that make it unreadable. */
async function judge(content: string | Uint8Array, csv?: object): Promise<readonly unknown[]> {
  try {
    const evidence = await checkText(content, csv);
    const open = evidence.datasets[0]?.findings.filter(({ outcome }) => outcome !== 'pass') ?? [];
    return open.map(({ rule, column, count }) => [rule, column, count]);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.problems.map(({ line, found }) => [line, found]);
  }
}

describe('a CSV file', () => {
  const sound = 'id,name\n1,emu\n2,owl\n';
  // What other readers do with each is in the comment: it is what must not happen here.
  test.each<[string, string | Uint8Array, readonly unknown[]]>([
    ['as it should be', sound, []],
    // By position, the ids would be names.
    ['with its columns swapped', 'name,id\nemu,1\nowl,2\n', []],
    // One column called "id,name".
    [
      'with ragged rows',
      'id,name\n1,emu\n2\n3,owl,x\n',
      [
        [3, '1 value, and the header has 2 columns'],
        [4, '3 values, and the header has 2 columns'],
      ],
    ],
    // One column, and the rest of the file in one value.
    ['with a quote that is never closed', 'id,name\n1,"emu\n2,owl\n', [[2, 'a quote is opened here and never closed']]],
    // NULL.
    ['with a quoted empty text', 'id,name\n1,""\n', []],
    ['with an empty value', 'id,name\n1,\n2,owl\n', [['required', 'name', 1]]],
    ['with the words NULL and NA', 'id,name\n1,NULL\n2,NA\n', []],
    ['with a byte order mark', `\ufeff${sound}`, []],
    ['with CRLF', sound.replaceAll('\n', '\r\n'), []],
    ['with CRLF and LF', 'id,name\r\n1,emu\n', [[2, 'this line ends with LF, the lines before it with CRLF']]],
    ['in Latin-1', Buffer.from('id,name\n1,émeu\n', 'latin1'), [[2, 'this line is not UTF-8']]],
    // id and id_1.
    ['with a name twice', 'id,id,name\n1,2,emu\n', [[1, 'the column "id" is there twice']]],
    // No rows, no complaint.
    ['with nothing in it', '', [[undefined, 'this file is empty']]],
    [
      'with a header only',
      'id,name\n',
      [
        ['logicalType', 'id', 0],
        ['required', 'id', 0],
        ['logicalType', 'name', 0],
        ['required', 'name', 0],
      ],
    ],
    ['with semicolons', sound.replaceAll(',', ';'), [[1, 'the header has no comma, and ";" in it']]],
  ])('%s', async (_name, content, expected) => {
    expect(await judge(content)).toEqual(expected);
  });

  test('in Latin-1 with semicolons, when modelgate.yml says so', async () => {
    const content = Buffer.from('id;name\n1;émeu\n', 'latin1');
    expect(await judge(content, { encoding: 'latin-1', delimiter: ';' })).toEqual([]);
  });

  test('with line breaks in values: the line is told beside the row', async () => {
    const evidence = await checkText('id,name\n1,"a\nb\nc"\n2,"x\n"\nx,owl\n');
    expect(find(evidence, 'logicalType', 'id').examples).toEqual([{ row: 3, line: 7, value: 'x' }]);
  });
});

test('columns may be called label, select or anything else that SQL has a use for', async () => {
  const names = ['label', 'select', 'from', 'order', 'group by', 'null', '"', '*', 'row_number()', '__proto__'];
  const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  const evidence = await check(
    { birds: { path: 'b.csv', contract: 'c.yaml' } },
    {
      'b.csv': `${quoted}\n${names.map(() => '1').join(',')}\n`,
      'c.yaml': contract(names.map((name) => ({ name, logicalType: 'integer', unique: true }))),
    },
  );
  expect(evidence.outcome).toBe('pass');
  expect(evidence.datasets[0]?.columns).toEqual(names);
});
