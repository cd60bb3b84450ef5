import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import type { Measurements } from '../../src/evaluation/samples.ts';
import type { EvaluationEvidence, Metric } from '../../src/evidence/schema/evaluation.ts';
import type { RuleCase, RuleResult } from '../../src/evidence/schema/verdict.ts';
import type { BaselineLookup } from '../../src/gate/baseline.ts';
import { decideRules } from '../../src/gate/rules.ts';
import { createEvaluation, createFile, createMetric, fakeDigest } from '../support/evidence.ts';
import { finish } from './steps.ts';

/** Every place is the first line; places are the parser's to test. */
export const locate = () => ({ file: 'modelgate.yml', line: 1, column: 1 });

export function createConfig(rules: readonly Rule[], more: Partial<Config> = {}): Config {
  return {
    version: 1,
    model: 'penguins',
    task: 'multiclass-classification',
    evaluate: {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted' },
      labels: { path: 'data/test.csv', id: 'id', label: 'species' },
      metrics: ['accuracy'],
    },
    gates: { rules: [...rules] },
    ...more,
  };
}

export type Number_ = Partial<Metric> & { readonly value: number | null };

/** An evaluation of 100 rows with these metrics; accuracy unless they say otherwise. All are measured alike. */
export function evaluate(metrics: readonly Number_[], more: Partial<EvaluationEvidence> = {}): EvaluationEvidence {
  return createEvaluation({
    metrics: metrics.map((metric) => {
      const { interval: _interval, ...plain } = createMetric({ name: 'accuracy', n: 100 });
      return { ...plain, ...metric };
    }),
    measuredBy: fakeDigest('measured by'),
    ...more,
  });
}

/** A baseline of another model with other predictions, measured on the same test set. */
export function findBaseline(metrics: readonly Number_[], more: Partial<EvaluationEvidence> = {}): BaselineLookup {
  const evaluation = evaluate(metrics, more);
  const subject = { ...evaluation.subject, modelFiles: [createFile('old/model.json')] };
  const text = 'penguins@v1.0.0';
  const predictions = createFile('old/predictions.csv');
  return { name: 'production', state: 'found', text, evaluation: { ...evaluation, subject, predictions, ...more } };
}

export function slice(column: string, value: string, number: number | null, n: number): Number_ {
  return { slice: { column, value }, value: number, n };
}

/** Decides one rule about accuracy. */
export function decide(
  rule: Partial<Rule>,
  evaluation: EvaluationEvidence | undefined,
  baselines: readonly BaselineLookup[] = [],
  more: Partial<Config> = {},
  measurements?: Measurements,
): RuleResult {
  const config = createConfig([{ id: 'rule', metric: 'accuracy', ...rule }], more);
  const [result] = finish(decideRules(config, locate, evaluation, baselines, measurements));
  if (!result) throw new Error('no rule was decided');
  return result;
}

/** The only case of a result. */
export function onlyCase(result: RuleResult): RuleCase {
  const [first, second] = result.cases;
  if (!first || second) throw new Error(`${result.cases.length} cases`);
  return first;
}
