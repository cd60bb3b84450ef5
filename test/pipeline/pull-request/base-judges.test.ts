import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApprovalFacts } from '../../../src/governance/sources.ts';
import { createPullRequest, hold, judge, judgeChange, openWorkshop, restate, type Workshop } from './workshop.ts';

let workshop: Workshop;
let trained: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  trained = await workshop.train();
});
afterAll(() => workshop.remove());

const CONFIG = 'modelgate.yml';
const CONTRACT = 'contracts/penguins.odcs.yaml';

describe('the base judges', () => {
  test('by rules that the head loosens: they count after the merge only, and are shown', async () => {
    const { model, verdict, base } = await judgeChange(workshop, trained, {
      base: (files) => files.change(CONFIG, 'min: 0.9 }', 'min: 0.999 }'),
      head: (files) => files.change(CONFIG, 'min: 0.999 }', 'min: 0.5 }'),
    });
    expect(model).toMatchObject({ outcome: 'fail', blocks: true, refused: false });
    expect(verdict?.judgedBy).toMatchObject({ side: 'base', commit: base, bootstrap: false });
    expect(verdict?.ruleChanges).toMatchObject([{ id: 'good-enough', change: 'loosened' }]);
  });

  test('by rules that the head tightens: it passes, and the tightening is shown', async () => {
    const { model, verdict } = await judgeChange(workshop, trained, {
      head: (files) => files.change(CONFIG, 'min: 0.9 }', 'min: 0.999 }'),
    });
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
    expect(verdict?.ruleChanges).toMatchObject([{ id: 'good-enough', change: 'tightened' }]);
  });

  test('though the head would only observe', async () => {
    const { model } = await judgeChange(workshop, trained, {
      base: (files) => files.change(CONFIG, 'min: 0.9 }', 'min: 0.999 }'),
      head: (files) => files.change(CONFIG, 'mode: enforce ', 'mode: observe '),
    });
    expect(model).toMatchObject({ outcome: 'fail', blocks: true });
  });

  test('by its contract, on the data of the head', async () => {
    const { model, verdict, evidence } = await judgeChange(workshop, trained, {
      base: (files) => files.change(CONTRACT, 'mustBeBetween: [90, 400]', 'mustBeBetween: [300, 400]'),
      head: (files) => files.change(CONTRACT, 'mustBeBetween: [300, 400]', 'mustBeBetween: [1, 400]'),
    });
    expect(model).toMatchObject({ outcome: 'fail', blocks: true });
    expect(evidence.data?.outcome).toBe('fail');
    // The data evidence of the machine that trained is another; what it trained on is the same.
    expect(verdict?.stages.find(({ stage }) => stage === 'training')).toMatchObject({ outcome: 'pass' });
    expect(evidence.evaluation?.outcome).toBe('pass');
    expect(verdict?.promiseChanges).toMatchObject([{ file: CONTRACT, change: 'loosened' }]);
  });

  test('by its waivers: one that the head adds excuses nothing yet', async () => {
    const waiver = `- waives: good-enough\n  reason: we know and accept it\n  author: ada\n  approver: grace\n  expires: 2027-01-31\n`;
    const { model, verdict } = await judgeChange(workshop, trained, {
      base: (files) => files.change(CONFIG, 'min: 0.9 }', 'min: 0.999 }'),
      head: (files) => files.write('governance/waivers.yml', waiver),
    });
    expect(model).toMatchObject({ outcome: 'fail', blocks: true });
    expect(verdict?.waivers).toEqual([]);
    expect(verdict?.promiseChanges).toMatchObject([
      { file: 'governance/waivers.yml', subject: 'the waiver of good-enough', change: 'loosened' },
    ]);
  });

  test('whether the head still has the card and the files that its checklist names', async () => {
    const { model, verdict } = await judgeChange(workshop, trained, {
      head: () => workshop.git('rm', '--quiet', 'MODEL_CARD.md'),
    });
    expect(model).toMatchObject({ outcome: 'fail', blocks: true });
    expect(verdict?.controls).toMatchObject([
      { id: 'card', outcome: 'fail' },
      { id: 'checklist', outcome: 'fail' },
    ]);
  });

  test('what the head trains with, however its command is written', async () => {
    const { model, evidence } = await judgeChange(workshop, trained, {
      head: (files) => files.change(CONFIG, 'run: python3 train.py', 'run: python3 -u train.py'),
    });
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
    expect(evidence.training?.command?.run).toBe('python3 train.py');
  });
});

describe('a base without a configuration', () => {
  async function judgeFirst(facts?: Partial<ApprovalFacts>, mode = 'enforce') {
    const text = workshop.git('show', `main:${CONFIG}`).replaceAll('mode: enforce', `mode: ${mode}`);
    const commits = await workshop.propose(
      (files) => files.write(CONFIG, `${text}\n`),
      () => workshop.git('rm', '--quiet', CONFIG),
    );
    const candidates = hold(await restate(workshop, trained, commits.head));
    const found: ApprovalFacts = {
      headSha: commits.head,
      author: 'ada',
      coAuthors: [],
      reviews: [],
      teams: new Map(),
      owners: new Map(),
      codeOwners: undefined,
      ...facts,
    };
    const reviews = found.reviews.map((review) => ({ ...review, commit: commits.head }));
    const findApprovals = async () => ({ ...found, reviews });
    const judged = await judge(workshop, createPullRequest(commits.head, commits.base), {
      candidates,
      ...(facts ? { findApprovals } : {}),
    });
    return { ...judged, ...commits, verdict: (await judged.read('penguins')).verdict };
  }

  const REVIEW = { login: 'grace', state: 'APPROVED', commit: '', submitted: '2026-11-21T09:00:00Z' } as const;

  test('lets the head judge itself, once an owner has approved', async () => {
    const facts = { reviews: [REVIEW], owners: new Map([['grace', 'admin' as const]]) };
    const { model, verdict, head } = await judgeFirst(facts);
    expect(model).toMatchObject({ outcome: 'pass', blocks: false });
    expect(verdict?.judgedBy).toMatchObject({ side: 'head', commit: head, bootstrap: true });
    expect(verdict?.ruleChanges?.every(({ change }) => change === 'added')).toBe(true);
  });

  test.each([
    ['nobody has approved', {}],
    ['its author approved', { reviews: [{ ...REVIEW, login: 'ada' }], owners: new Map([['ada', 'admin' as const]]) }],
    ['nobody can be asked', undefined],
  ])('blocks while %s, even where the head would only observe', async (_, facts) => {
    const { model, verdict } = await judgeFirst(facts, 'observe');
    expect(model).toMatchObject({ blocks: true });
    expect(verdict?.controls.find(({ id }) => id === 'bootstrap')?.outcome).not.toBe('pass');
  });
});
