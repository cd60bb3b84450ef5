import type { Curve } from '../../../evidence/schema/evaluation.ts';
import { cleanText, shorten } from '../../escaping.ts';
import type { Markup } from '../../markup.ts';
import { formatAmount } from '../../numbers.ts';
import type { Draw } from './canvas.ts';

const SIZE = 210;

/** What a kind of curve is called, what its axes show, and the line that no skill, or perfect calibration, would draw. */
const KINDS = {
  roc: { title: 'ROC curve', x: 'false-positive rate', y: 'true-positive rate', diagonal: true },
  'precision-recall': { title: 'Precision and recall', x: 'recall', y: 'precision', diagonal: false },
  calibration: { title: 'Calibration', x: 'mean score', y: 'share that is positive', diagonal: true },
} as const satisfies Record<Curve['kind'], { title: string; x: string; y: string; diagonal: boolean }>;

/** The title of a curve, with the class that it is of. */
export function nameCurve({ kind, positive }: Curve): string {
  return positive === undefined ? KINDS[kind].title : `${KINDS[kind].title}: ${positive}`;
}

/** Draws one curve on axes from 0 to 1. A point of a calibration is the larger, the more rows it holds. */
export function drawCurvePanel(draw: Draw, curve: Curve): Promise<Markup> {
  const { kind, points } = curve;
  const { x, y, diagonal } = KINDS[kind];
  const scale = { domain: [0, 1], nice: false, clamp: true };
  const axis = { tickCount: 5, titlePadding: 6 } as const;
  const position = {
    x: { field: 'x', type: 'quantitative', scale, axis: { ...axis, title: x } },
    y: { field: 'y', type: 'quantitative', scale, axis: { ...axis, title: y } },
    // Along the curve, not along the axis: several points may share an x.
    order: { field: 'place', type: 'quantitative' },
  } as const;
  const values = points.map(([left, up, rows], place) => ({ x: left, y: up, rows, place }));
  const most = Math.max(1, ...points.map(([, , rows]) => rows));
  const isDotted = kind === 'calibration';
  return draw(
    {
      width: SIZE,
      height: SIZE,
      padding: 4,
      layer: [
        {
          data: { values: diagonal ? [0, 1].map((end) => ({ x: end, y: end, place: end })) : [] },
          mark: { type: 'line', color: 'var(--soft)', strokeWidth: 1, strokeDash: [4, 4] },
          encoding: position,
        },
        {
          data: { values },
          mark: { type: 'line', color: 'var(--data)', strokeWidth: 2, strokeJoin: 'round' },
          encoding: position,
        },
        {
          data: { values: isDotted ? values : [] },
          mark: { type: 'circle', color: 'var(--data)', opacity: 1 },
          encoding: {
            ...position,
            size: {
              field: 'rows',
              type: 'quantitative',
              scale: { domain: [0, most], range: [12, 140] },
              legend: null,
            },
          },
        },
      ],
    },
    `${shorten(cleanText(nameCurve(curve)), 60)}, ${formatAmount(points.length, 'point')}: ${y} over ${x}`,
  );
}
