import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDataInfer } from '../../src/cli/commands/data-infer.ts';
import { runDataProfile } from '../../src/cli/commands/data-profile.ts';
import { isProfile } from '../../src/evidence/profile-validation.ts';
import { SILENT } from '../../src/progress.ts';
import { createFolder, writeParquet } from '../data/project.ts';

const BIRDS = `id,island\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? 'Biscoe' : 'Dream'}`).join('\n')}\n`;

function speak() {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const { signal } = new AbortController();
  return { printed, terminal: { environment: process.env, progress: SILENT, signal, color: false, width: 120, print } };
}

test('`data profile` prints a table, and with --json what a check of drift can be held against', async () => {
  const folder = await createFolder({ 'birds.csv': BIRDS });
  const { printed, terminal } = speak();
  expect(await runDataProfile(terminal, join(folder, 'birds.csv'), {})).toBe(0);
  expect(printed[0]).toMatch(/^40 rows, 2 columns\n\nColumn +Type +Missing +Different +Values\n/);
  expect(printed[0]).toContain('Biscoe 50.0%, Dream 50.0%');
  await runDataProfile(terminal, join(folder, 'birds.csv'), { json: true, column: ['island'] });
  const profile = JSON.parse(printed[1] ?? '');
  expect(isProfile(profile)).toBe(true);
  expect(profile.columns.map(({ name }: { name: string }) => name)).toEqual(['island']);
});

test('`data profile` reads all three formats, and what a file holds cannot move the cursor of a terminal', async () => {
  const name = 'a\u001b[2Jb';
  const record = JSON.stringify({ [name]: '\u001b]0;title\u0007x', n: 1 });
  const folder = await createFolder({
    'x.csv': `${name},n\n${'\u001b]0;title\u0007x,1\n'.repeat(10)}`,
    'x.jsonl': `${record}\n`.repeat(10),
  });
  const parquet = join(folder, 'x.parquet');
  await writeParquet(parquet, `select chr(27) || ']0;title' || chr(7) || 'x' as "${name}", 1 as n from range(10)`);
  for (const format of ['csv', 'jsonl', 'parquet']) {
    const { printed, terminal } = speak();
    expect(await runDataProfile(terminal, join(folder, `x.${format}`), {})).toBe(0);
    expect(printed[0]).toMatch(/^10 rows, 2 columns/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(printed[0]).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(printed[0]).toContain('x 100%');
  }
});

test('a misspelt file, column or ending is one message', async () => {
  const folder = await createFolder({ 'birds.csv': BIRDS, 'birds.txt': BIRDS });
  const { terminal } = speak();
  const run = (file: string, flags = {}) => runDataProfile(terminal, join(folder, file), flags);
  await expect(run('brids.csv')).rejects.toMatchObject({
    problems: [{ found: expect.stringContaining('cannot be read') }],
  });
  await expect(run('.')).rejects.toMatchObject({ problems: [{ found: 'this is not a file' }] });
  await expect(run('birds.txt')).rejects.toMatchObject({
    problems: [{ found: expect.stringContaining('csv, parquet or jsonl') }],
  });
  await expect(run('birds.csv', { column: ['iland'] })).rejects.toMatchObject({
    problems: [{ found: 'there is no column "iland"', fix: expect.stringContaining('island') }],
  });
});

test('`data infer` prints a contract, writes it where it is told, and never over a file without --force', async () => {
  const folder = await createFolder({ 'birds.csv': BIRDS });
  const { printed, terminal } = speak();
  const file = join(folder, 'birds.csv');
  expect(await runDataInfer(terminal, file, {})).toBe(0);
  expect(printed[0]).toContain('validValues: [Biscoe, Dream]');
  const output = join(folder, 'contracts/birds.odcs.yaml');
  await runDataInfer(terminal, file, { output });
  expect(await readFile(output, 'utf8')).toBe(`${printed[0]}\n`);
  await expect(runDataInfer(terminal, file, { output })).rejects.toMatchObject({
    problems: [{ found: 'this is there already', fix: 'Add --force to replace it.' }],
  });
  await runDataInfer(terminal, file, { output, force: true });
  expect(await readFile(output, 'utf8')).toBe(`${printed[0]}\n`);
});
