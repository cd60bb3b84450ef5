import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Project } from '../../src/config/project.ts';
import { hashFile } from '../../src/evidence/file-hash.ts';
import { findChangedFiles } from '../../src/pipeline/changed-files.ts';
import { createEvaluation } from '../support/evidence.ts';

test('rows that a threshold was chosen on and are others now are files that changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-changed-'));
  try {
    for (const name of ['scores.csv', 'valid.csv']) await writeFile(join(folder, name), 'id\n1\n');
    const [predictions, labels] = await Promise.all(
      ['scores.csv', 'valid.csv'].map(async (path) => ({ path, ...(await hashFile(join(folder, path))) })),
    );
    if (!predictions || !labels) throw new Error('two files were written');
    const operatingPoint = { threshold: 0.5, positive: 'yes', chosenBy: 'recall', rows: 1, predictions, labels };
    const evaluation = createEvaluation({ operatingPoint, testSet: null, predictions: null } as never);
    const find = () => findChangedFiles({ folder } as Project, { evaluation });
    expect(await find()).toEqual([]);
    await writeFile(join(folder, 'scores.csv'), 'id\n2\n');
    expect(await find()).toEqual(['scores.csv']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
