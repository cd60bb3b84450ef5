import type { Engine } from '../../engine/connection.ts';
import { renderDouble } from '../scale.ts';

/** Binary digits behind the point of a weight, as a share of the scale; the sum of 2⁶⁶ such weights is still below 2¹²⁷. */
const WEIGHT_BITS = 60;

/** The power of two at or above the largest weight of `joined`: dividing by it loses no digit. 1 where all are 0. */
export async function fetchWeightScale(engine: Engine): Promise<number> {
  const [row] = await engine.rows<{ most: number | null }>('SELECT max(weight) AS most FROM joined');
  const most = row?.most ?? 0;
  return most > 0 ? 2 ** Math.ceil(Math.log2(most)) : 1;
}

/** SQL for a weight, finite and at least 0, as a whole number of steps: 2⁶⁰ are one `scale`. Whole numbers add up to the same sum in any order, which doubles do not. */
export function renderFixedWeight(weight: string, scale: number): string {
  return `CAST(${weight} * ${renderDouble(2 ** WEIGHT_BITS / scale)} AS HUGEINT)`;
}

/** SQL for a sum of such steps as a DOUBLE. */
export function renderSummedWeight(sum: string, scale: number): string {
  return `CAST(${sum} AS DOUBLE) * ${renderDouble(scale * 2 ** -WEIGHT_BITS)}`;
}
