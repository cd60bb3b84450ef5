import type { LedgerMetric } from '../../../evidence/schema/ledger.ts';
import { html } from '../../html/blocks.ts';
import { computeDomain } from '../../html/charts/number-line.ts';
import { Markup } from '../../markup.ts';
import { formatInterval, formatMetric } from '../../numbers.ts';
import type { NamedMetric } from '../difference.ts';

/** One version on the chart of a metric. */
export interface HistoryPoint {
  readonly version: string;
  readonly value: number;
  readonly interval: LedgerMetric['interval'];
  readonly prerelease: boolean;
  readonly live: boolean;
}

/** The drawing is stretched to the width that the page has: its units are not pixels, only its strokes are. */
const WIDTH = 1000;
const HEIGHT = 100;
/** Points beyond which dots and intervals are drawn thin. */
const DENSE = 80;

/** Draws a metric over the versions, oldest at the left, each with its interval. */
export function drawMetricHistory(
  { title, direction }: NamedMetric,
  metric: string,
  points: readonly HistoryPoint[],
): Markup {
  const ticks = computeTicks(points);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (index: number): number => round(((index + 0.5) / points.length) * WIDTH);
  const y = (value: number): number => round(HEIGHT - ((value - low) / (high - low)) * HEIGHT);
  const dot = (keep: (point: HistoryPoint) => boolean): string =>
    points.map((point, index) => (keep(point) ? `M${x(index)} ${y(point.value)}h0` : '')).join('');
  const draw = (name: string, path: string): Markup | false =>
    path !== '' && new Markup(`<path class="${name}" d="${path}"/>`);
  const finals = points.flatMap((point, index) => (point.prerelease ? [] : [`${x(index)} ${y(point.value)}`]));
  const ranges = points.map(({ interval }, index) =>
    interval ? `M${x(index)} ${y(interval.low)}V${y(interval.high)}` : '',
  );
  const early = dot(({ prerelease }) => prerelease);
  const live = dot((point) => point.live);
  const first = points[0]?.version ?? '';
  const last = points.at(-1)?.version ?? '';
  return html`<figure class="history ${points.length > DENSE ? 'dense' : 'sparse'}">
<figcaption>${title}${direction && html`<small>${direction} is better</small>`}</figcaption>
<div class="ticks" aria-hidden="true">${ticks.map((tick) => html`<span>${formatMetric(tick)}</span>`)}</div>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${describe(title, points)}" data-metric="${metric}" data-count="${points.length}">${[
    draw('grid', ticks.map((tick) => `M0 ${y(tick)}H${WIDTH}`).join('')),
    draw('range', ranges.join('')),
    draw('trend', finals.length > 1 ? `M${finals.join('L')}` : ''),
    draw('live', live),
    draw('gap', live),
    draw(
      'dots',
      dot(({ prerelease }) => !prerelease),
    ),
    draw('early', early),
    draw('hole', early),
  ]}</svg>
<div class="span" aria-hidden="true"><span>${first}</span>${points.length > 1 && html`<span>${last}</span>`}</div>
<p class="readout" data-readout></p>
</figure>
`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function describe(title: string, points: readonly HistoryPoint[]): string {
  const last = points.at(-1);
  const newest = last && `${last.version} ${formatMetric(last.value)}`;
  const interval = last?.interval && `, interval ${formatInterval(last.interval)}`;
  return `${title} of ${points.length} versions from ${points[0]?.version ?? ''} on, newest ${newest ?? ''}${interval ?? ''}`;
}

/** Round numbers, evenly apart, around everything drawn; three to seven of them. */
function computeTicks(points: readonly HistoryPoint[]): number[] {
  const rows = points.map(({ value, interval }) => ({
    ...{ value, interval, title: '', baseline: null, lines: [], open: false },
  }));
  const [low, high] = computeDomain(rows);
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const start = Math.floor(low / step + 1e-9);
  const end = Math.max(start + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: end - start + 1 }, (_, index) => Number(((start + index) * step).toPrecision(10)));
}
