import { groupSeries } from './series-groups.ts';
import type { Series } from './training-view.ts';

/** Points of one line in a chart: more cannot be told apart at the width of a comment. */
export const MAX_POINTS = 24;
/** Characters that the labels of the x axis have room for, and the fewest points that a long label may leave. */
const LABEL_ROOM = 75;
const FEWEST_POINTS = 6;
/** Lines that share a chart; a chart of GitHub's has no legend. */
const MAX_LINES = 2;
/** Charts of one report; the table beside them has every line. */
const MAX_CHARTS = 4;
/** Beyond this a number needs an exponent, which the chart's grammar does not have. */
const LARGEST = 1e9;

/** Some lines over the same steps, thinned. */
export interface Chart {
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** The labels of the x axis. */
  readonly steps: readonly string[];
  /** Points of each line before they were thinned. */
  readonly points: number;
}

/** The charts of a training history. Lines that a chart cannot hold are left to the table. */
export function computeCharts(history: readonly Series[]): Chart[] {
  const drawable = history.filter(isDrawable);
  return groupSeries(drawable, MAX_LINES).flatMap(splitBySteps).slice(0, MAX_CHARTS).map(createChart);
}

function isDrawable({ points }: Series): boolean {
  return points.length > 1 && points.every(({ step, value }) => isHeld(step) && isHeld(value));
}

function isHeld(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= LARGEST;
}

/** A chart has one x axis and no gaps, so only lines over the very same steps share one. */
function splitBySteps(group: readonly Series[]): Series[][] {
  const charts = new Map<string, Series[]>();
  for (const series of group) {
    const key = series.points.map(({ step }) => step).join();
    charts.set(key, [...(charts.get(key) ?? []), series]);
  }
  return [...charts.values()];
}

function createChart(group: readonly Series[]): Chart {
  const steps = (group[0]?.points ?? []).map(({ step }) => step);
  const longest = Math.max(...steps.map((step) => formatStep(step).length));
  const room = Math.max(FEWEST_POINTS, Math.floor(LABEL_ROOM / (longest + 1)));
  const kept = thinIndices(steps.length, Math.min(MAX_POINTS, room));
  return {
    lines: group.map(({ name, points }) => ({ name, values: kept.map((index) => points[index]?.value ?? 0) })),
    steps: kept.map((index) => formatStep(steps[index] ?? 0)),
    points: steps.length,
  };
}

function formatStep(step: number): string {
  return String(Number(step.toPrecision(6)));
}

/** At most so many places in a list, evenly spread, with the first and the last among them. */
function thinIndices(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}
