import type { RuleCase } from '../evidence/schema/verdict.ts';
import { createQuestion } from './certain-judgement.ts';
import type { Claim } from './claims.ts';
import { type Comparison, compareWithBaseline } from './comparison.ts';
import { listConditions, type Range } from './conditions.ts';
import { findWorst, type Judgement } from './judgement.ts';
import { findCandidate } from './measuring.ts';
import type { MeasuredPoint } from './point.ts';
import { judgePoint } from './point-judgement.ts';
import { renderRows, type Scene } from './scene.ts';
import type { Subject } from './subjects.ts';

/** A case of which everything is known but the error that a fail may have, which depends on the other slices. */
export interface Draft {
  readonly claims: readonly Claim[];
  /** Without an error of its own a fail may be as wrong as a pass. */
  settle(failError?: number): RuleCase;
}

/** What one subject of a rule comes to: the worst of the rule’s conditions. */
export function draftCase(scene: Scene, subject: Subject): Draft {
  const { rule, certainty, metric } = scene;
  const point = findCandidate(scene, subject);
  const head = { ...(subject.slice === undefined ? {} : { slice: subject.slice }), n: point.n };
  const refuse = (reason: string, candidate: number | null): Draft => ({
    claims: [],
    settle: () => ({ ...createEmptyCase(reason), ...head, candidate }),
  });
  if ('reason' in point) return refuse(point.reason, null);
  // What reports a number need not say how many rows it rests on.
  const minimum = rule['min-rows'] ?? (metric.source === 'reported' ? 0 : 1);
  if (point.n < minimum) {
    return refuse(`it rests on ${renderRows(point.n, scene.unit)}, and \`min-rows\` asks for ${minimum}`, point.value);
  }
  if (certainty && 'reason' in certainty) return refuse(certainty.reason, point.value);
  const comparison = scene.against && compareWithBaseline(scene, subject, point);
  const conditions = listConditions(rule);
  const assemble = (judgements: Judgement[]) =>
    metric.source === 'reported'
      ? markReported(assembleCase(head, point, comparison, judgements), metric.reference)
      : assembleCase(head, point, comparison, judgements);
  if (!certainty) {
    return { claims: [], settle: () => assemble(conditions.map((one) => judgePoint(scene, one, point, comparison))) };
  }
  const questions = conditions.map((one) => createQuestion({ ...scene, certainty }, subject, one, point, comparison));
  return {
    claims: questions.flatMap(({ claims }) => claims),
    settle: (fail = certainty.error) => assemble(questions.map(({ judge }) => judge({ pass: certainty.error, fail }))),
  };
}

/** A decision says when it rests on what a file claims: the number, and how sure it is where that decided. */
function markReported(decided: RuleCase, reference: string): RuleCase {
  const { outcome, bounds, reason } = decided;
  const isSure = bounds !== undefined && (bounds.low !== null || bounds.high !== null);
  if (outcome !== 'pass' && outcome !== 'fail' && !isSure) return decided;
  const what = isSure ? 'number and certainty are' : 'the number is';
  return { ...decided, reason: `${reason}; ${what} the file’s own claim (${reference}), checked by nobody` };
}

/** A case of which nothing can be said but why. */
export function createEmptyCase(reason: string): RuleCase {
  return {
    outcome: 'cannot-measure',
    reason,
    n: 0,
    candidate: null,
    baseline: null,
    difference: null,
    withinNoise: false,
  };
}

function assembleCase(
  head: Pick<RuleCase, 'slice' | 'n'>,
  { value, interval }: MeasuredPoint,
  comparison: Comparison | undefined,
  judgements: readonly Judgement[],
): RuleCase {
  const outcome = findWorst(judgements.map((judgement) => judgement.outcome));
  const decisive = judgements.filter((judgement) => outcome === 'pass' || judgement.outcome === outcome);
  const measured = comparison?.state === 'measured' ? comparison : undefined;
  // Beside a baseline interval and limits are the difference's.
  const between = judgements.findLast((judgement) => judgement.interval)?.interval;
  const shown = measured ? between : interval;
  const bounds = judgements.findLast(
    (judgement) => judgement.bounds && (!measured || 'paired' in judgement.bounds),
  )?.bounds;
  const needed = decisive.flatMap(({ rowsNeeded }) => (rowsNeeded === undefined ? [] : [rowsNeeded]));
  const most = needed.includes(null) ? null : Math.max(...needed.map((rows) => rows ?? 0));
  return {
    ...head,
    outcome,
    reason: [...new Set(decisive.map(({ reason }) => reason))].join('; '),
    candidate: value,
    baseline: measured?.baseline ?? null,
    difference: measured?.difference ?? null,
    ...(shown ? { interval: shown } : {}),
    ...(bounds ? { bounds } : {}),
    ...(needed.length > 0 ? { rowsNeeded: most } : {}),
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
