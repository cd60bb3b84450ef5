import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeDocument } from '../../../src/evidence/files.ts';
import { type JudgedEntry, writeJudgedIndex } from '../../../src/pipeline/pull-request/judged-index.ts';
import { readAcceptedModel } from '../../../src/pipeline/release/accepted-model.ts';
import { createVerdict } from '../../support/evidence.ts';

const HEAD = 'a'.repeat(40);
const RUN = { id: 7, commit: HEAD, result: 'success', workflowPath: '.github/workflows/model.yml' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accepted-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Judged {
  readonly entry?: Partial<JudgedEntry>;
  readonly verdict?: Parameters<typeof createVerdict>[0];
  readonly base?: string;
  readonly others?: readonly JudgedEntry[];
}

async function judge({ entry = {}, verdict = {}, base, others = [] }: Judged): Promise<void> {
  const document = createVerdict({ outcome: 'pass', blocks: false, ...verdict });
  const plain = { config: 'modelgate.yml', model: document.model, outcome: 'pass', blocks: false, reason: '' } as const;
  const one: JudgedEntry = { ...plain, refused: false, absent: false, reused: false, ...entry };
  await writeJudgedIndex(folder, { schemaVersion: 1, head: HEAD, base: base ?? null, models: [one, ...others] });
  await writeDocument(join(folder, document.model), document);
}

const read = (change: Partial<typeof RUN> = {}) => readAcceptedModel(folder, { ...RUN, ...change }, 'modelgate.yml');

test('a model that passed on its own commit is accepted', async () => {
  await judge({});
  expect(await read()).toMatchObject({ config: 'modelgate.yml', trainedAt: HEAD, predictions: undefined });
});

test.each<[string, Judged, Partial<typeof RUN>, string]>([
  ['did not pass, though nothing blocks in observe mode', { verdict: { outcome: 'fail' } }, {}, 'is fail'],
  ['cannot be measured', { verdict: { outcome: 'cannot-measure' } }, {}, 'is cannot-measure'],
  ['was refused', { entry: { refused: true, reason: 'no candidate' } }, {}, 'was not judged: no candidate'],
  ['was judged as a pull request', { base: 'b'.repeat(40) }, {}, 'only what was merged is released'],
  ['was judged on another commit', {}, { commit: 'c'.repeat(40) }, `${HEAD} was judged`],
  ['is not the one that is asked for', { entry: { config: 'b/modelgate.yml' } }, {}, 'judged only b/modelgate.yml'],
  ['comes from a cancelled run', {}, { result: 'cancelled' }, 'the run ended with cancelled'],
  ['was taken over in a run that failed', { entry: { reused: true } }, { result: 'failure' }, 'ended with failure'],
])('a model that %s is no version', async (_, judged, run, reason) => {
  await judge(judged);
  await expect(read(run)).rejects.toThrow(reason);
});

test('a run that failed because another model stops it says nothing against this one', async () => {
  const none = { outcome: 'fail', blocks: true, reason: '', refused: false, absent: false, reused: false } as const;
  await judge({ others: [{ ...none, config: 'b/modelgate.yml', model: 'other' }] });
  expect(await read({ result: 'failure' })).toMatchObject({ config: 'modelgate.yml' });
});

test('a file that no judge writes makes the whole folder refused', async () => {
  await judge({});
  const { model } = createVerdict();
  await writeFile(join(folder, model, 'extra.sh'), '');
  await expect(read()).rejects.toThrow('"extra.sh" does not belong there');
});
