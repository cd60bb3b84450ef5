import type { EvidenceSet } from '../../evidence/document.ts';
import { KINDS } from '../../evidence/schema/envelope.ts';
import type { Confusion, Curve } from '../../evidence/schema/evaluation.ts';
import type { BaselineResult, ControlResult, WaiverState } from '../../evidence/schema/verdict.ts';
import { formatAmount, formatCount } from '../numbers.ts';
import { decideReveal, type Reveal, redactEvidence } from '../reveal.ts';
import { ABSENCE, REVEAL_NOTE, SELF_REPORTED_NOTE } from '../wording.ts';
import { type ChangeList, computePromiseChanges, computeRuleChanges } from './changes.ts';
import { type ComparisonView, computeComparisons } from './comparisons.ts';
import { type Cost, computeCost } from './cost.ts';
import { computeDataSummary, type DataSummary } from './data-summary.ts';
import { computeHeadline, type Headline } from './headline.ts';
import { describeJudging, type Judging } from './judging.ts';
import { computeLineage, type Lineage } from './lineage.ts';
import { computeMetricRows, type MetricRow } from './metric-rows.ts';
import { computeProblems, type Problem } from './problems.ts';
import { computeProposed, type ProposedView } from './proposed-test-set.ts';
import {
  type ArrangedSlices,
  arrangeSlices,
  computeSliceRows,
  describeWorstSlice,
  findWorstSlice,
} from './slice-rows.ts';
import { computeSureRows, listPlainRules, type PlainRule, type SureRow } from './sure-rows.ts';
import { computeRuns, computeSeries, type RunView, type Series } from './training-view.ts';
import { describeBudget, describeBudgetWarning, describeOperatingPoint, describeUnseen } from './verdict-notes.ts';

/** What every report says. Texts are raw: whoever renders them escapes them. */
export interface Summary {
  readonly reveal: Reveal;
  readonly headline: Headline;
  /** Whose rules judged; undefined where the working copy judged itself. */
  readonly judging: Judging | undefined;
  readonly ruleChanges: ChangeList | undefined;
  readonly promiseChanges: ChangeList | undefined;
  readonly proposed: ProposedView | undefined;
  /** What the reader must know before the numbers. */
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
  readonly metrics: readonly MetricRow[];
  /** What rules with `confidence` decided with. */
  readonly sure: readonly SureRow[];
  /** Rules that no limits decided. */
  readonly plainRules: readonly PlainRule[];
  /** What changed between each baseline and the candidate, row by row. */
  readonly comparisons: readonly ComparisonView[];
  readonly slices: ArrangedSlices;
  readonly worstSlice: string | undefined;
  readonly confusion: Confusion | undefined;
  readonly curves: readonly Curve[];
  /** Where the score turned into a class; empty where that is not ours to say. */
  readonly operatingPoint: string;
  /** How predictions met labels; empty where it is not known or not to be shown. */
  readonly join: string;
  readonly data: DataSummary | undefined;
  readonly controls: readonly ControlResult[];
  readonly waivers: readonly WaiverState[];
  readonly baselines: readonly BaselineResult[];
  readonly budget: string;
  readonly runs: readonly RunView[];
  readonly history: readonly Series[];
  readonly cost: Cost | undefined;
  readonly lineage: Lineage;
  /** A sentence for each document that is not there. */
  readonly absent: readonly string[];
}

/**
 * Computes what there is to say, without what `reveal` withholds. Everything that is rendered comes from here.
 * `base` is what the base branch is called, where that is known.
 */
export function computeSummary(whole: EvidenceSet, base?: string): Summary {
  const evidence = redactEvidence(whole);
  const { evaluation, verdict, training } = evidence;
  const lineage = computeLineage(whole);
  const reveal = decideReveal(whole);
  const slices = reveal === 'verdict' ? [] : computeSliceRows(evidence);
  const worst = findWorstSlice(slices);
  return {
    reveal,
    headline: computeHeadline(evidence),
    judging: describeJudging(verdict?.judgedBy, base),
    ruleChanges: computeRuleChanges(verdict),
    promiseChanges: computePromiseChanges(verdict),
    proposed: computeProposed(evidence),
    notes: listNotes(evidence, reveal, lineage),
    problems: computeProblems(evidence),
    metrics: reveal === 'verdict' ? [] : computeMetricRows(evidence),
    sure: computeSureRows(verdict),
    plainRules: listPlainRules(verdict),
    comparisons: computeComparisons(verdict),
    slices: arrangeSlices(slices),
    worstSlice: worst && describeWorstSlice(worst),
    confusion: evaluation?.confusion ?? undefined,
    curves: evaluation?.curves ?? [],
    operatingPoint: describeOperatingPoint(evidence),
    join: describeJoin(evidence),
    data: computeDataSummary(evidence.data),
    controls: verdict?.controls ?? [],
    waivers: verdict?.waivers ?? [],
    baselines: verdict?.baselines ?? [],
    budget: describeBudget(evidence),
    runs: computeRuns(evidence),
    history: computeSeries(training?.history ?? []),
    cost: computeCost(evidence),
    lineage,
    absent: KINDS.filter((kind) => evidence[kind] === undefined).map((kind) => ABSENCE[kind]),
  };
}

function listNotes(evidence: EvidenceSet, reveal: Reveal, lineage: Lineage): string[] {
  const noise = (evidence.verdict?.rules ?? []).filter((rule) => rule.cases.some(({ withinNoise }) => withinNoise));
  return [
    ...lineage.breaks,
    ...(evidence.evaluation ? [] : [ABSENCE.evaluation]),
    ...(evidence.evaluation?.selfReported ? [SELF_REPORTED_NOTE] : []),
    ...[describeUnseen(evidence), describeBudgetWarning(evidence)].filter((note) => note !== ''),
    ...(noise.length > 0
      ? [
          `Within noise: ${noise.map(({ id }) => id).join(', ')}. The line lies inside the interval; ` +
            'another test set of this size could decide otherwise.',
        ]
      : []),
    ...[REVEAL_NOTE[reveal]].filter((note) => note !== undefined),
  ];
}

function describeJoin({ evaluation }: EvidenceSet): string {
  const join = evaluation?.join;
  if (!join) return '';
  const oddities = [
    [join.missingPredictions, 'without a prediction'],
    [join.unexpectedPredictions, 'predicted but not in the test set'],
    [join.duplicatedIds, 'with a repeated id'],
    [join.invalidRows, 'with an invalid value'],
  ] as const;
  const odd = oddities.filter(([count]) => count > 0).map(([count, text]) => `${formatCount(count)} ${text}`);
  return `${formatCount(join.matched)} of ${formatAmount(join.labels, 'test row')} scored${odd.map((text) => `, ${text}`).join('')}`;
}
