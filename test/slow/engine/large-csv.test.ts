import { appendFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findForm } from '../../../src/engine/csv-forms.ts';
import { surveyCsv } from '../../../src/engine/csv-survey.ts';
import { Pace } from '../../../src/engine/pace.ts';
import type { UserMistake } from '../../../src/errors.ts';
import { Workshop } from '../../engine/workshop.ts';

/** More than three parts, so that threads judge them. */
const ROWS = 1_200_000;
const SOUND = Array.from(
  { length: ROWS },
  (_, row) => `${row},${row / 16},2024-01-${10 + (row % 20)},"a note, ${row}",plain text that fills the line`,
);

let workshop: Workshop;
let path: string;
beforeAll(async () => {
  workshop = await Workshop.open();
  path = await workshop.write('large.csv', `id,share,day,note,text\n${SOUND.join('\n')}\n`);
});
afterAll(() => workshop.close());

const file = () => ({ path, format: 'csv' as const, name: 'large.csv' });

test('a large file is surveyed in threads, and it is told how far that is', async () => {
  const pace = new Pace();
  const seen: number[] = [];
  const looking = setInterval(() => seen.push(pace.read() ?? -1), 5);
  try {
    const { names, facts } = await surveyCsv(file(), { pace });
    expect(names).toEqual(['id', 'share', 'day', 'note', 'text']);
    const { columns, ...counted } = facts;
    expect(counted).toEqual({
      records: ROWS,
      longest: SOUND.reduce((longest, line) => Math.max(longest, line.length), 0),
      ending: '\n',
      isSteady: true,
    });
    expect(columns.map(findForm)).toEqual(['integer', 'number', 'date', undefined, undefined]);
  } finally {
    clearInterval(looking);
  }
  expect(seen.some((share) => share > 0 && share < 1)).toBe(true);
});

test('a fault at its end is told with its line', async () => {
  await appendFile(path, '7,8\n');
  const found = await surveyCsv(file()).catch((error: UserMistake) => error.problems);
  expect(found).toMatchObject([{ file: 'large.csv', line: ROWS + 2, found: '2 values, and the header has 5 columns' }]);
  await rm(path);
});
