import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { decideReveal, type Reveal, redactEvidence } from '../../src/report/reveal.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { createData, createEvaluation, createEvidence, createVerdict, fakeDigest } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';

/** A failing run whose test set has broken rows, too. */
function createRevealed(reveal: Reveal): EvidenceSet {
  const set = createFailingEvidence();
  const finding = {
    rule: 'range',
    outcome: 'fail' as const,
    count: 1,
    share: 1 / 115,
    reason: 'One row is out of range.',
  };
  const examples = [{ row: 7, line: 8, value: 'secret-test-value' }];
  const data = createData();
  return createEvidence({
    data: {
      ...data,
      datasets: data.datasets.map((dataset) => ({
        ...dataset,
        findings: [{ ...finding, examples: dataset.name === 'test' ? examples : [{ row: 1, value: 'train-value' }] }],
      })),
      checks: [{ text: 'no overlap', ...finding, examples: [{ value: 'secret-shared-id' }] }],
    },
    evaluation: { ...set.evaluation, reveal },
    verdict: { ...set.verdict, reveal },
  });
}

async function renderAll(evidence: EvidenceSet): Promise<string> {
  const terminal = renderTerminal(evidence, { color: false, width: 120 });
  return [renderMarkdown(evidence), terminal, await renderHtml(evidence)].join('\n');
}

test('rows shows everything', async () => {
  const text = await renderAll(createRevealed('rows'));
  for (const part of ['0.8783', 'secret-test-value', 'secret-shared-id', 'train-value']) expect(text).toContain(part);
});

test('metrics shows numbers, and no row of the test set', async () => {
  const text = await renderAll(createRevealed('metrics'));
  expect(text).toContain('0.8783');
  expect(text).toContain('train-value');
  expect(text).not.toContain('secret');
});

describe('verdict', () => {
  test('shows outcomes, and no number of the test set anywhere', async () => {
    const text = await renderAll(createRevealed('verdict'));
    expect(text).toContain('good-enough');
    expect(text).toContain('withholds every number');
    for (const number of ['0.8783', '0.9739', '0.0957', '0.806', '0.7222', '115 of 115', 'secret']) {
      expect(text).not.toContain(number);
    }
  });

  test('takes numbers out of the evidence itself', () => {
    const { evaluation, verdict } = redactEvidence(createRevealed('verdict'));
    expect(evaluation).toMatchObject({ metrics: [], confusion: null, join: null });
    expect(verdict?.rules.length).toBeGreaterThan(0);
    for (const { reason } of verdict?.rules ?? []) expect(reason).not.toMatch(/\d/);
  });

  test('names no value of a slice: it is a value of the test set', () => {
    const whole = createRevealed('verdict');
    const slices = whole.verdict?.rules.flatMap(({ cases }) => cases.flatMap(({ slice }) => slice ?? [])) ?? [];
    expect(slices.length).toBeGreaterThan(0);
    const redacted = redactEvidence(whole).verdict;
    expect(redacted?.rules.flatMap(({ cases }) => cases)).toEqual([]);
    for (const slice of slices) expect(redacted?.rules.map(({ reason }) => reason).join()).not.toContain(slice);
  });

  test('withholds a reason that lists the classes of the labels', () => {
    const reason = 'No predicted class is a class of the labels: predicted `x`; labels `Adelie`, `Gentoo`.';
    const set = createEvidence({ evaluation: { reveal: 'verdict', reason } });
    expect(redactEvidence(set).evaluation?.reason).not.toContain('Adelie');
  });

  test.each([
    'the group `hiv-positive` of `diagnosis` has no row that is predicted as `yes`',
    "Could not convert string 'Adelie' to a number",
    'the value “north” has no rows',
    'production: Adelie is rare',
    'one group has no rows',
    'Größe Gentoo',
  ])('withholds the reason: %s', (reason) => {
    const set = createEvidence({ evaluation: { reveal: 'verdict', reason, outcome: 'cannot-measure' } });
    expect(redactEvidence(set).evaluation?.reason).toBe('It could not be measured; the details are withheld.');
  });

  test('keeps a reason that tells no number', () => {
    const reason = 'The predictions are not there.';
    const set = createEvidence({ evaluation: { reveal: 'verdict', reason } });
    expect(redactEvidence(set).evaluation?.reason).toBe(reason);
  });
});

describe('how much may be shown', () => {
  test('the stricter of two documents decides', () => {
    const evaluation = createEvaluation({ reveal: 'verdict' });
    expect(decideReveal({ evaluation, verdict: createVerdict({ reveal: 'rows' }) })).toBe('verdict');
    expect(decideReveal({ evaluation: createEvaluation(), verdict: createVerdict({ reveal: 'metrics' }) })).toBe(
      'metrics',
    );
  });

  test('data evidence alone is shown as it is: the data stage wrote down no more than `reveal` allows', () => {
    const { data } = createRevealed('rows');
    expect(data && redactEvidence({ data })).toEqual({ data });
  });

  test('a data set that has the bytes or the path of the test set is the test set', () => {
    const set = createRevealed('metrics');
    const renamed = createEvaluation({
      reveal: 'metrics',
      testSet: { path: 'other.csv', sha256: fakeDigest('data/test.csv'), size: 1 },
    });
    expect(JSON.stringify(redactEvidence({ ...set, evaluation: renamed }))).not.toContain('secret');
  });
});
