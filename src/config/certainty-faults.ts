import type { Fault } from './faults.ts';
import { findLackOfLimits, isResampled, LEAST_RESAMPLED_ERROR } from './limit-methods.ts';
import { resolveMetric } from './resolved-metric.ts';
import type { Config, Rule } from './schema/modelgate.ts';
import { USUAL_TAIL } from './usual-level.ts';

interface KeyedFault extends Fault {
  readonly key: 'confidence' | 'correction' | 'within';
}

/** No method tells a smaller error from 0. */
const LEAST_ERROR = 1e-300;

/** Why a rule could never be as sure as it asks. */
export function findCertaintyFaults(config: Config, rule: Rule): KeyedFault[] {
  const { confidence, correction, slice, within } = rule;
  const faults: KeyedFault[] = [];
  if (correction !== undefined && (slice === undefined || confidence === undefined)) {
    const lacking = slice === undefined ? 'slice' : 'confidence';
    const fix = 'It corrects for the values of a slice that are judged with `confidence`; add both, or remove it.';
    faults.push({ key: 'correction', found: `\`correction\` without \`${lacking}\``, fix });
  }
  if (confidence === undefined) return faults;
  if (within === 0 || within === '0%') {
    const fix = 'Allow some distance: no number of rows can show that two numbers are equal.';
    faults.push({ key: 'within', found: '`within` 0 with `confidence`', fix });
  }
  const fault = findLimitFault(config, rule, confidence);
  return fault ? [...faults, { key: 'confidence', ...fault }] : faults;
}

function findLimitFault(config: Config, rule: Rule, confidence: number): Fault | undefined {
  const { metric } = rule;
  const resolved = resolveMetric(config, metric);
  if (!resolved) return undefined;
  if (!resolved.hasLimits) {
    const found = `\`confidence\` with \`${metric}\`, a reported number without limits`;
    const fix =
      'Remove it: of reported files only lm-evaluation-harness and classification-report tell how sure a number is.';
    return { found, fix };
  }
  const lack = findLackOfLimits(config, rule);
  if (lack !== undefined) {
    return { found: `\`confidence\` with ${lack}`, fix: 'Remove it, or judge another metric, such as mae.' };
  }
  const budget = config.gates?.budget;
  const exponent = findErrorExponent(confidence, budget);
  const least =
    resolved.source === 'reported' ? USUAL_TAIL : isResampled(config, rule) ? LEAST_RESAMPLED_ERROR : LEAST_ERROR;
  // 1 − 0.975 is a little under 0.025 in doubles.
  if (exponent >= Math.log10(least) - 1e-9) return undefined;
  const error = renderError(exponent);
  if (!budget) {
    const found = `\`confidence\` ${confidence} leaves an error of ${error}; that of \`${metric}\` can be told down to ${least}`;
    return { found, fix: 'Lower `confidence`.' };
  }
  const { verdicts, adaptivity = 'full' } = budget;
  const all = `${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'} with \`adaptivity: ${adaptivity}\``;
  const found = `${all} leave \`confidence\` ${confidence} an error of ${error}; that of \`${metric}\` can be told down to ${least}`;
  const open = adaptivity === 'full' ? ', write `adaptivity: none` if those who change the model see no verdict' : '';
  const other =
    resolved.source === 'computed' && least === LEAST_RESAMPLED_ERROR ? ', or judge accuracy or recall' : '';
  return { found, fix: `Allow fewer verdicts${open}${other}; or lower \`confidence\`.` };
}

/** The decimal logarithm of the error that each verdict may have: 2 to the power of many verdicts is no double. */
function findErrorExponent(confidence: number, budget: NonNullable<Config['gates']>['budget']): number {
  const asked = Math.log10(1 - confidence);
  if (!budget) return asked;
  const { verdicts, adaptivity = 'full' } = budget;
  return asked - (adaptivity === 'full' ? verdicts * Math.log10(2) : Math.log10(verdicts));
}

/** Two digits, of numbers as well that are smaller than any double. */
function renderError(exponent: number): string {
  const power = Math.floor(exponent + 1e-9);
  const digits = Number((10 ** (exponent - power)).toPrecision(2));
  return power >= -4 ? String(Number((digits * 10 ** power).toPrecision(2))) : `${digits}e${power}`;
}
