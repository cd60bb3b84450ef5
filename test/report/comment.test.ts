import { describe, expect, test } from 'vitest';
import { renderMarker } from '../../src/report/comment/marker.ts';
import { MAX_COMMENT, renderComment } from '../../src/report/comment.ts';
import { CANCELLED_REFUSAL, DRAFT_REFUSAL, FORK_REFUSAL, refuseArtifact } from '../../src/report/refusals.ts';
import { createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createUnmeasured, HOSTILE } from './evidence-variants.ts';
import { createMeasured } from './measured-evidence.ts';
import { createBootstrap, createFacts, createLoosened, createPassing, createSmallHostile } from './pull-requests.ts';

/** Of the others the first screen is held: what is folded is the same. */
const WHOLE = new Set(['pass', 'draft', 'fork', 'cancelled']);

describe('the text', () => {
  const cases = {
    pass: [createPassing(), {}],
    'cannot-measure': [createUnmeasured(), {}],
    observe: [createFirstRun(), {}],
    bootstrap: [createBootstrap(), {}],
    loosened: [createLoosened(), {}],
    measured: [createMeasured(), {}],
    hostile: [createSmallHostile(HOSTILE), {}],
    draft: [DRAFT_REFUSAL, {}],
    fork: [FORK_REFUSAL, {}],
    cancelled: [CANCELLED_REFUSAL, {}],
  } as const;
  test.each(Object.entries(cases))('reads as its golden file: %s', async (name, [evidence, facts]) => {
    const { body } = renderComment(evidence, createFacts(facts));
    await expect(WHOLE.has(name) ? body : body.split('<details>')[0]).toMatchFileSnapshot(`golden/comment/${name}.md`);
  });
});

test.each(['x --> <b>', 'a--b', 'a\nb', '\ud800'])('no name of a model ends the marker: %j', (model) => {
  expect(renderMarker(model)).toMatch(/^<!-- modelgate:comment model=(?:(?!--)[\w%;-])+ -->$/);
});

describe('the first screen', () => {
  const { body } = renderComment(createLoosened(), createFacts());
  const [first = '', folded = ''] = [body.slice(0, body.indexOf('<details>')), body.slice(body.indexOf('<details>'))];

  test('has verdict, judge, changed rules, reasons, metrics, the worst slice, and what was found in the data', () => {
    const parts = [
      'penguins: fail',
      'Judged by the rules of main at 9c81f22d4',
      'Changed rules: 1 removed, 1 loosened, 1 added, 1 tightened',
      'They count only after they are merged',
      '**good-enough** (rule)',
      '### Metrics',
      'Weakest slice: island = Torgersen',
      '2 commits before the base',
      '### The test set as this change has it',
      'island: allowed values',
      'Changed contracts and test sets',
    ];
    const places = parts.map((part) => first.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('the rest is folded in its order', () => {
    expect([...folded.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, title]) => title)).toEqual([
      'Governance (1 of 2 controls pass)',
      'Rules (5)',
      'All slices (6)',
      'Confusion matrix',
      'Training curves',
      'Training and prediction',
      'Data sets and contracts',
      'Lineage',
      'Cost',
      'Test-set budget',
    ]);
  });

  test('rules that only rise are folded', () => {
    const set = createLoosened();
    const ruleChanges = set.verdict?.ruleChanges?.filter(({ change }) => change === 'tightened') ?? [];
    const risen = renderComment(createEvidence({ verdict: { ...set.verdict, ruleChanges } }), createFacts()).body;
    expect(risen.indexOf('Changed rules: 1 tightened')).toBeGreaterThan(risen.indexOf('<details>'));
  });

  test('a bootstrap is loud', () => {
    expect(renderComment(createBootstrap(), createFacts()).body).toContain(
      '> ⚠️ **Bootstrap: main has no modelgate.yml',
    );
  });
});

describe('nothing to judge', () => {
  test.each([
    ['a draft', DRAFT_REFUSAL, {}],
    ['a refused artifact', refuseArtifact('The archive holds a link.'), {}],
    ['no evidence', {}, {}],
    ['a verdict of another commit', createPassing(), { headSha: '0'.repeat(40) }],
    ['a verdict of another model', createPassing(), { model: 'whales' }],
  ])('reads as cannot measure, with what to do: %s', (_, evidence, facts) => {
    const { body } = renderComment(evidence, createFacts(facts));
    expect(body).toContain(`## ❓ ${facts && 'model' in facts ? facts.model : 'penguins'}: cannot measure`);
    expect(body).toContain('**What to do:** ');
    expect(body).not.toContain('✅');
  });
});

describe('the digest', () => {
  test('is the same for two runs that differ in links and times', () => {
    const timing = { started: '2027-01-01T00:00:00Z', seconds: 9 };
    const later = createEvidence({ verdict: { timing, created: timing.started } });
    const one = renderComment(createEvidence(), createFacts());
    const two = renderComment(later, createFacts({ links: {} }));
    expect(two.body).not.toBe(one.body);
    expect(two.digest).toBe(one.digest);
  });

  test('is another when a number is', () => {
    const changed = createEvidence({ evaluation: { metrics: [createMetric({ value: 0.5 })] } });
    expect(renderComment(changed, createFacts()).digest).not.toBe(
      renderComment(createEvidence(), createFacts()).digest,
    );
  });
});

test('an address that is not plain is not linked', () => {
  const links = { run: 'https://github.com/a/b) [x](javascript:y', report: 'the *summary*' };
  const { body } = renderComment(createFailingEvidence(), createFacts({ links }));
  expect(body).not.toContain('javascript');
  expect(body).toContain('the \\*summary\\*');
  expect(body.length).toBeLessThan(MAX_COMMENT);
});
