import type { Markup } from '../../markup.ts';
import { formatShare } from '../../numbers.ts';
import type { Draw } from './canvas.ts';

const WIDTH = 120;
const HEIGHT = 12;

/** Draws a share of rows as a bar; `largest` is the share that fills it. */
export function drawShareBar(draw: Draw, share: number, largest: number): Promise<Markup> {
  return draw(
    {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      autosize: 'none',
      data: { values: [{ share }] },
      layer: [
        { mark: { type: 'rect', x: 0, x2: WIDTH, y: 0, y2: HEIGHT, cornerRadius: 2, color: 'var(--barred)' } },
        {
          mark: { type: 'rect', color: 'var(--fail)', cornerRadius: 2, y: 0, y2: HEIGHT },
          encoding: {
            x: { field: 'share', type: 'quantitative', scale: { domain: [0, largest], nice: false }, axis: null },
            x2: { datum: 0 },
          },
        },
      ],
    },
    `${formatShare(share)} of the rows`,
  );
}
