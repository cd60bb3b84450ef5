import { join } from 'node:path';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import { writeDocument } from '../../../src/evidence/files.ts';
import { type JudgedIndex, writeJudgedIndex } from '../../../src/pipeline/pull-request/judged-index.ts';

export const HEAD = '1'.repeat(40);

/** Writes the folder that the job that judges leaves, of these models. */
export async function writeJudged(
  folder: string,
  models: Readonly<Record<string, EvidenceSet>>,
  head = HEAD,
): Promise<JudgedIndex> {
  for (const [model, evidence] of Object.entries(models))
    for (const document of Object.values(evidence)) await writeDocument(join(folder, model), document);
  const state = { outcome: 'pass', blocks: false, reason: '', refused: false, absent: false, reused: false } as const;
  const entries = Object.keys(models).map((model) => ({ config: `${model}/modelgate.yml`, model, ...state }));
  const index: JudgedIndex = { schemaVersion: 1, head, base: '2'.repeat(40), models: entries };
  await writeJudgedIndex(folder, index);
  return index;
}
