import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import { renderAggregateCheck } from '../../src/report/aggregate-check.ts';
import { MAX_CHECK_SUMMARY, renderCheck } from '../../src/report/check.ts';
import {
  CANCELLED_REFUSAL,
  DRAFT_REFUSAL,
  FORK_REFUSAL,
  type Refusal,
  refuseArtifact,
} from '../../src/report/refusals.ts';
import { createEvidence, createRule } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createUnmeasured, HOSTILE } from './evidence-variants.ts';
import { createBootstrap, createFacts, createHostileRequest, createJudging, createPassing } from './pull-requests.ts';

const FACTS = createFacts();

describe('a check of one model', () => {
  test.each<[string, EvidenceSet | Refusal, string]>([
    ['a pass', createPassing(), 'success'],
    ['a failure that is only observed', createFirstRun(), 'neutral'],
    ['a failure', createFailingEvidence(), 'failure'],
    ['what could not be measured', createUnmeasured(), 'failure'],
    ['a bootstrap without approval', createBootstrap(), 'failure'],
    ['a pass that blocks', createEvidence({ verdict: { blocks: true } }), 'failure'],
    ['no evidence', {}, 'failure'],
    ['evidence without a verdict', createEvidence({ verdict: undefined }), 'failure'],
    ['a draft', DRAFT_REFUSAL, 'failure'],
    ['a fork that waits', FORK_REFUSAL, 'failure'],
    ['a refused artifact', refuseArtifact('It holds a link.'), 'failure'],
    ['a cancelled run', CANCELLED_REFUSAL, 'cancelled'],
  ])('ends as it must: %s', (_, judged, conclusion) => {
    expect(renderCheck(judged, FACTS).conclusion).toBe(conclusion);
  });

  test.each([{ model: 'whales' }, { headSha: '0'.repeat(40) }])(
    'a pass of something else is a failure: %j',
    (facts) => {
      const check = renderCheck(createPassing(), { ...FACTS, ...facts });
      expect(check.conclusion).toBe('failure');
      expect(check.title).toMatch(/^cannot measure: There is no verdict on this/);
      expect(check.annotations).toEqual([]);
    },
  );

  test('says the verdict in its title and everything else in its summary', () => {
    const { title, summary } = renderCheck(createFailingEvidence(), FACTS);
    expect(title).toBe('fail: 2 rules fail, 1 cannot be measured, and the control card fails.');
    expect(summary).toContain('### Metrics');
    expect(summary).not.toContain('<!--');
  });

  test('keeps to the limits of the API, whatever the text', () => {
    const { title, summary, annotations } = renderCheck(createHostileRequest(), FACTS);
    expect(title.length).toBeLessThanOrEqual(255);
    expect(summary.length).toBeLessThanOrEqual(MAX_CHECK_SUMMARY);
    for (const one of annotations) expect(one.title.length).toBeLessThanOrEqual(255);
    const long = createEvidence({ verdict: { reason: '👩‍👩‍👧‍👦'.repeat(300), outcome: 'fail', blocks: true } });
    expect(renderCheck(long, FACTS).title).toMatch(/👩‍👩‍👧‍👦…$/u);
  });
});

describe('annotations', () => {
  const annotate = (rules: Parameters<typeof createRule>[0][], verdict = {}) =>
    renderCheck(createEvidence({ verdict: { rules: rules.map(createRule), ...verdict } }), FACTS).annotations;

  test('stand on the line that asked for what failed, errors first', () => {
    const found = annotate([
      { id: 'soft', level: 'warn', outcome: 'fail', reason: 'Too low.' },
      { id: 'hard', outcome: 'cannot-measure', reason: 'No scores.' },
    ]);
    expect(found).toEqual([
      {
        path: 'modelgate.yml',
        start_line: 38,
        end_line: 38,
        annotation_level: 'failure',
        title: 'Rule hard',
        message: 'No scores.',
      },
      {
        path: 'modelgate.yml',
        start_line: 38,
        end_line: 38,
        annotation_level: 'warning',
        title: 'Rule soft',
        message: 'Too low.',
      },
    ]);
  });

  test('say that a line is the base’s where the change has another configuration', () => {
    const [one] = annotate([{ outcome: 'fail', reason: 'Too low.' }], createJudging());
    expect(one?.message).toBe('Too low. (The line is that of the base’s version of the file.)');
  });

  test.each(['/etc/passwd', '../other.yml', 'a\\b', 'C:/x.yml', ''])(
    'leave out a path outside the repository: %j',
    (file) => {
      expect(annotate([{ outcome: 'fail', place: { file, line: 1, column: 1 } }])).toEqual([]);
    },
  );

  test('are at most a hundred', () => {
    expect(annotate(Array.from({ length: 150 }, () => ({ outcome: 'fail' as const })))).toHaveLength(100);
  });
});

describe('the check to require', () => {
  const pass = { model: 'penguins', judged: createPassing() };
  const fail = { model: 'penguins', judged: createFailingEvidence() };
  const observed = { model: 'penguins', judged: createFirstRun() };
  const cancelled = { model: 'penguins', judged: CANCELLED_REFUSAL };

  test.each([
    [[], 'failure', 'No model was judged'],
    [[pass], 'success', 'The model may merge'],
    [[fail], 'failure', 'The model may not merge'],
    [[observed], 'neutral', 'Observed only'],
    [[pass, pass], 'success', 'All 2 models may merge'],
    [[pass, observed], 'neutral', '1 of 2 models may merge, 1 only observed'],
    [[pass, cancelled, observed], 'cancelled', '1 of 3 models may merge, 1 only observed'],
    [[cancelled, fail, pass], 'failure', '1 of 3 models may merge'],
    [[pass, { model: 'whales', judged: createPassing() }], 'failure', '1 of 2 models may merge'],
    [[pass, { model: 'whales', judged: {} }], 'failure', '1 of 2 models may merge'],
  ])('is as bad as the worst model: %#', (models, conclusion, title) => {
    expect(renderAggregateCheck(models, FACTS)).toMatchObject({ conclusion, title, annotations: [] });
  });

  test('lists the models, the worst first, each with its reason', () => {
    const { summary } = renderAggregateCheck([pass, fail, cancelled], FACTS);
    const rows = summary.split('\n').filter((line) => line.startsWith('| **'));
    expect(rows).toEqual([
      '| **penguins** | ❌ fail | The model may not merge. 2 rules fail, 1 cannot be measured, and the control card fails. |',
      '| **penguins** | 🚫 cannot measure | The run was cancelled. It ended before anything could be judged. |',
      '| **penguins** | ✅ pass | The model may merge. All 5 rules and 2 controls pass. |',
    ]);
  });

  test('fits, also for a matrix of 256 models with much to say', () => {
    const judged = createEvidence({ verdict: { outcome: 'fail', blocks: true, reason: HOSTILE.repeat(3) } });
    const { summary } = renderAggregateCheck(
      Array.from({ length: 256 }, () => ({ model: 'penguins', judged })),
      FACTS,
    );
    expect(summary.length).toBeLessThanOrEqual(MAX_CHECK_SUMMARY);
    expect(summary).toMatch(/\d+ more models: each has a check of its own\./);
  });
});
