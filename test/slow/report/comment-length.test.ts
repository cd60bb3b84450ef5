import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import type { Comparison } from '../../../src/evidence/schema/verdict.ts';
import { MAX_CHECK_SUMMARY, renderCheck } from '../../../src/report/check.ts';
import { MAX_COMMENT, renderComment } from '../../../src/report/comment.ts';
import { createMeasuredEvaluation } from '../../report/measured-evidence.ts';
import { createFacts } from '../../report/pull-requests.ts';
import {
  createCase,
  createData,
  createDataset,
  createEvidence,
  createFinding,
  createMetric,
  createRule,
} from '../../support/evidence.ts';

/** A run with so many rows of each kind, all of this text. */
function createLong(rows: number, text: string): EvidenceSet {
  const many = <T>(create: (index: number) => T): T[] => Array.from({ length: rows }, (_, index) => create(index));
  const bounds = { low: 0, high: 1, confidence: 0.95, error: 0.05, method: text };
  const moved = { metric: text, column: text, value: text, n: 1, difference: 1, withinNoise: true };
  const ids = { count: 1000, ids: Array.from({ length: 100 }, () => text.slice(0, 200)) };
  const { join, operatingPoint } = createMeasuredEvaluation();
  const finding = () => createFinding({ rule: text, column: text, outcome: 'fail', reason: text });
  return createEvidence({
    data: createData({ outcome: 'fail', datasets: [createDataset({ findings: many(finding) })] }),
    evaluation: {
      metrics: [
        ...many((index) => createMetric({ name: `${index} ${text}`, source: 'reported' })),
        ...many((index) => createMetric({ slice: { column: text, value: `${index} ${text}` } })),
        ...many((index) => createMetric({ name: 'recall', positive: `${index} ${text}` })).slice(0, 20),
      ],
      join: join && { ...join, unseenLabels: many(() => ({ label: text, rows: 1 })).slice(0, 100) },
      ...(operatingPoint && { operatingPoint: { ...operatingPoint, positive: text, chosenBy: text } }),
    },
    verdict: {
      outcome: 'fail',
      blocks: true,
      reason: text,
      rules: many((index) =>
        createRule({
          id: `rule-${index}`,
          text,
          outcome: 'fail',
          reason: text,
          cases: [createCase({ outcome: 'fail', reason: text, slice: text, ...(index < 20 && { bounds }) })],
        }),
      ),
      comparisons: many((index): Comparison => {
        const known = { baseline: `${index} ${text}`, rows: 9, disagreements: 9, broken: ids, fixed: ids, moved };
        return index % 2 === 0 ? known : { ...known, reason: text };
      }).slice(0, 20),
      ruleChanges: many((index) => ({ id: `${index}`, change: 'loosened', before: text, after: text })),
      baselines: many((index) => ({ name: `${index}`, state: 'found', text, commit: null, testSet: null })),
    },
  });
}

/** Every tag that opens closes, and no line of a table, entity or escape is cut in two. */
function expectWhole(body: string): void {
  for (const tag of ['details', 'summary', 'sub']) {
    expect(body.match(new RegExp(`<${tag}>`, 'g'))?.length ?? 0).toBe(
      body.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0,
    );
  }
  for (const line of body.split('\n').filter((one) => one.startsWith('|'))) expect(line).toMatch(/ \|$/);
  expect((body.match(/^```/gm) ?? []).length % 2).toBe(0);
  expect(body).not.toMatch(/&(?!(?:amp|lt|gt|quot|#8203|#39);)/);
  expect(body).not.toMatch(/\p{Cs}/u);
}

const TEXTS = {
  plain: 'a reason of some words',
  markup: '@|<&*'.repeat(80),
  korean: '펭귄 '.repeat(130),
  family: '👩‍👩‍👧‍👦'.repeat(400),
  marks: `a${'\u0301'.repeat(40)}`.repeat(400),
};

describe.each(Object.entries(TEXTS))('a run with too much to say: %s', (_, text) => {
  test.each([3, 40, 150])('%s rows of each kind fit into a comment and into a check', (rows) => {
    const evidence = createLong(rows, text);
    const { body, cut } = renderComment(evidence, createFacts());
    expect(body.length).toBeLessThanOrEqual(MAX_COMMENT);
    expect([...body].length).toBeLessThanOrEqual(MAX_COMMENT);
    expectWhole(body);
    expect(body).toContain('penguins: fail');
    if (cut.length > 0) {
      expect(body).toContain('**Left out here**');
      expect(body).toContain('The full report is in the job’s summary and the artifact modelgate-judged.');
    }
    expect(renderCheck(evidence, createFacts()).summary.length).toBeLessThanOrEqual(MAX_CHECK_SUMMARY);
  });
});

test('the least important sections go first, and only as many as must', () => {
  const { body, cut } = renderComment(createLong(180, 'a reason of some words'), createFacts());
  expect(cut.slice(0, 2)).toEqual(['Training and prediction', 'Data sets and contracts']);
  expect(body).toContain('Training and prediction, Data sets and contracts');
  expect(body).not.toContain('<summary>Training and prediction');
});

test('rows of the first screen are cut when nothing folded is left, and counted', () => {
  const { body, cut } = renderComment(createLong(400, TEXTS.markup), createFacts());
  expect(cut.join()).toMatch(/\d+ more things that did not pass/);
  expect(body).toContain('**rule-0**');
  expect(body).not.toContain('<details>');
});

test('a text that just fits is left alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), (rows) => {
      const { body, cut } = renderComment(createLong(rows, 'word'), createFacts());
      expect(body.length).toBeLessThanOrEqual(MAX_COMMENT);
      expect(cut.length > 0).toBe(body.includes('**Left out here**'));
    }),
    { numRuns: 12 },
  );
});

test('a comment that is too long reads as its golden file', async () => {
  const { body } = renderComment(createLong(900, '펭귄 🐧 a|b '.repeat(2)), createFacts());
  const lines = body
    .split('\n')
    .map((line) => (line.startsWith('| ') || line.startsWith('- ') || line.startsWith('  ') ? '' : line));
  await expect(`${lines.filter((line) => line !== '').join('\n')}\n`).toMatchFileSnapshot('golden/comment/too-long.md');
});
