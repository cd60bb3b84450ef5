import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderTerminal } from '../../src/report/terminal.ts';
import { createEvidence, createMetric } from '../support/evidence.ts';
import { createFailingEvidence } from '../support/failing-evidence.ts';
import { createFirstRun, createHostile, createUnmeasured } from './evidence-variants.ts';
import { createMeasured } from './measured-evidence.ts';

const PLAIN = { color: false, width: 100 };

test.each([
  ['pass', createEvidence()],
  ['fail', createFailingEvidence()],
  ['cannot-measure', createUnmeasured()],
  ['first-run', createFirstRun()],
  ['measured', createMeasured()],
  ['nothing', {}],
])('reads as its golden file: %s', async (name, evidence) => {
  await expect(renderTerminal(evidence, PLAIN)).toMatchFileSnapshot(`golden/${name}.txt`);
});

test('no control character of a user’s reaches the terminal', () => {
  expect(renderTerminal(createHostile(), PLAIN)).not.toMatch(/[\u202a-\u202e]|[^\P{Cc}\n]/u);
});

test('with colours, only our own colour codes do', () => {
  const text = renderTerminal(createHostile(), { color: true, width: 100 });
  expect(text).toContain('\u001b[31m');
  const [, ...codes] = text.split('\u001b');
  for (const code of codes) expect(code).toMatch(/^\[\d{1,2}m/);
});

test('without colours there is not a single escape', () => {
  expect(renderTerminal(createFailingEvidence(), PLAIN)).not.toContain('\u001b');
});

describe('width', () => {
  test.each([60, 80, 100, 140])('no line is wider than a terminal of %s columns', (width) => {
    const shown = [createFailingEvidence(), createMeasured()];
    const lines = shown.flatMap((one) => renderTerminal(one, { color: false, width }).split('\n'));
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test('columns stand under their headings, also below wide characters', () => {
    const metrics = [createMetric(), createMetric({ name: 'ペンギン 🐧', source: 'reported', value: 0.5 })];
    const lines = renderTerminal(createEvidence({ evaluation: { metrics } }), PLAIN).split('\n');
    const ends = ['0.9652', '0.5000'].map((number) => {
      const line = lines.find((text) => text.includes(number) && text.includes(' – ')) ?? '';
      return stringWidth(line.slice(0, line.indexOf(number)));
    });
    expect(ends[0]).toBe(ends[1]);
  });
});
