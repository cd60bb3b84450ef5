import type { Rule } from '../config/schema/modelgate.ts';
import type { RuleOutcome } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence, Interval } from '../evidence/schema/evaluation.ts';
import type { RuleCase } from '../evidence/schema/verdict.ts';
import { type BaselineLookup, nameBaseline } from './baseline.ts';
import { type Comparison, compareWithBaseline } from './comparison.ts';
import {
  type Condition,
  computeRange,
  findDirection,
  listConditions,
  type Range,
  type RelativeCondition,
} from './conditions.ts';
import { reaches, renderNumber } from './numbers.ts';
import type { Subject } from './subjects.ts';

interface Judgement {
  readonly outcome: RuleOutcome;
  readonly reason: string;
  readonly withinNoise: boolean;
  /** Of the candidate’s value. */
  readonly range?: Range;
}

/** The outcomes from worst to best. */
const WORST_FIRST: readonly RuleOutcome[] = ['fail', 'cannot-measure', 'pass', 'not-applicable'];

/** The worst of some outcomes; of none, cannot-measure. */
export function findWorst(outcomes: readonly RuleOutcome[]): RuleOutcome {
  return WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'cannot-measure';
}

/** What one subject of a rule comes to: the worst of the rule’s conditions. */
export function decideCase(
  rule: Rule,
  subject: Subject,
  evaluation: EvaluationEvidence,
  lookup: BaselineLookup | undefined,
): RuleCase {
  const candidate = subject.find(evaluation);
  const head = { ...(subject.slice === undefined ? {} : { slice: subject.slice }), n: candidate.n };
  const minimum = rule['min-rows'] ?? 1;
  const blank = { candidate: null, baseline: null, difference: null, withinNoise: false };
  if ('reason' in candidate) return { ...head, ...blank, outcome: 'cannot-measure', reason: candidate.reason };
  if (candidate.n < minimum) {
    const reason = `${renderRows(candidate.n)}, and \`min-rows\` asks for ${minimum}`;
    return { ...head, ...blank, candidate: candidate.value, outcome: 'cannot-measure', reason };
  }
  const name = rule.against === undefined ? undefined : nameBaseline(rule.against);
  const comparison = name === undefined ? undefined : compareWithBaseline(name, lookup, evaluation, candidate, subject);
  const judgements = listConditions(rule).map((condition) =>
    judge({ condition, rule, value: candidate.value, interval: candidate.interval, comparison, name: name ?? '' }),
  );
  const outcome = findWorst(judgements.map((judgement) => judgement.outcome));
  const decisive = judgements.filter((judgement) => outcome === 'pass' || judgement.outcome === outcome);
  const measured = comparison?.state === 'measured' ? comparison : undefined;
  return {
    ...head,
    outcome,
    reason: [...new Set(decisive.map(({ reason }) => reason))].join('; '),
    candidate: candidate.value,
    baseline: measured?.baseline ?? null,
    difference: measured?.difference ?? null,
    // Beside a baseline the interval would be the difference’s, which counts of each side alone do not give.
    ...(candidate.interval && !measured ? { interval: candidate.interval } : {}),
    ...describeAllowed(judgements, measured?.baseline ?? 0),
    withinNoise: decisive.some(({ withinNoise }) => withinNoise),
  };
}

/** What all conditions leave, measured from `origin`. */
function describeAllowed(judgements: readonly Judgement[], origin: number): { allowed?: Range } {
  const ranges = judgements.flatMap(({ range }) => (range ? [range] : []));
  const lows = ranges.flatMap(({ low }) => (low === undefined ? [] : [low - origin]));
  const highs = ranges.flatMap(({ high }) => (high === undefined ? [] : [high - origin]));
  if (ranges.length === 0) return {};
  return {
    allowed: {
      ...(lows.length > 0 ? { low: Math.max(...lows) } : {}),
      ...(highs.length > 0 ? { high: Math.min(...highs) } : {}),
    },
  };
}

interface Scene {
  readonly condition: Condition;
  readonly rule: Rule;
  readonly value: number;
  readonly interval: Interval | undefined;
  readonly comparison: Comparison | undefined;
  readonly name: string;
}

function judge(scene: Scene): Judgement {
  const { condition, value, interval } = scene;
  if (!('line' in condition)) return judgeRelative(scene, condition);
  const { key, line } = condition;
  const range = key === 'min' ? { low: line } : { high: line };
  const holds = isInRange(value, range, 0);
  const [least, under] = key === 'min' ? ['at least', 'under'] : ['at most', 'over'];
  const reason = `${renderNumber(value, [line])} is ${holds ? least : under} ${renderNumber(line, [value])}`;
  return { outcome: holds ? 'pass' : 'fail', reason, withinNoise: cutsInterval(interval, range), range };
}

function judgeRelative(scene: Scene, condition: RelativeCondition): Judgement {
  const { comparison, value, interval, name, rule } = scene;
  if (comparison?.state !== 'measured') {
    const outcome = comparison?.state === 'none-yet' ? 'not-applicable' : 'cannot-measure';
    return { outcome, reason: comparison?.reason ?? 'there is no baseline to compare with', withinNoise: false };
  }
  const { baseline, difference, same } = comparison;
  const range = computeRange(condition, baseline, findDirection(rule.metric));
  if ('reason' in range) return { outcome: 'cannot-measure', reason: range.reason, withinNoise: false };
  const holds = isInRange(value, range, baseline);
  const gap = Math.abs(difference) < 1e-11 * Math.abs(baseline) ? 0 : difference;
  const [own, theirs] = [renderNumber(value, [baseline]), renderNumber(baseline, [value])];
  const place =
    gap === 0
      ? `${own} equals ${name}`
      : `${own} is ${renderNumber(Math.abs(gap))} ${gap < 0 ? 'below' : 'above'} the ${theirs} of ${name}`;
  const bound = condition.key === 'min-gain' ? 'at least' : condition.key === 'within' ? 'within' : 'at most';
  return {
    outcome: holds ? 'pass' : 'fail',
    reason: `${place}; \`${condition.key}\` is ${bound === 'within' ? '' : `${bound} `}${condition.tolerance}`,
    withinNoise: !(same && gap === 0) && cutsInterval(interval, range),
    range,
  };
}

function isInRange(value: number, { low, high }: Range, scale: number): boolean {
  return (low === undefined || reaches(value, low, scale)) && (high === undefined || reaches(high, value, scale));
}

/** Whether an end of the range lies inside the interval: other rows of this number could decide otherwise. */
function cutsInterval(interval: Interval | undefined, { low, high }: Range): boolean {
  if (!interval) return false;
  return [low, high].some((line) => line !== undefined && line >= interval.low && line <= interval.high);
}

function renderRows(n: number): string {
  return `it rests on ${n} ${n === 1 ? 'row' : 'rows'}`;
}
