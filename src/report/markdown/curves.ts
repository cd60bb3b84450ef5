import { shorten } from '../escaping.ts';
import { Markup } from '../markup.ts';
import { formatCount, formatMetric } from '../numbers.ts';
import { type Chart, computeCharts, MAX_POINTS } from '../view/chart.ts';
import type { Summary } from '../view/summary.ts';
import { md, renderFolded, renderTable } from './blocks.ts';

/** Longest name of a line in a title, in graphemes. */
const MAX_NAME = 40;
/** The colours of the lines, given to the chart and named in its title: it has no legend. */
const COLOURS = [
  { name: 'blue', value: '#2f6fd0' },
  { name: 'orange', value: '#d9731a' },
] as const;

/** The training history as charts that GitHub draws, with the numbers beside them. */
export function renderCurves({ history }: Summary): Markup | undefined {
  const charts = computeCharts(history);
  const thinned = charts.some(({ points, steps }) => points > steps.length);
  return renderFolded('Training curves', [
    ...charts.map(renderChart),
    thinned
      ? md`A line is drawn with at most ${MAX_POINTS} of its points, fewer where the numbers of the steps are long: evenly spread, with the first and the last among them.`
      : undefined,
    renderTable(history, [
      { title: 'History', cell: ({ name }) => name },
      { title: 'Steps', right: true, cell: ({ points }) => formatCount(points.length) },
      { title: 'First', right: true, cell: ({ points }) => formatMetric(points[0]?.value ?? null) },
      { title: 'Last', right: true, cell: ({ points }) => formatMetric(points.at(-1)?.value ?? null) },
      { title: 'Lowest', right: true, cell: ({ best }) => formatMetric(best.low) },
      { title: 'Highest', right: true, cell: ({ best }) => formatMetric(best.high) },
    ]),
  ]);
}

/**
 * One chart in Mermaid's grammar. `xychart-beta` is the name that every version since 10.6 knows; 10.6.0 and 11.17.2
 * draw what this gives. Nothing of a user's goes in but the names of the lines, and of those only what no part of that grammar gives a meaning to.
 */
function renderChart({ lines, steps }: Chart): Markup {
  const names = lines.map(({ name }, index) =>
    lines.length === 1 ? keepPlain(name) : `${keepPlain(name)} (${COLOURS[index]?.name})`,
  );
  const [low, high] = computeRange(lines.flatMap(({ values }) => values));
  const decimals = countDecimals(high - low);
  // The grammar has no exponent.
  const plain = (value: number): string => value.toFixed(decimals);
  const palette = COLOURS.map(({ value }) => value).join(', ');
  return new Markup(
    [
      '```mermaid',
      `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${palette}"}}}}%%`,
      'xychart-beta',
      `  title "${names.join(', ')}"`,
      `  x-axis "step" [${steps.map((step) => `"${step}"`).join(', ')}]`,
      `  y-axis "value" ${plain(low)} --> ${plain(high)}`,
      ...lines.map(({ values }) => `  line [${values.map(plain).join(', ')}]`),
      '```',
    ].join('\n'),
  );
}

/** Letters, marks, digits and a few signs of a name; anything else becomes `?`. */
function keepPlain(name: string): string {
  return shorten(name.replace(/[^\p{L}\p{M}\p{N} _./-]/gu, '?'), MAX_NAME).trim() || '?';
}

/** Digits behind the point that tell 10,000 heights of a chart apart; 12 at most. */
function countDecimals(span: number): number {
  return Math.min(12, Math.max(0, 4 - Math.floor(Math.log10(span))));
}

/** The ends of the y axis. A line without any change needs some room about it: an axis of length 0 draws nothing. */
function computeRange(values: readonly number[]): [low: number, high: number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max(Math.abs(low) / 10, 0.1);
  return high - low > 1e-11 ? [low, high] : [low - room, high + room];
}
