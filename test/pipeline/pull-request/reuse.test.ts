import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCommitFiles } from '../../../src/github/commit-files.ts';
import type { Subject } from '../../../src/github/subject.ts';
import { writeCandidatePlan } from '../../../src/pipeline/pull-request/candidate-plan.ts';
import type { EarlierRuns } from '../../../src/pipeline/pull-request/earlier-runs.ts';
import { type PlanInput, planModels } from '../../../src/pipeline/pull-request/plan.ts';
import { type Change, createPullRequest, createPush, hold, judge, openWorkshop, type Workshop } from './workshop.ts';

const ENVIRONMENT = { python: '3.13', requirements: 'none' };

let workshop: Workshop;
let start: string;
let runs: EarlierRuns;
beforeAll(async () => {
  workshop = await openWorkshop();
  start = workshop.git('rev-parse', 'HEAD');
  const candidate = await workshop.train();
  const [planned] = await plan(createPush(start));
  if (!planned) throw new Error('nothing was planned');
  const { model, config, inputsDigest } = planned;
  await writeCandidatePlan(join(candidate, 'plan.json'), { model, config, inputsDigest });
  const { output } = await judge(workshop, createPush(start), { candidates: hold(candidate) });
  runs = {
    list: async () => ({ runs: [{ id: 1, commit: start }], others: 0 }),
    fetchJudged: async () => ({ folder: output }),
  };
});
afterAll(() => workshop.remove());

function plan(subject: Subject, more: Partial<PlanInput> = {}) {
  const files = openCommitFiles(workshop.folder);
  return planModels({ files, subject, configs: ['.'], environment: ENVIRONMENT, approved: true, ...more });
}

async function propose(change: Change, more: Partial<Subject> = {}) {
  const { base, head } = await workshop.propose(change);
  return { base, head, subject: createPullRequest(head, base, more) };
}

const CODE: Change = (files) => files.change('train.py', 'import', '# another\nimport');
const NOTES: Change = (files) => files.write('notes.md', 'Nothing that a model is made from.');
const CARD: Change = async (files) => files.write('MODEL_CARD.md', `${await files.read('MODEL_CARD.md')}\nMore.\n`);

describe('the plan', () => {
  const cases: [what: string, action: string, change: Change, more?: Partial<Subject>][] = [
    ['new code', 'train', CODE],
    ['a new parameter', 'train', async (files) => files.write('params.yaml', `${await files.read('params.yaml')}\n`)],
    ['new code beside the script', 'train', (files) => files.write('features.py', 'x = 1\n')],
    ['another command', 'train', (files) => files.change('modelgate.yml', 'python3 train.py', 'python3 -u train.py')],
    [
      'another test set',
      'train',
      async (files) => files.write('data/test.csv', `${await files.read('data/test.csv')}\n`),
    ],
    ['a note', 'reuse', NOTES],
    ['a card', 'reuse', CARD],
    ['another rule', 'reuse', (files) => files.change('modelgate.yml', 'min: 0.9 }', 'min: 0.8 }')],
    ['new code of a draft', 'refuse', CODE, { draft: true }],
    ['new code of a fork', 'refuse', CODE, { fork: true }],
    ['a note of a draft', 'reuse', NOTES, { draft: true }],
  ];
  test.each(cases)('of %s: %s', async (_, action, change, more) => {
    const { subject } = await propose(change, more);
    const [planned] = await plan(subject, { runs, approved: false });
    expect(planned).toMatchObject({ model: 'penguins', config: 'modelgate.yml', action, hasData: true });
  });

  test('lets the code of a fork run once it is approved', async () => {
    const { subject } = await propose(CODE, { fork: true });
    expect(await plan(subject, { runs })).toMatchObject([{ action: 'train' }]);
  });

  test('uses nothing again that was made elsewhere, or that is not at hand', async () => {
    const { subject } = await propose(NOTES);
    const other = { ...ENVIRONMENT, python: '3.12' };
    const gone: EarlierRuns = { ...runs, fetchJudged: async () => ({ fault: 'expired' }) };
    const silent: EarlierRuns = { ...runs, list: async () => ({ fault: '503' }) };
    for (const more of [{ runs, environment: other }, { runs: gone }, { runs: silent }, {}]) {
      expect(await plan(subject, more)).toMatchObject([{ action: 'train' }]);
    }
  });

  test('lets released baselines predict for a push only', async () => {
    const { subject, head } = await propose(NOTES);
    expect(await plan(subject, { runs })).toMatchObject([{ hasReleased: false }]);
    expect(await plan(createPush(head), { runs })).toMatchObject([{ hasReleased: true }]);
  });

  test('tells every mistake of every configuration at once', async () => {
    const { subject } = await propose(async (files) => {
      const text = await files.read('modelgate.yml');
      await files.write('one.yml', text.replace('gates:', 'gatez:'));
      await files.write('two.yml', text);
    });
    const configs = ['modelgate.yml', 'one.yml', 'two.yml', 'three.yml'];
    const mistake = await plan(subject, { configs }).catch((error: Error) => error.message);
    expect(mistake).toMatch(/one.yml.*unknown key `gatez`/);
    expect(mistake).toMatch(/two.yml.*modelgate.yml is also of the model penguins/);
    expect(mistake).toMatch(/three.yml: there is no such file/);
  });

  test.each(['../modelgate.yml', '/etc/modelgate.yml', 'a\\b.yml'])('refuses the path %s', async (path) => {
    const { subject } = await propose(NOTES);
    await expect(plan(subject, { configs: [path] })).rejects.toThrow(/the configuration/);
  });
});

describe('the judge', () => {
  test('takes over what an earlier commit made from the same files, and tells so', async () => {
    const { subject, head } = await propose(CARD);
    const { model, read } = await judge(workshop, subject, { runs });
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
    const { training, evaluation, verdict } = await read('penguins');
    expect(training?.subject.commit).toBe(start);
    expect(evaluation?.subject.commit).toBe(head);
    expect(verdict?.stages.find(({ stage }) => stage === 'training')?.reason).toMatch(/^used again: made at commit/);
  });

  test('takes over nothing where nothing may stand in: a draft, a fork that waits, a review after a run that was cut off', async () => {
    const { subject } = await propose(NOTES);
    const { model } = await judge(workshop, subject, { runs, mayReuse: false });
    expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true, absent: true });
  });

  test('does so in the merge queue too', async () => {
    const { subject } = await propose(NOTES);
    const { model } = await judge(workshop, { ...subject, kind: 'merge-group' }, { runs });
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
  });

  test.each<[string, Change]>([
    ['the code is another', CODE],
    [
      'the test set is another',
      async (files) => files.write('data/test.csv', `${await files.read('data/test.csv')}\n`),
    ],
    ['how it is made is another', (files) => files.change('modelgate.yml', 'timeout: 10m', 'timeout: 11m')],
  ])('takes over nothing where %s, whatever an artifact says', async (_, change) => {
    const { subject } = await propose(change);
    const { model } = await judge(workshop, subject, { runs });
    expect(model).toMatchObject({ refused: true, blocks: true });
  });

  test('takes over nothing that is not whole', async () => {
    const { subject } = await propose(NOTES);
    const fetched = await runs.fetchJudged({ id: 1, commit: start });
    if ('fault' in fetched) throw new Error(fetched.fault);
    const folder = await workshop.makeFolder();
    await cp(fetched.folder, folder, { recursive: true });
    await rm(join(folder, 'penguins/evidence/training.json'));
    const broken: EarlierRuns = { ...runs, fetchJudged: async () => ({ folder }) };
    const { model } = await judge(workshop, subject, { runs: broken });
    expect(model).toMatchObject({ refused: true, blocks: true });
  });

  test('takes over nothing where this run left a candidate that is refused', async () => {
    const { subject } = await propose(NOTES);
    const candidates = new Map([['penguins', { fault: 'a zip with links' }]]);
    const { model } = await judge(workshop, subject, { runs, candidates });
    expect(model).toMatchObject({ refused: true, blocks: true });
    expect(model?.reason).toMatch(/a zip with links/);
  });
});
