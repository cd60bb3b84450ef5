import { listDatasetFiles } from '../evidence/dataset-files.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import type { DataEvidence, DatasetEvidence } from '../evidence/schema/data.ts';
import type { RuleOutcome } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type {
  Comparison,
  ControlResult,
  RuleResult,
  StageResult,
  VerdictEvidence,
} from '../evidence/schema/verdict.ts';
import { hidePromises, hideProposed } from './reveal-changes.ts';
import { hideCaseCounts, hideCounts } from './reveal-counts.ts';
import { hideSmallCases, hideSmallSlices } from './reveal-slices.ts';
import { isOpen, STAGE_TITLE, WITHHELD_REASON } from './wording.ts';

export type Reveal = VerdictEvidence['reveal'];

const STRICTEST_FIRST = ['verdict', 'metrics', 'rows'] as const satisfies readonly Reveal[];

/**
 * How much of the test set a report may show: the stricter of what the documents say. Where neither is there, the data
 * evidence stands alone, and that was written under `reveal` itself: it holds no value of the test set that it forbids.
 */
export function decideReveal(evidence: EvidenceSet): Reveal {
  const asked = new Set([evidence.verdict?.reveal, evidence.evaluation?.reveal]);
  return STRICTEST_FIRST.find((level) => asked.has(level)) ?? 'rows';
}

/** The evidence without what `reveal` forbids. What is left may be shown to anybody who sees the report. */
export function redactEvidence(evidence: EvidenceSet): EvidenceSet {
  const reveal = decideReveal(evidence);
  if (reveal === 'rows') return evidence;
  const { data, evaluation, verdict } = reveal === 'metrics' ? hideSingleRows(evidence) : evidence;
  const promises = verdict?.promiseChanges && hidePromises(verdict.promiseChanges, evidence, reveal === 'metrics');
  const comparisons = verdict?.comparisons?.map(hideIds);
  const counted = verdict && {
    ...verdict,
    ...(promises && { promiseChanges: promises }),
    ...(comparisons && { comparisons }),
  };
  return {
    ...evidence,
    ...(data && { data: hideExamples(data, evaluation) }),
    ...(evaluation && { evaluation: reveal === 'metrics' ? evaluation : hideNumbers(evaluation) }),
    ...(counted && { verdict: reveal === 'metrics' ? counted : hideCases(counted) }),
  };
}

/**
 * Evaluation and verdict without what tells labels of single rows: curves that were traced where rows may be shown, and
 * numbers of so few rows, of a slice, a group or the test set. The same documents where there is nothing of it.
 */
export function hideSingleRows(evidence: EvidenceSet): EvidenceSet {
  const { evaluation, verdict } = evidence;
  const coarse = evaluation?.curves && evaluation.reveal === 'rows' ? omitCurves(evaluation) : evaluation;
  return {
    ...evidence,
    ...(coarse && { evaluation: hideCounts(hideSmallSlices(coarse)) }),
    ...(verdict && { verdict: hideCaseCounts(hideSmallCases(verdict)) }),
  };
}

function omitCurves({ curves: _curves, ...evaluation }: EvaluationEvidence): EvaluationEvidence {
  return evaluation;
}

/** Of a table of a database nobody knows whether the test set was taken from it. */
function isOther(dataset: DatasetEvidence, test: { readonly path: string; readonly sha256: string }): boolean {
  const files = listDatasetFiles(dataset);
  return files.length > 0 && files.every(({ path, sha256 }) => sha256 !== test.sha256 && path !== test.path);
}

/** A data set keeps its examples only where it is known to be another than the test set. */
function hideExamples(data: DataEvidence, evaluation: EvaluationEvidence | undefined): DataEvidence {
  const test = evaluation?.testSet;
  return {
    ...data,
    datasets: data.datasets.map((dataset) =>
      test && isOther(dataset, test)
        ? dataset
        : { ...dataset, findings: dataset.findings.map((finding) => ({ ...finding, examples: [] })) },
    ),
    checks: data.checks.map((check) => ({ ...check, examples: [] })),
  };
}

function hideIds({ broken, fixed, ...comparison }: Comparison): Comparison {
  return {
    ...comparison,
    ...(broken && { broken: { ...broken, ids: [] } }),
    ...(fixed && { fixed: { ...fixed, ids: [] } }),
  };
}

/** The operating point stays: it was chosen on other rows. */
function hideNumbers(evaluation: EvaluationEvidence): EvaluationEvidence {
  return {
    ...omitCurves(evaluation),
    reason: hideReason(evaluation.reason, evaluation.outcome),
    metrics: [],
    confusion: null,
    join: null,
  };
}

function hideCases({ comparisons: _comparisons, ...verdict }: VerdictEvidence): VerdictEvidence {
  const proposed = verdict.proposedTestSet;
  return {
    ...verdict,
    ...(proposed && { proposedTestSet: hideProposed(proposed, hideReason(proposed.reason, proposed.outcome)) }),
    reason: tellsValues(verdict.reason) ? listOpen(verdict) : verdict.reason,
    stages: verdict.stages.map((stage) => (stage.stage === 'evaluation' ? withoutNumbers<StageResult>(stage) : stage)),
    rules: verdict.rules.map(hideRule),
    controls: verdict.controls.map((control) =>
      control.kind === 'metric' ? withoutNumbers<ControlResult>(control) : control,
    ),
  };
}

/** The values of a slice are values of the test set, so no case of a rule is left, and no reason that names one. */
function hideRule(rule: RuleResult): RuleResult {
  const named = rule.cases.some(({ slice }) => slice !== undefined && rule.reason.includes(slice));
  const reason = named ? WITHHELD_REASON[rule.outcome] : hideReason(rule.reason, rule.outcome);
  return { ...rule, reason, cases: [] };
}

function withoutNumbers<T extends { outcome: RuleOutcome; reason: string }>(item: T): T {
  return { ...item, reason: hideReason(item.reason, item.outcome) };
}

/** A reason that may tell a number or a value of the test set gives way to a fixed sentence. */
function hideReason(reason: string, outcome: RuleOutcome): string {
  return tellsValues(reason) ? WITHHELD_REASON[outcome] : reason;
}

/** Names and values stand in backticks or quotes, or after a colon: only plain words tell none, and not all of these. */
function tellsValues(reason: string): boolean {
  return !/^[A-Za-z][A-Za-z ,;.-]*$/.test(reason) || /class|label|group|slice/i.test(reason);
}

/** What stands in the way, by name. */
function listOpen({ stages, rules, controls, outcome, budget }: VerdictEvidence): string {
  const isSpent = budget?.whenSpent === 'cannot-measure' && (budget.state === 'spent' || budget.state === 'unknown');
  const names = [
    ...(isSpent ? ['the budget of the test set'] : []),
    ...stages.filter(isOpen).map(({ stage }) => STAGE_TITLE[stage]),
    ...rules.filter((rule) => isOpen(rule) && !rule.waived && rule.level === 'error').map(({ id }) => id),
    ...controls.filter((control) => isOpen(control) && !control.waived).map(({ id }) => id),
  ];
  return names.length === 0 ? WITHHELD_REASON[outcome] : `Not met: ${names.join(', ')}.`;
}
