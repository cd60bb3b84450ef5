import type { Unmeasured } from '../evaluation/sources.ts';
import type { Bounds } from '../evidence/schema/verdict.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { Certainty } from './certainty.ts';
import { describeAbsolute, describeOpen, describeRelative, describeSign } from './claim-text.ts';
import { type Claim, createClaim, decideClaim, type Errors, type Finding } from './claims.ts';
import type { Comparison, MeasuredComparison } from './comparison.ts';
import { type Condition, computeAmount, computeRange, type Range } from './conditions.ts';
import { type Judgement, refuse } from './judgement.ts';
import { listLines } from './lines.ts';
import { estimateCandidate } from './measuring.ts';
import type { MeasuredPoint } from './point.ts';
import { findInterval, judgeNothing, roundGap } from './point-judgement.ts';
import { computeRowsNeeded } from './rows-needed.ts';
import type { Scene } from './scene.ts';
import type { Subject } from './subjects.ts';

/** A condition that limits decide: its claims, and what it comes to at some errors. */
export interface Question {
  readonly claims: readonly Claim[];
  judge(errors: Errors): Judgement;
}

/** What a condition asks of one subject under `confidence`. */
export function createQuestion(
  scene: Scene & { readonly certainty: Certainty },
  subject: Subject,
  condition: Condition,
  point: MeasuredPoint,
  comparison: Comparison | undefined,
): Question {
  const isAbsolute = 'line' in condition;
  if (!isAbsolute && comparison?.state !== 'measured') return settle(judgeNothing(comparison));
  const measured = comparison?.state === 'measured' ? comparison : undefined;
  const baseline = isAbsolute ? 0 : (measured?.baseline ?? 0);
  const { metric } = scene;
  const range = isAbsolute ? asRange(condition) : computeRange(condition, baseline, metric.direction);
  if ('reason' in range) return settle(refuse(range.reason));
  if (!isAbsolute && measured?.same && roundGap(measured.difference, baseline) === 0) {
    return { claims: [], judge: ({ pass }) => judgeSame(scene, condition, range, pass) };
  }
  const measure = (factor: number | undefined): Estimate | Unmeasured => {
    if (factor === undefined) return estimateCandidate(scene, subject, point);
    return measured?.contrast(factor) ?? { reason: 'there is no baseline to compare with' };
  };
  const lines = listLines(condition, metric.direction, baseline, metric.range[0] < 0);
  const claims: Claim[] = [];
  for (const line of lines) {
    const claim = createClaim(line, measure);
    if ('reason' in claim) return settle(refuse(claim.reason));
    claims.push(claim);
  }
  return { claims, judge: (errors) => judgeClaims({ scene, condition, range, point, measured }, claims, errors) };
}

function settle(judgement: Judgement): Question {
  return { claims: [], judge: () => judgement };
}

function asRange({ key, line }: Extract<Condition, { readonly line: number }>): Range {
  return key === 'min' ? { low: line } : { high: line };
}

/** The same answers: there is no difference, and nothing that could be one by chance. */
function judgeSame(
  { against, certainty }: Scene & { certainty: Certainty },
  condition: Condition,
  range: Range,
  error: number,
): Judgement {
  const holds = condition.key !== 'min-gain';
  const bounds = { low: 0, high: 0, confidence: certainty.confidence, error, method: 'same', paired: true };
  const reason = `the difference from ${against?.name} is 0: its predictions are the same`;
  return {
    outcome: holds ? 'pass' : 'fail',
    reason: holds ? reason : `${reason}; a gain is asked`,
    withinNoise: false,
    range,
    bounds,
  };
}

interface Setting {
  readonly scene: Scene & { readonly certainty: Certainty };
  readonly condition: Condition;
  readonly range: Range;
  readonly point: MeasuredPoint;
  readonly measured: MeasuredComparison | undefined;
}

function judgeClaims(setting: Setting, claims: readonly Claim[], errors: Errors): Judgement {
  const { scene, condition, range, measured, point } = setting;
  const findings = claims.map((claim) => decideClaim(claim, errors));
  const states = findings.map((finding) => finding.state);
  const state = states.includes('bad') ? 'bad' : states.includes('open') ? 'open' : 'good';
  const isAbsolute = 'line' in condition;
  const error = state === 'good' ? errors.pass : errors.fail;
  const bounds = findBounds(setting, claims, error);
  const interval = isAbsolute || !measured ? undefined : findInterval(measured);
  const shown = { range, bounds, ...(interval ? { interval } : {}) };
  const reasonless = findings.find(
    (finding) => finding.state === 'open' && finding.reason !== undefined && !finding.sign,
  );
  if (state === 'open' && reasonless) return { ...shown, ...refuse(`there are no limits: ${reasonless.reason}`) };
  const text = describe(setting, findings, state, bounds);
  const aside =
    isAbsolute || measured?.unpaired === undefined ? '' : `; not compared row by row, as ${measured.unpaired}`;
  if (state !== 'open') {
    const outcome = state === 'good' ? 'pass' : 'fail';
    return { ...shown, outcome, reason: `${text}${aside}`, withinNoise: false };
  }
  const rowsNeeded = combineRows(claims, findings, point.n);
  return {
    ...shown,
    outcome: 'cannot-measure',
    reason: `${describeOpen(text, rowsNeeded, scene.unit)}${aside}`,
    withinNoise: true,
    ...(rowsNeeded === undefined ? {} : { rowsNeeded }),
  };
}

function describe(
  { scene, condition, measured }: Setting,
  findings: readonly Finding[],
  state: Finding['state'],
  bounds: Bounds,
): string {
  if ('line' in condition) return describeAbsolute(scene, condition, bounds, state);
  const signs = findings.find((finding) => finding.signOpen);
  const name = scene.against?.name;
  if (state === 'open' && signs) {
    return `the sign of ${name}’s number is open, so that ${condition.tolerance} of it is no amount`;
  }
  const [first] = findings;
  const amount = computeAmount(condition, measured?.baseline ?? 0);
  if (first?.sign && (state !== 'open' || !straddles(bounds))) {
    return describeSign(scene, condition, first, bounds.confidence);
  }
  return describeRelative(scene, condition, typeof amount === 'number' ? amount : 0, bounds, state);
}

function straddles({ low, high }: Bounds): boolean {
  return low !== null && high !== null && low < 0 && high > 0;
}

/** One-sided limits at an error: of the candidate's number, or of its difference from the baseline as that was measured. */
function findBounds({ scene, measured }: Setting, claims: readonly Claim[], error: number): Bounds {
  const ends = claims.map(({ line, estimate }) => {
    const limits = estimate.computeLimits(error);
    const share = line.factor === undefined ? 0 : (line.factor - 1) * (measured?.baseline ?? 0);
    return 'reason' in limits ? undefined : { low: limits.low + share, high: limits.high + share };
  });
  const [first, last] = [ends.at(0), ends.at(-1)];
  return {
    low: first && Number.isFinite(first.low) ? first.low : null,
    high: last && Number.isFinite(last.high) ? last.high : null,
    confidence: scene.certainty.confidence,
    error,
    method: claims[0]?.estimate.method ?? '',
    ...(claims[0]?.line.factor === undefined ? {} : { paired: measured?.unpaired === undefined }),
  };
}

/** The most that any open claim needs. */
function combineRows(claims: readonly Claim[], findings: readonly Finding[], n: number): number | null | undefined {
  const needed = claims.flatMap((claim, at) => {
    const finding = findings[at];
    return finding?.state === 'open' && !finding.signOpen ? [computeRowsNeeded(claim, finding, n)] : [];
  });
  if (needed.length === 0 || needed.includes(undefined)) return undefined;
  return needed.includes(null) ? null : Math.max(...needed.map((rows) => rows ?? 0));
}
