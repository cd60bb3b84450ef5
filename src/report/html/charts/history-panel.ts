import { shorten } from '../../escaping.ts';
import type { Markup } from '../../markup.ts';
import type { Series } from '../../view/training-view.ts';
import type { Draw } from './canvas.ts';

const WIDTH = 250;
const HEIGHT = 130;

/** Colours and dashes of the lines of one panel, by their order. */
const LINE_STYLES = [
  { colour: 'var(--data)', dash: [1, 0] },
  { colour: 'var(--second)', dash: [6, 3] },
  { colour: 'var(--third)', dash: [2, 3] },
  { colour: 'var(--soft)', dash: [8, 3, 2, 3] },
] as const;

/** Lines that one panel can tell apart. */
export const MAX_LINES = LINE_STYLES.length;

/** Draws the lines of one group over the steps. */
export function drawHistoryPanel(draw: Draw, group: readonly Series[]): Promise<Markup> {
  const order = group.map((_, index) => index);
  const styles = LINE_STYLES.slice(0, group.length);
  return draw(
    {
      width: WIDTH,
      height: HEIGHT,
      padding: 4,
      data: { values: group.flatMap(({ points }, line) => points.map((point) => ({ ...point, line }))) },
      mark: {
        type: 'line',
        strokeWidth: 2,
        strokeJoin: 'round',
        point: group.every(({ points }) => points.length < 3),
      },
      encoding: {
        x: {
          field: 'step',
          type: 'quantitative',
          scale: { zero: false, nice: false },
          axis: { title: 'step', grid: false, tickCount: 5, domain: true, domainColor: 'var(--hair)' },
        },
        y: { field: 'value', type: 'quantitative', scale: { zero: false }, axis: { title: null, tickCount: 4 } },
        color: {
          field: 'line',
          type: 'nominal',
          scale: { domain: order, range: styles.map(({ colour }) => colour) },
          legend: null,
        },
        strokeDash: {
          field: 'line',
          type: 'nominal',
          scale: { domain: order, range: styles.map(({ dash }) => [...dash]) },
          legend: null,
        },
      },
    },
    `${group.map(({ name }) => shorten(name, 40)).join(' and ')} over the steps of the training`,
  );
}
