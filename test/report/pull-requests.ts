import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { VerdictEvidence } from '../../src/evidence/schema/verdict.ts';
import type { CommentFacts } from '../../src/report/comment.ts';
import { createEvidence, createMetric, createRule, createTraining, fakeDigest } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createHostile, HOSTILE } from './evidence-variants.ts';

/** The commit that the example's evidence speaks of. */
export const HEAD = '4f2a9c1b7d3e8a60512fcd9e4b07a8c3d1e6f592';
const BASE = '9c81f22d4b07a8c3d1e6f5924f2a9c1b7d3e8a60';

/** The facts of a run that has judged a pull request into main. */
export function createFacts(overrides: Partial<CommentFacts> = {}): CommentFacts {
  return {
    model: 'penguins',
    headSha: HEAD,
    baseRef: 'main',
    links: {
      run: 'https://github.com/octo/penguins/actions/runs/4711',
      report: 'the job’s summary and the artifact modelgate-judged',
    },
    ...overrides,
  };
}

/** What the base decides about a pull request: its rules, its contracts, its test set. */
export function createJudging(overrides: Partial<VerdictEvidence> = {}): Partial<VerdictEvidence> {
  return {
    judgedBy: { side: 'base', commit: BASE, config: fakeDigest('base modelgate.yml'), bootstrap: false },
    baselines: [
      {
        name: 'base',
        state: 'found',
        text: 'the run of 9c81f22 on main',
        commit: BASE,
        testSet: fakeDigest('data/test.csv'),
        distance: 2,
      },
    ],
    ...overrides,
  };
}

/** A pull request that passes under the rules of its base, trained on two accelerators. */
export function createPassing(): EvidenceSet {
  const { machine } = createTraining();
  const accelerators = [1, 2].map(() => ({ kind: 'cuda', name: 'NVIDIA H100', memory: 80 * 1024 ** 3 }));
  return createEvidence({ training: { machine: { ...machine, accelerators } }, verdict: createJudging() });
}

/** A pull request that fails, loosens its own rules, promises less, and changes the test set. */
export function createLoosened(): EvidenceSet {
  const failing = createFailingEvidence();
  return createEvidence({
    ...failing,
    verdict: {
      ...failing.verdict,
      ...createJudging({
        ruleChanges: [
          { id: 'both-sexes', change: 'tightened', before: 'accuracy at least 0.85', after: 'accuracy at least 0.9' },
          { id: 'good-enough', change: 'loosened', before: 'accuracy at least 0.9', after: 'accuracy at least 0.8' },
          { id: 'parity', change: 'removed', before: 'parity difference at most 0.2', after: null },
          { id: 'small', change: 'added', before: null, after: 'model size at most 20 MB' },
        ],
        promiseChanges: [
          {
            file: 'contracts/penguins.odcs.yaml',
            subject: 'sex: missing values',
            change: 'loosened',
            before: 'at most 5%',
            after: 'at most 20%',
          },
          { file: 'data/test.csv', subject: 'rows', change: 'changed', before: '115', after: '92' },
        ],
        proposedTestSet: {
          testSet: fakeDigest('new test set'),
          outcome: 'pass',
          reason: '92 of 92 rows were scored.',
          metrics: [createMetric({ value: 0.9783, n: 92 }), createMetric({ name: 'macro-f1', value: null, n: 0 })],
        },
      }),
    },
  });
}

/** The first pull request: the base has no configuration, so the head's own rules judge. */
export function createBootstrap(): EvidenceSet {
  return createEvidence({
    verdict: {
      outcome: 'fail',
      blocks: true,
      reason: 'The control bootstrap fails.',
      judgedBy: { side: 'head', commit: HEAD, config: fakeDigest('modelgate.yml'), bootstrap: true },
      ruleChanges: [{ id: 'good-enough', change: 'added', before: null, after: 'accuracy at least 0.9' }],
      baselines: [],
      controls: [
        {
          id: 'bootstrap',
          kind: 'approval',
          text: 'an owner approves the rules that judge from now on',
          outcome: 'fail',
          reason: 'Nobody who may has approved the head commit.',
          evidence: null,
          waived: false,
        },
      ],
    },
  });
}

/** The same text in a few places of each kind: small enough for a golden file. */
export function createSmallHostile(text: string): EvidenceSet {
  return createEvidence({
    data: undefined,
    training: undefined,
    prediction: undefined,
    evaluation: { metrics: [createMetric({ name: text, source: 'reported' })], confusion: null },
    verdict: createJudging({
      outcome: 'fail',
      blocks: true,
      reason: text,
      stages: [],
      rules: [createRule({ id: text, text, outcome: 'fail', reason: text, cases: [] })],
      ruleChanges: [{ id: text, change: 'loosened', before: text, after: null }],
      promiseChanges: [{ file: text, subject: text, change: 'removed', before: text, after: null }],
      controls: [],
      baselines: [],
      budget: null,
    }),
  });
}

/** Hostile text wherever it can stand, in a verdict that is still of this model and commit. */
export function createHostileRequest(): EvidenceSet {
  const { verdict, ...rest } = createHostile();
  const { verdict: small } = createSmallHostile(HOSTILE);
  if (!verdict || !small) throw new Error('the example has no verdict');
  const { ruleChanges = [], promiseChanges = [] } = small;
  const proposedTestSet = {
    testSet: null,
    outcome: 'cannot-measure' as const,
    reason: HOSTILE,
    metrics: [createMetric({ name: HOSTILE, source: 'reported' })],
  };
  return { ...rest, verdict: { ...verdict, model: 'penguins', ruleChanges, promiseChanges, proposedTestSet } };
}
