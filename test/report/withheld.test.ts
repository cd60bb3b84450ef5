import { describe, expect, test } from 'vitest';
import { computeAnnotations } from '../../src/actions/annotations.ts';
import { computeOutputs } from '../../src/actions/outputs.ts';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import { sealEvidence } from '../../src/pipeline/sealing.ts';
import { renderCheck } from '../../src/report/check.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { Reveal } from '../../src/report/reveal.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { createMetric } from '../support/evidence.ts';
import { createMeasured } from './measured-evidence.ts';
import { createFacts } from './pull-requests.ts';

/** A number that stands nowhere but in what the test set gave, and the value of a row or of a slice. */
const [NUMBER, VALUE] = ['7919', 'Zanzibar'];
/** What comes from the test set, by the names of the fields that hold it. */
const NUMBERS = new Set(
  'value n low high candidate baseline difference rowsNeeded count rows disagreements missingPredictions'.split(' '),
);
const TEXTS = new Set(['slice', 'label', 'column', 'positive']);

/** Puts the number and the value wherever an evaluation or a verdict may hold one. */
function plant<T>(value: T, key = ''): T {
  if (typeof value === 'number') return (NUMBERS.has(key) ? Number(NUMBER) : value) as T;
  if (typeof value === 'string')
    return (key === 'reason' ? `${NUMBER} of ${VALUE}` : TEXTS.has(key) ? VALUE : value) as T;
  if (Array.isArray(value)) {
    if (key === 'ids') return [VALUE] as T;
    return value.map((one) => (typeof one === 'number' ? Number(NUMBER) : plant(one))) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plant(entry, name)])) as T;
}

function createPlanted(reveal: Reveal): EvidenceSet {
  const { evaluation, verdict, ...rest } = createMeasured();
  if (!evaluation || !verdict) throw new Error('there is no verdict to plant in');
  const { metrics, join, confusion, curves, reason } = evaluation;
  const { rules, stages, comparisons = [] } = verdict;
  const metricRule = { ...verdict.controls[0], kind: 'metric' as const, reason: `${NUMBER}`, outcome: 'fail' as const };
  const planted = { metrics, join, confusion, curves: curves ?? [], reason };
  const own = { ...evaluation, ...plant(planted), reveal };
  return {
    ...rest,
    evaluation: own,
    verdict: {
      ...verdict,
      reveal,
      reason: `The rule fails: ${NUMBER}.`,
      parents: [{ kind: 'evaluation', sha256: computeDigest(own) }],
      rules: plant(rules),
      stages: stages.map((stage) => (stage.stage === 'evaluation' ? plant(stage) : stage)),
      controls: [...verdict.controls, { id: 'x', text: 'x', evidence: null, waived: false, ...metricRule }],
      comparisons: comparisons.map((one) => ({ ...plant(one), baseline: one.baseline })),
      proposedTestSet: {
        testSet: null,
        outcome: 'fail',
        reason: `${NUMBER}`,
        metrics: [createMetric({ value: Number(NUMBER) })],
      },
    },
  };
}

/** Everything that leaves the machine: reports, log, annotations, outputs, and the documents themselves. */
async function listShown(evidence: EvidenceSet): Promise<Record<string, string>> {
  const facts = createFacts({ headSha: evidence.verdict?.subject.commit ?? '' });
  return {
    markdown: renderMarkdown(evidence),
    terminal: renderTerminal(evidence, { color: false, width: 200 }),
    html: await renderHtml(evidence),
    comment: renderComment(evidence, facts).body,
    check: JSON.stringify(renderCheck(evidence, facts)),
    annotations: JSON.stringify(computeAnnotations(evidence)),
    outputs: JSON.stringify(computeOutputs(evidence, 'fail')),
    documents: JSON.stringify(sealEvidence(evidence)),
  };
}

/** Digests may hold any digits. */
function findPlanted(text: string): string[] {
  const plain = text.replaceAll(/sha256:[0-9a-f]{64}|\b[0-9a-f]{9,40}\b/g, '');
  return [NUMBER, '7,919', '7.919', VALUE].filter((part) => plain.includes(part));
}

describe('under `reveal: verdict` no number and no value of the test set is in', () => {
  const parts = ['markdown', 'terminal', 'html', 'comment', 'check', 'annotations', 'outputs', 'documents'];
  test.each(parts)('%s', async (part) => {
    const shown = await listShown(createPlanted('verdict'));
    expect(findPlanted(shown[part] ?? NUMBER)).toEqual([]);
  });

  test('and what was planted would be found', async () => {
    const shown = await listShown(createPlanted('rows'));
    for (const part of parts) expect(findPlanted(shown[part] ?? ''), part).not.toEqual([]);
  });
});

describe('the evidence that leaves the machine', () => {
  test('holds together by digest without its numbers, and says so again when it is sealed twice', () => {
    const sealed = sealEvidence(createPlanted('verdict'));
    const { evaluation, verdict } = sealed;
    expect(evaluation).toMatchObject({
      metrics: [],
      confusion: null,
      join: null,
      operatingPoint: { threshold: 0.4213 },
    });
    expect(evaluation?.curves).toBeUndefined();
    expect(verdict?.comparisons).toBeUndefined();
    expect(verdict?.parents).toEqual([{ kind: 'evaluation', sha256: evaluation && computeDigest(evaluation) }]);
    expect(sealEvidence(sealed)).toEqual(sealed);
  });

  test.each(['metrics', 'rows'] as const)('is left as it is under `reveal: %s`', (reveal) => {
    const evidence = createPlanted(reveal);
    expect(sealEvidence(evidence)).toBe(evidence);
  });
});

test('under `reveal: metrics` the numbers of what changed are told, and no id of a row', async () => {
  const { verdict, evaluation, ...rest } = createMeasured();
  const evidence = {
    ...rest,
    ...(evaluation && { evaluation: { ...evaluation, reveal: 'metrics' as const } }),
    ...(verdict && { verdict: { ...verdict, reveal: 'metrics' as const } }),
  };
  const text = [renderMarkdown(evidence), await renderHtml(evidence)].join('\n');
  expect(text).toContain('3 rows newly broken');
  expect(text).not.toMatch(/p017|Changed rows|Newly broken/);
});
