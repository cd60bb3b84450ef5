import { worstOutcome } from '../../evidence/document.ts';
import type { DataEvidence, DatasetEvidence, Finding } from '../../evidence/schema/data.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import { formatAmount, formatShare, formatSize } from '../numbers.ts';

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
  readonly sha256: string;
  readonly contract: string;
  readonly checks: number;
  readonly passed: number;
  readonly outcome: Outcome;
  readonly notChecked: readonly string[];
}

export interface DataSummary {
  readonly outcome: Outcome;
  readonly datasets: readonly DatasetRow[];
  readonly crossChecks: number;
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
    path: dataset.path,
    facts: [
      formatAmount(dataset.rows, 'row'),
      formatAmount(dataset.columns.length, 'column'),
      dataset.format,
      formatSize(dataset.size),
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
    examples: finding.examples.map(({ row, line, value }) => {
      const place = line !== undefined ? `line ${line}` : row !== undefined ? `row ${row}` : '';
      return [place, value].filter((part) => part !== undefined && part !== '').join(': ');
    }),
  };
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
