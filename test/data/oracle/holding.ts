import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { checkFolder, createFolder, writeParquet } from '../project.ts';
import { judge, sort, tell } from './judging.ts';
import { promises, renderPromises } from './promises.ts';
import { renderCsv, renderJsonl, renderQuery, tables } from './tables.ts';

/** Holds the findings on generated tables, in all formats, against what a look at row after row finds. */
export async function holdAgainstOracle(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(tables, promises, async (rows, made) => {
      const expected = sort(made.map((promised) => judge(promised, rows)));
      const folder = await createFolder({
        'birds.csv': renderCsv(rows),
        'birds.jsonl': renderJsonl(rows),
        'birds.odcs.yaml': renderPromises(made),
        ...Object.fromEntries(['csv', 'jsonl', 'parquet'].map((format) => [`${format}.yml`, renderConfig(format)])),
      });
      await writeParquet(join(folder, 'birds.parquet'), renderQuery(rows));
      for (const format of ['csv', 'jsonl', 'parquet']) {
        const found = tell(await checkFolder(folder, `${format}.yml`));
        expect({ format, findings: found }).toEqual({ format, findings: expected });
      }
    }),
    { numRuns: runs },
  );
}

function renderConfig(format: string): string {
  const birds = { path: `birds.${format}`, contract: 'birds.odcs.yaml' };
  return JSON.stringify({ version: 1, model: 'birds', data: { birds } });
}
