import { computeDigest, computeSha256 } from '../../src/evidence/digest.ts';
import type { DocumentOf, EvidenceDocument } from '../../src/evidence/document.ts';
import type { DatasetEvidence, Finding } from '../../src/evidence/schema/data.ts';
import type { FileDigest, Kind } from '../../src/evidence/schema/envelope.ts';
import type { Metric } from '../../src/evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../../src/evidence/schema/verdict.ts';

/** The parts that evidence of penguins is made of: whole objects with overrides. */

const COMMIT = '4f2a9c1b7d3e8a60512fcd9e4b07a8c3d1e6f592';

/** A digest that is made from a text, so that equal names have equal digests. */
export function fakeDigest(text: string): string {
  return computeSha256(text);
}

/** A file by a path; its digest is made from the path. */
export function createFile(path: string, size = 4096): FileDigest {
  return { path, sha256: fakeDigest(path), size };
}

/** The envelope of a document that passes, begun at a minute after nine and built on its parents. */
export function createBase<K extends Kind>(
  kind: K,
  minute: number,
  parents: readonly (EvidenceDocument | undefined)[],
) {
  const started = `2026-11-22T09:${String(minute).padStart(2, '0')}:00.000Z`;
  return {
    kind,
    schemaVersion: 1 as const,
    model: 'penguins',
    created: started.replace(':00.000', ':04.200'),
    timing: { started, seconds: 4.2 },
    tool: { name: 'modelgate', version: '0.1.0' },
    subject: {
      commit: COMMIT,
      dirty: false,
      config: fakeDigest('modelgate.yml'),
      modelFiles: [createFile('out/model.json', 18_733)],
    },
    parents: parents.flatMap((parent) => (parent ? [{ kind: parent.kind, sha256: computeDigest(parent) }] : [])),
    outcome: 'pass' as const,
  };
}

/** A check that passes unless the overrides say otherwise. */
export function createFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'required',
    outcome: 'pass',
    count: 0,
    share: 0,
    reason: 'No row breaks it.',
    examples: [],
    ...overrides,
  };
}

/** A data set of penguins with eight columns and as many passing checks. */
export function createDataset(overrides: Partial<DatasetEvidence> = {}): DatasetEvidence {
  const columns = [
    'id',
    'species',
    'island',
    'bill_length_mm',
    'bill_depth_mm',
    'flipper_length_mm',
    'body_mass_g',
    'sex',
  ];
  return {
    name: 'test',
    path: 'data/test.csv',
    format: 'csv',
    sha256: fakeDigest('data/test.csv'),
    size: 6021,
    rows: 115,
    columns,
    contract: { path: 'contracts/penguins.odcs.yaml', sha256: fakeDigest('contract') },
    findings: columns.map((column) => createFinding({ column })),
    ...overrides,
  };
}

/** A computed metric of all 115 rows. */
export function createMetric(overrides: Partial<Metric> = {}): Metric {
  return {
    name: 'accuracy',
    value: 111 / 115,
    n: 115,
    source: 'computed',
    interval: { low: 0.9139, high: 0.9864, level: 0.95, method: 'wilson' },
    ...overrides,
  };
}

/** A confusion matrix of these classes in which most rows are right. */
export function createConfusionOf(classes: readonly string[]): DocumentOf['evaluation']['confusion'] {
  return {
    classes: [...classes],
    counts: classes.map((_, truth) => classes.map((__, predicted) => (truth === predicted ? 20 : 1))),
  };
}

/** One decision: a pass of the whole test set unless the overrides say otherwise. */
export function createCase(overrides: Partial<RuleCase> = {}): RuleCase {
  return {
    outcome: 'pass',
    reason: 'Accuracy 0.9652 reaches 0.9.',
    n: 115,
    candidate: 111 / 115,
    baseline: null,
    difference: null,
    withinNoise: false,
    ...overrides,
  };
}

export function createRule(overrides: Partial<RuleResult> = {}): RuleResult {
  return {
    id: 'good-enough',
    text: 'accuracy at least 0.9',
    metric: 'accuracy',
    level: 'error',
    outcome: 'pass',
    reason: 'Accuracy 0.9652 reaches 0.9.',
    cases: [createCase({ allowed: { low: 0.9 } })],
    waived: false,
    place: { file: 'modelgate.yml', line: 38, column: 5 },
    ...overrides,
  };
}

/** Five rules that pass: absolute, relative, by slice, a warning, and one of a metric that should be low. */
export function createRules(): RuleResult[] {
  return [
    createRule(),
    createRule({
      id: 'no-worse',
      text: 'accuracy at most 0.05 below production',
      reason: 'Accuracy dropped by 0.0087; at most 0.05 is allowed.',
      cases: [
        createCase({
          baseline: 112 / 115,
          difference: -1 / 115,
          interval: { low: -0.0391, high: 0.0202, level: 0.95, method: 'tango' },
          allowed: { low: -0.05 },
          reason: 'Accuracy dropped by 0.0087; at most 0.05 is allowed.',
        }),
      ],
    }),
    createRule({
      id: 'both-sexes',
      text: 'accuracy at least 0.85 for every value of sex with 20 rows or more',
      reason: 'All 2 slices reach 0.85.',
      cases: [
        createCase({
          slice: 'female',
          n: 57,
          candidate: 55 / 57,
          allowed: { low: 0.85 },
          reason: '0.9649 reaches 0.85.',
        }),
        createCase({
          slice: 'male',
          n: 55,
          candidate: 53 / 55,
          allowed: { low: 0.85 },
          reason: '0.9636 reaches 0.85.',
        }),
      ],
    }),
    createRule({
      id: 'parity',
      text: 'demographic parity difference of Adelie by sex at most 0.2',
      metric: 'demographic-parity-difference',
      level: 'warn',
      reason: '0.0431 is at most 0.2.',
      cases: [createCase({ candidate: 0.0431, allowed: { high: 0.2 }, reason: '0.0431 is at most 0.2.' })],
    }),
    createRule({
      id: 'sure-enough',
      text: 'log-loss at most 0.2',
      metric: 'log-loss',
      reason: 'Log loss 0.1182 is at most 0.2.',
      cases: [createCase({ candidate: 0.11824, allowed: { high: 0.2 }, reason: 'Log loss 0.1182 is at most 0.2.' })],
    }),
  ];
}
