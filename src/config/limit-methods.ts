import { parseMetricName } from './metrics.ts';
import type { Config, Rule } from './schema/modelgate.ts';

/** Shares of rows have exact limits; precision and F1 only of one model alone, since two models choose other rows. */
const SHARES = ['accuracy', 'micro-precision', 'micro-recall', 'micro-f1', 'micro-f-beta', 'weighted-recall'];
const SHARES_BY_TRUTH = ['recall', 'specificity'];
const SHARES_BY_ANSWER = ['precision', 'f1'];
/** Has limits by the order of the rows; not with weights, and not over clusters. */
const MEDIAN = 'median-absolute-error';
/** What is resampled whatever else the rule says. The limits of all other metrics are formulas, of differences too. */
const RESAMPLED = /^(balanced-accuracy|(macro|weighted)-(precision|recall|f1|f-beta)|f-beta|mcc|cohen-kappa|cost)$/;
/** How far groups are apart: every two are compared by a formula, but for weights, clusters, and the same rows. */
const GROUPS = /^(?!calibration-).*-(difference|ratio)$/;

/** The smallest error that resamples can tell: 200,000 at most, of which 20 must lie beyond a limit. */
export const LEAST_RESAMPLED_ERROR = 1e-4;

/** Why a rule's metric can never have limits under a configuration; undefined where it may. */
export function findLackOfLimits(config: Config, { metric }: Rule): string | undefined {
  if (metric !== MEDIAN || isPlain(config)) return undefined;
  return 'a median over rows with `weight` or `cluster`, which has no limits';
}

/** Whether the limits that a rule asks for come from resamples, which cannot resolve every error. */
export function isResampled(config: Config, rule: Rule): boolean {
  const { base } = parseMetricName(rule.metric);
  const isAlone = rule.against === undefined;
  if (base === MEDIAN) return !isAlone;
  if (GROUPS.test(base)) return !isAlone || !isPlain(config);
  const isShare = [...SHARES, ...SHARES_BY_TRUTH, ...SHARES_BY_ANSWER].includes(base);
  if (!isShare) return RESAMPLED.test(base);
  if (!isPlain(config)) return true;
  if (isAlone) return false;
  const tolerances = [rule['max-drop'], rule['min-gain'], rule.within];
  return SHARES_BY_ANSWER.includes(base) || tolerances.some((tolerance) => typeof tolerance === 'string');
}

/** Whether each row counts as much as any other, and for itself. */
function isPlain({ evaluate }: Config): boolean {
  return evaluate?.labels?.weight === undefined && evaluate?.labels?.cluster === undefined;
}
