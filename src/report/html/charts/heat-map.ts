import type { Confusion } from '../../../evidence/schema/evaluation.ts';
import { cleanText, shorten } from '../../escaping.ts';
import type { Markup } from '../../markup.ts';
import { formatAmount } from '../../numbers.ts';
import type { Draw } from './canvas.ts';

/** More classes than this and a cell says nothing any more. */
export const MAX_CLASSES = 30;

const WIDTH = 210;
const MIN_CELL = 24;
const MAX_CELL = 66;
const MAX_LABEL = 14;
/** So faint that the number in the cell is read well on it, by day and by night. */
const STRONGEST = 0.5;

/** Draws a confusion matrix: a cell is the darker, the more of its true class it holds. */
export function drawHeatMap(draw: Draw, { classes, counts }: Confusion): Promise<Markup> {
  const cell = Math.max(MIN_CELL, Math.min(MAX_CELL, Math.floor(WIDTH / classes.length)));
  const labels = classes.map((name) => shorten(cleanText(name), MAX_LABEL));
  const values = counts.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({
      truth,
      predicted,
      count,
      share: total === 0 || count === 0 ? 0 : count / total,
      right: truth === predicted,
    }));
  });
  const turned = labels.some((name) => name.length * 6.5 > cell);
  const position = { type: 'ordinal', sort: null, scale: { paddingInner: 0.06, paddingOuter: 0 } } as const;
  // The labels are looked up by index, so that a class name is never part of an expression's code.
  const axis = {
    grid: false,
    labelExpr: 'names[datum.value]',
    labelPadding: 6,
    labelLimit: 100,
    titlePadding: 8,
  } as const;
  return draw(
    {
      params: [{ name: 'names', value: labels }],
      width: cell * classes.length,
      height: cell * classes.length,
      padding: 2,
      data: { values },
      encoding: {
        x: {
          ...position,
          field: 'predicted',
          axis: { ...axis, orient: 'top', title: 'predicted', labelAngle: turned ? -40 : 0, labelOverlap: false },
        },
        y: { ...position, field: 'truth', axis: { ...axis, title: 'true', labelOverlap: false } },
      },
      layer: [
        {
          mark: { type: 'rect', cornerRadius: 3, stroke: 'var(--hair)', strokeWidth: 1 },
          encoding: {
            fill: { condition: { test: 'datum.right', value: 'var(--data)' }, value: 'var(--fail)' },
            fillOpacity: {
              condition: { test: 'datum.count === 0', value: 0 },
              field: 'share',
              type: 'quantitative',
              scale: { domain: [0, 1], range: [0.06, STRONGEST] },
              legend: null,
            },
          },
        },
        {
          mark: { type: 'text', baseline: 'middle', fontSize: cell < 34 ? 10 : 14 },
          encoding: {
            text: { field: 'count', type: 'quantitative' },
            fill: { value: 'var(--ink)' },
          },
        },
      ],
    },
    `Confusion matrix of ${formatAmount(classes.length, 'class', 'classes')}: true classes down, predicted ones across`,
  );
}
