import type { Config } from '../../src/config/schema/modelgate.ts';
import { computeDigest } from '../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../src/evidence/document.ts';
import type { Kind } from '../../src/evidence/schema/envelope.ts';
import type { RuleResult } from '../../src/evidence/schema/verdict.ts';
import { decideVerdict, type VerdictParts } from '../../src/gate/verdict.ts';
import { createData, createEvaluation, createPrediction, createRule, createTraining } from '../support/evidence.ts';
import { createConfig } from './evaluations.ts';

/** A configuration with every stage. */
export const CONFIG: Config = createConfig([{ id: 'good-enough', metric: 'accuracy', min: 0.9 }], {
  data: { test: { path: 'data/test.csv' } } as never,
  train: { run: 'python3 train.py', outputs: { model: 'out/model.json' } },
  evaluate: {
    run: 'python3 predict.py',
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted' },
    labels: { path: 'data/test.csv', id: 'id', label: 'species' },
    metrics: ['accuracy'],
  },
});

/** The digests of some documents of a run, as parents name them. */
export function link(documents: EvidenceSet, kinds: readonly Kind[]) {
  return kinds.flatMap((kind) => {
    const document = documents[kind];
    return document ? [{ kind, sha256: computeDigest(document) }] : [];
  });
}

/** A whole run that passed: every document built on those before it. Overrides replace documents before linking. */
export function createRun(overrides: EvidenceSet = {}): Required<Omit<EvidenceSet, 'verdict'>> {
  const data = overrides.data ?? createData();
  const training = overrides.training ?? createTraining();
  const prediction = overrides.prediction ?? createPrediction({ parents: link({ training }, ['training']) });
  const parents = link({ data, training, prediction }, ['data', 'training', 'prediction']);
  const evaluation = overrides.evaluation ?? createEvaluation({ parents });
  return { data, training, prediction, evaluation };
}

function digest(evidence: EvidenceSet): VerdictParts['digests'] {
  return Object.fromEntries(Object.values(evidence).map((document) => [document.kind, computeDigest(document)]));
}

/** A rule that passed. */
export const RULE: RuleResult = createRule({ id: 'good-enough' });

/** The verdict on a run; of one that passed where nothing else is said. */
export function judge(overrides: Partial<VerdictParts> = {}) {
  const evidence = overrides.evidence ?? createRun();
  const subject = createData().subject;
  return decideVerdict({
    config: CONFIG,
    present: { model: 'penguins', commit: subject.commit, config: subject.config },
    evidence,
    digests: digest(evidence),
    rules: [RULE],
    controls: [],
    waivers: [],
    baselines: [],
    budget: null,
    ...overrides,
  });
}

/** The configuration with other gates. */
export function gates(more: Partial<NonNullable<Config['gates']>>): Config {
  return { ...CONFIG, gates: { rules: CONFIG.gates?.rules ?? [], ...more } };
}
