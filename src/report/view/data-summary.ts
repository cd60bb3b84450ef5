import { worstOutcome } from '../../evidence/document.ts';
import type { ComparedColumn, DataEvidence, DatasetEvidence, Finding } from '../../evidence/schema/data.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import { formatAmount, formatCount, formatShare, formatSize } from '../numbers.ts';

/** A check that did not pass. */
interface FindingRow {
  readonly outcome: Outcome;
  /** True for a check of level warn: it is shown and does not block. */
  readonly tolerated: boolean;
  readonly dataset: string;
  /** `island: allowed-values`, or the check between data sets in words. */
  readonly title: string;
  readonly reason: string;
  readonly count: number;
  readonly share: number;
  /** `line 12: Atlantis`; empty where none may be shown. */
  readonly examples: readonly string[];
}

interface DatasetRow {
  readonly name: string;
  readonly path: string;
  /** `229 rows, 8 columns, csv, 12.4 KiB`. */
  readonly facts: string;
  /** Null of a table of a database. */
  readonly sha256: string | null;
  readonly contract: string;
  readonly checks: number;
  readonly passed: number;
  readonly outcome: Outcome;
  readonly notChecked: readonly string[];
}

/** Columns of two data sets that one check compared. */
interface Comparison {
  /** The check in words. */
  readonly title: string;
  /** Those that differ come first, then those that could not be measured. */
  readonly columns: readonly ComparedRow[];
}

interface ComparedRow {
  readonly name: string;
  readonly outcome: Outcome;
  /** `Wasserstein distance, normed`; empty where nothing could be compared. */
  readonly method: string;
  readonly binning: string;
  /** `1,200 and 600`. */
  readonly values: string;
  /** `0.346 standard deviations of the reference, from 0.1 on`. */
  readonly effect: string;
  readonly reason: string;
}

export interface DataSummary {
  readonly outcome: Outcome;
  readonly datasets: readonly DatasetRow[];
  readonly crossChecks: number;
  readonly comparisons: readonly Comparison[];
  /** Everything that did not pass; what blocks first, fail before cannot-measure. */
  readonly findings: readonly FindingRow[];
  readonly passed: number;
  readonly checks: number;
}

/** What the data came to; undefined where no data was checked. */
export function computeDataSummary(data: DataEvidence | undefined): DataSummary | undefined {
  if (data === undefined) return undefined;
  const datasets = data.datasets.map(describeDataset);
  const findings = [
    ...data.datasets.flatMap((dataset) => dataset.findings.map((finding) => describeFinding(finding, dataset.name))),
    ...data.checks.map((check) => ({ ...describeFinding(check, ''), title: check.text })),
  ];
  const open = findings.filter(({ outcome }) => outcome !== 'pass');
  return {
    outcome: data.outcome,
    datasets,
    crossChecks: data.checks.length,
    comparisons: data.checks.flatMap(({ text, columns = [] }) =>
      columns.length === 0 ? [] : [{ title: text, columns: describeColumns(columns) }],
    ),
    findings: open.toSorted((a, b) => rank(a) - rank(b)),
    passed: findings.length - open.length,
    checks: findings.length,
  };
}

function rank({ outcome, tolerated }: FindingRow): number {
  return Number(tolerated) * 2 + Number(outcome !== 'fail');
}

function describeDataset(dataset: DatasetEvidence): DatasetRow {
  const { findings } = dataset;
  const passed = findings.filter(({ outcome }) => outcome === 'pass').length;
  const binding = findings.filter(({ level }) => level !== 'warn').map(({ outcome }) => outcome);
  return {
    name: dataset.name,
    path: dataset.path ?? dataset.table ?? '',
    facts: [
      formatAmount(dataset.rows, 'row'),
      formatAmount(dataset.columns.length, 'column'),
      dataset.format,
      ...(dataset.size === null ? [] : [formatSize(dataset.size)]),
    ].join(', '),
    sha256: dataset.sha256,
    contract: dataset.contract?.path ?? 'no contract',
    checks: findings.length,
    passed,
    outcome: worstOutcome(binding),
    notChecked: dataset.notChecked ?? [],
  };
}

function describeFinding(finding: Finding, dataset: string): FindingRow {
  return {
    outcome: finding.outcome,
    tolerated: finding.level === 'warn',
    dataset,
    title: finding.column === undefined ? finding.rule : `${finding.column}: ${finding.rule}`,
    reason: finding.reason,
    count: finding.count,
    share: finding.share,
    examples: finding.examples.map(({ file, row, line, key, value }) => {
      const place = key ?? (line !== undefined ? `line ${line}` : row !== undefined ? `row ${row}` : '');
      return [file, place, value].filter((part) => part !== undefined && part !== '').join(': ');
    }),
  };
}

const BY_URGENCY: readonly Outcome[] = ['fail', 'cannot-measure', 'pass'];

function describeColumns(columns: readonly ComparedColumn[]): ComparedRow[] {
  const sorted = columns.toSorted((a, b) => BY_URGENCY.indexOf(a.outcome) - BY_URGENCY.indexOf(b.outcome));
  return sorted.map(({ name, outcome, method = '', binning = '', n, effectSize, effect = '', reason, ...rest }) => {
    const { p, adjustedP, threshold } = rest;
    const decisive = adjustedP ?? p;
    const limit =
      threshold === undefined
        ? ''
        : decisive === undefined
          ? `, different from ${round(threshold)} on`
          : `; p ${round(decisive)}${adjustedP === undefined ? '' : ' (adjusted)'}, different below ${round(threshold)}`;
    const size = effectSize === undefined ? '' : `${effect} ${round(effectSize)}${limit}`;
    const values = n.map(formatCount).join(' and ');
    return { name, outcome, method, binning, values, effect: size, reason };
  });
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `3 rows (1.3%)`. */
export function describeExtent(finding: FindingRow): string {
  return finding.count === 0 ? '–' : `${formatAmount(finding.count, 'row')} (${formatShare(finding.share)})`;
}

/** `34 of 36 checks pass.` */
export function describeChecks(view: DataSummary): string {
  const total = formatAmount(view.checks, 'check');
  if (view.checks === 0) return 'There was nothing to check: no data set has a contract.';
  return view.passed === view.checks ? `All ${total} pass.` : `${view.passed} of ${total} pass.`;
}
