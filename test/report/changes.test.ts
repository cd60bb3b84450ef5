import { describe, expect, test } from 'vitest';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { PromiseChange } from '../../src/evidence/schema/verdict.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { type Reveal, redactEvidence } from '../../src/report/reveal.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { computeCost } from '../../src/report/view/cost.ts';
import { createEvidence, createTraining } from '../support/evidence.ts';
import { createBootstrap, createFacts, createLoosened, createPassing } from './pull-requests.ts';

async function renderAll(evidence: EvidenceSet): Promise<string[]> {
  const terminal = renderTerminal(evidence, { color: false, width: 160 });
  return [renderMarkdown(evidence), terminal, await renderHtml(evidence), renderComment(evidence, createFacts()).body];
}

test('every report says who judged, what is loosened, what is promised otherwise, and the changed test set', async () => {
  for (const text of await renderAll(createLoosened())) {
    for (const part of [
      /Judged by the rules of (?:main|the base) at 9c81f22d4/,
      /Changed rules: 1 removed, 1 loosened, 1 added, 1 tightened/,
      /accuracy at least 0\.8/,
      /count only after they are merged/,
      /Changed contracts and test sets: 1 loosened, 1 changed/,
      /at most 20%/,
      /The test set as this change has it/,
      /0\.9783/,
      /version of the base decides/,
    ]) {
      expect(text).toMatch(part);
    }
  }
});

test('every report is loud about a bootstrap', async () => {
  for (const text of await renderAll(createBootstrap())) expect(text).toMatch(/Bootstrap: .*approval is required/s);
});

test('the distance of a baseline is said', () => {
  expect(renderMarkdown(createPassing())).toContain('2 commits before the base');
});

test('a push says that it judged itself', () => {
  const { verdict } = createBootstrap();
  const judgedBy = verdict?.judgedBy && { ...verdict.judgedBy, bootstrap: false };
  const text = renderMarkdown(createEvidence({ verdict: judgedBy ? { judgedBy } : {} }));
  expect(text).toContain('Judged by its own rules, at 4f2a9c1b7');
  expect(text).not.toContain('Bootstrap');
});

describe('what a report may show of a changed test set', () => {
  const promises: PromiseChange[] = [
    { file: 'data/test.csv', subject: 'rows', change: 'changed', before: '4,115', after: '4092 rows' },
    { file: 'data/test.csv', subject: 'row secret-id', change: 'changed', before: 'secret-a', after: '17 secret-b' },
    { file: 'labels/unknown.parquet', subject: 'labels', change: 'changed', before: null, after: 'secret-c' },
    { file: 'contracts/a.yml', subject: 'sex', change: 'loosened', before: 'at most 5%', after: 'at most 20%' },
    { file: 'data/train.csv', subject: 'sex', change: 'changed', before: null, after: 'train-value' },
  ];
  const redact = (reveal: Reveal): EvidenceSet => {
    const set = createLoosened();
    return createEvidence({
      ...set,
      evaluation: { ...set.evaluation, reveal },
      verdict: { ...set.verdict, reveal, promiseChanges: promises },
    });
  };

  test('metrics: its counts and its metrics, and no value', async () => {
    const text = (await renderAll(redact('metrics'))).join('\n');
    expect(text).not.toContain('secret');
    for (const part of ['4,115', '4092 rows', '(withheld)', 'at most 20%', 'train-value', '0.9783']) {
      expect(text).toContain(part);
    }
  });

  test('verdict: that it changed, and no number', async () => {
    const text = (await renderAll(redact('verdict'))).join('\n');
    for (const part of ['secret', '4,115', '4092', '0.9783', '92 of 92']) expect(text).not.toContain(part);
    for (const part of ['data/test.csv', 'at most 20%', 'accuracy at least 0.8']) expect(text).toContain(part);
    expect(redactEvidence(redact('verdict')).verdict?.proposedTestSet).toMatchObject({
      outcome: 'pass',
      reason: 'It holds; the numbers are withheld.',
      metrics: [],
    });
  });
});

describe('cost', () => {
  const { machine } = createTraining();
  const gpu = { kind: 'cuda', name: 'T4', memory: 16 };

  test('GPU minutes are accelerators times seconds, of training and prediction', () => {
    const cost = computeCost(
      createEvidence({
        training: { machine: { ...machine, accelerators: [gpu, gpu] } },
        prediction: { machine: { ...machine, accelerators: [gpu] } },
      }),
    );
    // 2 × 187 s and 1 × 4.2 s, from the durations of the example.
    expect(cost?.gpuMinutes).toBeCloseTo((2 * 187 + 4.2) / 60);
    expect(cost?.rows.map(({ accelerators }) => accelerators)).toEqual(['', '2 × T4', 'T4', '', '']);
  });

  test('a stage that ran no command spent none, whatever the machine has', () => {
    const training = { command: null, machine: { ...machine, accelerators: [gpu] } };
    expect(computeCost(createEvidence({ training }))?.gpuMinutes).toBeUndefined();
  });

  test('without accelerators there is no word of them', () => {
    expect(renderMarkdown(createEvidence())).not.toContain('GPU minutes');
    expect(renderMarkdown(createPassing())).toContain('| Training | 3 min 7 s | 2 × NVIDIA H100 | 6.2 |');
  });
});
