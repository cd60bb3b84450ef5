import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { createData, createEvaluation, createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createHostile, createUnmeasured } from './evidence-variants.ts';
import { createMeasured } from './measured-evidence.ts';

describe('the whole report', () => {
  const failing = createFailingEvidence();
  const cases = {
    pass: createEvidence(),
    fail: createFailingEvidence(),
    'cannot-measure': createUnmeasured(),
    'first-run': createFirstRun(),
    'verdict-only': createEvidence({
      data: undefined,
      training: undefined,
      prediction: undefined,
      evaluation: undefined,
    }),
    'data-only': { data: createData() },
    nothing: {},
    withheld: createEvidence({ ...failing, verdict: { ...failing.verdict, reveal: 'verdict' } }),
    measured: createMeasured(),
    hostile: createHostile(),
  };
  test.each(Object.entries(cases))('reads as its golden file: %s', async (name, evidence) => {
    await expect(renderMarkdown(evidence)).toMatchFileSnapshot(`golden/${name}.md`);
  });
});

test('the same evidence gives the same bytes', () => {
  expect(renderMarkdown(createFailingEvidence())).toBe(renderMarkdown(createFailingEvidence()));
});

test('the verdict, its reason and what blocks come before the metrics', () => {
  const text = renderMarkdown(createFailingEvidence());
  const places = ['penguins: fail', 'may not merge', '**good-enough**', '**calibrated**', '### Metrics'].map((part) =>
    text.indexOf(part),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test('a verdict that does not block says that it observes', () => {
  expect(renderMarkdown(createFirstRun())).toContain('mode observe: rules report and do not block');
});

test('a waiver is shown with reason, approver and expiry, also when it does not hold', () => {
  const text = renderMarkdown(createFailingEvidence());
  expect(text).toContain('**card** is **not** waived; asked until 2026-11-01: The card is being rewritten');
  expect(text).toContain('approved by ines');
});

test('a table of many slices is cut, and says so', () => {
  const metrics = Array.from({ length: 400 }, (_, index) =>
    createMetric({ slice: { column: 'station', value: `s${index}` } }),
  );
  const text = renderMarkdown(
    createEvidence({ evaluation: { metrics: [createMetric(), ...metrics] }, verdict: { rules: [] } }),
  );
  expect(text).toContain('300 more rows in the evidence.');
  expect(text.length).toBeLessThan(65_536);
});

test('evidence of another run beside the verdict is called out', () => {
  const set = createEvidence();
  const text = renderMarkdown({ ...set, evaluation: createEvaluation({ reason: 'Another run.' }) });
  expect(text).toContain('The verdict evidence was built on other evaluation evidence than the one shown here');
});

test('numbers that the candidate could have made up are marked', () => {
  expect(renderMarkdown(createEvidence({ evaluation: { selfReported: true } }))).toContain('self-reported');
  const reported = createMetric({ name: 'energy', source: 'reported' });
  expect(renderMarkdown(createEvidence({ evaluation: { metrics: [reported] } }))).toContain(
    'reported by the user’s script',
  );
});

test('no text of a user’s becomes HTML, a comment, a mention, a reference, a link, code or a second line', () => {
  const text = renderMarkdown(createHostile()).replace(/^```mermaid\n[\s\S]*?^```$/gm, '');
  const ours = /<\/?(?:details|summary|sub|br)>/g;
  expect(text.replace(ours, '')).not.toMatch(/<[a-z!/]/i);
  const broken = text.replaceAll('&#8203;', '\u200B');
  expect(broken).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\.|:tada:|(?<!\\)`|(?<!\\)\]\(/);
  expect(text).not.toMatch(/[\u202a-\u202e]|[^\P{Cc}\n]/u);
  expect(text).not.toMatch(/^# two/m);
});

test('every table row has as many cells as its heading, whatever the cells hold', () => {
  const lines = renderMarkdown(createHostile()).split('\n');
  const widths = lines.map((line) => (line.startsWith('| ') ? line.replace(/\\\|/g, '').split('|').length : 0));
  widths.forEach((width, index) => {
    const above = widths[index - 1] ?? 0;
    if (width > 0 && above > 0) expect(width).toBe(above);
  });
});
