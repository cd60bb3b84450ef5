import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProject } from '../../src/config/project.ts';
import { watchJudges } from '../../src/training/judges.ts';
import { createFolder } from '../data/project.ts';

const DATA = { parts: { path: 'parts/*.csv' }, folder: { path: 'folder' } };

test.each<[string, (folder: string) => Promise<void>, string | undefined]>([
  ['nothing', async () => {}, undefined],
  ['a file that it changed', (folder) => writeFile(join(folder, 'parts/a.csv'), 'a\n2\n'), 'parts/a.csv'],
  ['a file that it removed', (folder) => rm(join(folder, 'folder/b.jsonl')), 'folder/b.jsonl'],
  ['a file that it added', (folder) => writeFile(join(folder, 'folder/c.jsonl'), '{}\n'), 'folder/c.jsonl'],
  ['a file beside the data', (folder) => writeFile(join(folder, 'parts/notes.txt'), 'x'), undefined],
])('of a data set of several files, %s is found after the command', async (_what, change, found) => {
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data: DATA }),
    'parts/a.csv': 'a\n1\n',
    'folder/b.jsonl': '{"a":1}\n',
  });
  const findTouched = await watchJudges(await readProject(join(folder, 'modelgate.yml'), folder), {});
  await change(folder);
  expect(await findTouched()).toBe(found);
});
