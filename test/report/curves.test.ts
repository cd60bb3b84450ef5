import { describe, expect, test } from 'vitest';
import type { TrainingEvidence } from '../../src/evidence/schema/training.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { createEvidence } from '../support/evidence.ts';
import { HOSTILE } from './evidence-variants.ts';

/** The charts in the report of a training history. */
function listCharts(history: TrainingEvidence['history']): string[] {
  const text = renderMarkdown(createEvidence({ training: { history } }));
  return [...text.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(([, chart]) => chart ?? '');
}

function createHistory(points: number, values: (step: number) => Record<string, number>): TrainingEvidence['history'] {
  return Array.from({ length: points }, (_, index) => ({ step: index + 1, ...values(index + 1) }));
}

test('train and validation share a chart, whose title says which line is which', () => {
  const [chart] = listCharts(createHistory(3, (step) => ({ loss: 1 / step, val_loss: 2 / step })));
  expect(chart?.split('\n')).toEqual([
    '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#2f6fd0, #d9731a"}}}}%%',
    'xychart-beta',
    '  title "loss (blue), val_loss (orange)"',
    '  x-axis "step" ["1", "2", "3"]',
    '  y-axis "value" 0.3333 --> 2.0000',
    '  line [1.0000, 0.5000, 0.3333]',
    '  line [2.0000, 1.0000, 0.6667]',
  ]);
});

test('a long line is thinned to 24 points with its ends among them, and the report says so', () => {
  const history = createHistory(512, (step) => ({ loss: step }));
  const [chart = ''] = listCharts(history);
  const points = /line \[(.*)\]/.exec(chart)?.[1]?.split(', ').map(Number) ?? [];
  expect(points.length).toBeLessThanOrEqual(24);
  expect(points.length).toBeGreaterThan(15);
  expect([points[0], points.at(-1)]).toEqual([1, 512]);
  expect(renderMarkdown(createEvidence({ training: { history } }))).toContain('at most 24 of its points');
});

test('labels of large steps leave each other room', () => {
  const history = createHistory(24, (step) => ({ loss: step })).map((point) => ({
    ...point,
    step: (point.step ?? 0) * 1e6,
  }));
  const labels = /x-axis "step" \[(.*)\]/.exec(listCharts(history)[0] ?? '')?.[1]?.split(', ') ?? [];
  expect(labels.length).toBeLessThan(10);
});

test('a line without any change has an axis, and tiny numbers keep their shape', () => {
  const [flat = ''] = listCharts(createHistory(2, () => ({ loss: 0.5 })));
  expect(flat).toContain('y-axis "value" 0.40000 --> 0.60000');
  const [tiny = ''] = listCharts(createHistory(3, (step) => ({ rate: step * 1e-7 })));
  expect(tiny).toContain('line [0.00000010000, 0.00000020000, 0.00000030000]');
});

test.each([
  [
    'too large a number',
    [
      { step: 1, loss: 1e300 },
      { step: 2, loss: 1 },
    ],
  ],
  ['a single point', [{ step: 1, loss: 1 }]],
  ['no history', []],
])('what a chart cannot hold is left to the table: %s', (_, history) => {
  expect(listCharts(history)).toEqual([]);
});

test('lines over different steps have a chart each', () => {
  const history = [
    { step: 1, loss: 1 },
    { step: 2, loss: 2, val_loss: 3 },
    { step: 3, val_loss: 4 },
  ];
  expect(listCharts(history).map((chart) => /title "(.*)"/.exec(chart)?.[1])).toEqual(['loss', 'val_loss']);
});

test('at most four charts are drawn; the table has every line', () => {
  const history = createHistory(2, (step) => Object.fromEntries([...'abcdefgh'].map((name) => [name, step])));
  expect(listCharts(history)).toHaveLength(4);
  expect(renderMarkdown(createEvidence({ training: { history } }))).toContain('| h | 2 | 1.000 | 2.000 |');
});

describe('the name of a line', () => {
  test.each([
    HOSTILE,
    '"\nxychart-beta',
    '%%{init: {"securityLevel": "loose"}}%%',
    '```\n<!-- x -->',
    '#quot;; click a href "javascript:x"',
    ' ',
  ])('can end neither its quotes, nor the block, nor set anything: %j', (name) => {
    for (const chart of listCharts(createHistory(2, (step) => ({ [name]: step })))) {
      const title = /^ {2}title "([^"\n]*)"$/m.exec(chart)?.[1] ?? '';
      expect(title).toMatch(/^[\p{L}\p{M}\p{N} _./?…-]+$/u);
      expect(chart.split('\n')).toHaveLength(6);
    }
  });

  test.each(['손실', 'الخسارة', 'train/loss_2'])('stays readable: %s', (name) => {
    expect(listCharts(createHistory(2, (step) => ({ [name]: step })))[0]).toContain(`title "${name}"`);
  });
});
