import type { Markup } from '../../markup.ts';
import { formatInterval, formatMetric } from '../../numbers.ts';
import type { Line } from '../../view/metric-rows.ts';
import type { Draw } from './canvas.ts';

/** What one line shows. */
export interface NumberLine {
  readonly title: string;
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  readonly baseline: number | null;
  readonly lines: readonly Pick<Line, 'low' | 'high'>[];
  readonly open: boolean;
}

type Domain = readonly [low: number, high: number];

const WIDTH = 264;
const HEIGHT = 26;
const AXIS = 16;
const SIDE = 12;
/** Empty part beside the outermost thing drawn. */
const MARGIN = 0.08;

/** The scale that holds everything on some lines, with a margin; numbers from 0 to 1 do not run past their ends. */
export function computeDomain(rows: readonly NumberLine[]): Domain {
  const values = rows.flatMap(({ value, interval, baseline, lines }) =>
    [value, interval?.low, interval?.high, baseline, ...lines.flatMap(({ low, high }) => [low, high])].filter(
      (one): one is number => typeof one === 'number',
    ),
  );
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0) return [0, 1];
  const margin = (high - low || Math.abs(high) || 1) * MARGIN;
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high <= 1 ? Math.min(1, high + margin) : high + margin];
}

/** Draws a candidate with its interval, its baseline, and what the rules do not allow. */
export async function drawNumberLine(draw: Draw, row: NumberLine, domain: Domain): Promise<Markup> {
  const { value, interval, baseline, lines, title, open } = row;
  const x = { type: 'quantitative' as const, scale: { domain: [...domain], nice: false, zero: false }, title: null };
  const shade = lines.flatMap(({ low, high }) => [
    ...(low === undefined ? [] : [{ from: domain[0], to: low, edge: low }]),
    ...(high === undefined ? [] : [{ from: high, to: domain[1], edge: high }]),
  ]);
  const colour = open ? 'var(--fail)' : 'var(--data)';
  const label = [
    `${title}: ${formatMetric(value)}`,
    interval && `interval ${formatInterval(interval)}`,
    baseline !== null && `baseline ${formatMetric(baseline)}`,
    ...lines.map(
      ({ low, high }) => `allowed ${low === undefined ? 'at most' : 'at least'} ${formatMetric(low ?? high ?? null)}`,
    ),
  ].filter(Boolean);
  return draw(
    {
      width: WIDTH,
      height: HEIGHT,
      padding: { left: SIDE, right: SIDE, top: 0, bottom: AXIS },
      autosize: 'none',
      layer: [
        {
          data: { values: shade },
          mark: { type: 'rect', color: 'var(--barred)' },
          encoding: {
            x: { ...x, field: 'from', axis: { tickCount: 4, labelPadding: 3, labelFlush: false } },
            x2: { field: 'to' },
          },
        },
        {
          data: { values: shade },
          mark: { type: 'rule', color: 'var(--edge)', strokeWidth: 1.5, strokeDash: [3, 2] },
          encoding: { x: { ...x, field: 'edge' } },
        },
        {
          data: { values: interval ? [{ low: interval.low, high: interval.high }] : [] },
          mark: { type: 'rule', color: colour, strokeWidth: 7, opacity: 0.32, strokeCap: 'round', y: HEIGHT / 2 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values: baseline === null ? [] : [{ baseline }] },
          mark: {
            type: 'point',
            shape: 'diamond',
            size: 75,
            y: HEIGHT / 2,
            fill: 'var(--paper)',
            stroke: 'var(--ink)',
            strokeWidth: 1.5,
            opacity: 1,
          },
          encoding: { x: { ...x, field: 'baseline' } },
        },
        {
          data: { values: value === null ? [] : [{ value }] },
          mark: {
            type: 'circle',
            size: 90,
            color: colour,
            opacity: 1,
            y: HEIGHT / 2,
            stroke: 'var(--paper)',
            strokeWidth: 1.5,
          },
          encoding: { x: { ...x, field: 'value' } },
        },
      ],
    },
    label.join(', '),
  );
}
