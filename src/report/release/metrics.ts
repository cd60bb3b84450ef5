import type { LedgerMetric } from '../../evidence/schema/ledger.ts';
import { escapeMarkdown } from '../escaping.ts';
import { formatCount, formatDifference, formatInterval, formatLevel, formatMetric } from '../numbers.ts';
import { directionOfMetric, titleOfMetric } from '../view/metric-title.ts';
import type { ReleaseFacts } from './facts.ts';

const MAX_METRICS = 60;

/** The numbers of the release beside those of the release before, as a table; nothing where they are withheld. */
export function renderMetrics({ metrics, previous, verdict }: ReleaseFacts): string[] {
  if (verdict.reveal === 'verdict') return ['The numbers are withheld (`reveal: verdict`).'];
  if (metrics.length === 0) return [];
  const before = new Map(previous?.metrics.map((metric) => [metric.name, metric]));
  const shown = metrics.slice(0, MAX_METRICS);
  const gone = [...before.keys()].filter((name) => !metrics.some((metric) => metric.name === name));
  const head = [
    'metric',
    'value',
    'interval',
    'rows',
    ...(previous ? [escapeMarkdown(previous.version), 'change'] : []),
  ];
  const rows = shown.map((metric) => {
    const former = before.get(metric.name);
    const cells = [titleOf(metric.name), formatMetric(metric.value), renderInterval(metric), formatCount(metric.n)];
    return [...cells, ...(previous ? [formatMetric(former?.value ?? null), renderChange(metric, former)] : [])];
  });
  const left = metrics.length - shown.length;
  return [
    renderRow(head),
    renderRow(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(renderRow),
    ...(left > 0 ? ['', `And ${formatCount(left)} more, in \`evidence/evaluation.json\`.`] : []),
    ...(gone.length > 0 ? ['', `No longer measured: ${gone.slice(0, MAX_METRICS).map(titleOf).join(', ')}.`] : []),
    ...(previous ? ['', NOISE] : []),
  ];
}

/** Two releases may have been measured on different rows, so that no test of the difference is at hand. */
const NOISE = '≈: each value lies in the interval of the other, so the change may be noise.';

function titleOf(name: string): string {
  const [, plain = name, rest = ''] = /^([\w@.-]+)( \(.*\))?$/.exec(name) ?? [];
  return escapeMarkdown(titleOfMetric(plain) + rest);
}

function renderInterval({ value, interval }: LedgerMetric): string {
  return interval && value !== null ? `${formatInterval(interval)} (${formatLevel(interval.level)})` : '–';
}

function renderChange(metric: LedgerMetric, former: LedgerMetric | undefined): string {
  if (former === undefined) return metric.value === null ? '–' : 'new';
  if (metric.value === null || former.value === null) return '–';
  const change = metric.value - former.value;
  if (change === 0) return '0';
  if (isWithin(metric.value, former) && isWithin(former.value, metric)) return `${formatDifference(change)} ≈`;
  const direction = directionOfMetric(metric.name.replace(/ \(.*$/, ''));
  const better = direction === undefined ? '' : (direction === 'higher') === change > 0 ? ' better' : ' worse';
  return `${formatDifference(change)}${better}`;
}

function isWithin(value: number, { interval }: LedgerMetric): boolean {
  return interval !== undefined && value >= interval.low && value <= interval.high;
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
