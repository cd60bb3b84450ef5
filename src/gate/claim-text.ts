import type { Bounds } from '../evidence/schema/verdict.ts';
import { renderConfidence } from './certainty.ts';
import type { Finding } from './claims.ts';
import type { AbsoluteCondition, RelativeCondition } from './conditions.ts';
import { renderNumber } from './numbers.ts';
import { renderRows, type Scene } from './scene.ts';

type State = Finding['state'];
/** Limits of the candidate's number, or of its difference from the baseline's. */
type Ends = Pick<Bounds, 'low' | 'high'>;

/** What limits say of `min` or `max`, as “with 95 % confidence accuracy is at least 0.912, over the 0.9 that is asked”. */
export function describeAbsolute(
  { request }: Scene,
  { key, line }: AbsoluteCondition,
  { low, high, confidence }: Ends & { readonly confidence: number },
  state: State,
): string {
  const { name } = request;
  const wanted = `${renderNumber(line)} that is ${key === 'min' ? 'asked' : 'allowed'}`;
  if (state === 'open') return `${name} lies ${renderSpan(low, high)}, around the ${wanted}`;
  const isAbove = (state === 'good') === (key === 'min');
  const end = isAbove ? low : high;
  const shown = renderEnd(end, line);
  const place = shown === renderNumber(line) ? 'just' : isAbove ? 'over' : 'under';
  return `with ${renderConfidence(confidence)} ${name} is at ${isAbove ? 'least' : 'most'} ${shown}, ${place} the ${wanted}`;
}

/** What limits of the difference say of a relative condition, as “the drop from production is at most 0.012 …”. */
export function describeRelative(
  { metric, against }: Scene,
  { key, tolerance }: RelativeCondition,
  amount: number,
  { low, high, confidence }: Ends & { readonly confidence: number },
  state: State,
): string {
  const name = against?.name ?? '';
  const sure = `with ${renderConfidence(confidence)}`;
  const size = typeof tolerance === 'number' ? String(tolerance) : `${tolerance} (${renderNumber(amount)})`;
  const isHigher = metric.direction === 'higher';
  const [drop, gain] = isHigher ? ['drop', 'gain'] : ['rise', 'fall'];
  const bar = {
    'max-drop': amount === 0 ? `no ${drop} is allowed` : `a ${drop} of ${size} is allowed`,
    'min-gain': amount === 0 ? `a ${gain} is asked` : `a ${gain} of ${size} is asked`,
    within: `${size} either way is allowed`,
  }[key];
  if (state === 'open') return `the difference from ${name} lies ${renderSpan(low, high)}; ${bar}`;
  if (key === 'within') {
    if (state === 'good') return `the difference from ${name} lies ${renderSpan(low, high)} ${sure}; ${bar}`;
    const away = (low ?? 0) > 0 ? (low ?? 0) : -(high ?? 0);
    return `the difference from ${name} is at least ${renderEnd(away, amount)} ${sure}; ${bar}`;
  }
  // The end that decided, as a gain: the worse one is good, the better one is bad.
  const end = ((state === 'good') === isHigher ? low : high) ?? 0;
  const won = isHigher ? end : -end;
  const isLost = won < 0;
  const what = `${isLost ? drop : gain} ${isLost === isHigher ? 'from' : 'over'}`;
  const least = isLost === (state !== 'good');
  const isPlain = isLost === (key === 'max-drop') && amount > 0;
  const asked = isPlain ? `${size} is ${key === 'max-drop' ? 'allowed' : 'asked'}` : bar;
  return `the ${what} ${name} is at ${least ? 'least' : 'most'} ${renderEnd(Math.abs(won), amount)} ${sure}; ${asked}`;
}

/** What an exact test of the sign says where any difference counts. */
export function describeSign(
  { metric, against }: Scene,
  { key }: RelativeCondition,
  { sign, error, state }: Finding,
  confidence: number,
): string {
  const name = against?.name ?? '';
  const { above = 1, below = 1, method = '' } = sign ?? {};
  const [better, worse] = metric.direction === 'higher' ? [above, below] : [below, above];
  const p = state === 'good' ? better : state === 'bad' ? worse : Math.min(better, worse);
  const test = `${method}, p = ${renderNumber(Number(p.toPrecision(2)))}`;
  if (state !== 'open') {
    return `it is ${state === 'good' ? 'better' : 'worse'} than ${name} with ${renderConfidence(confidence)} (${test})`;
  }
  const asked = key === 'max-drop' ? 'whether it is worse' : 'whether it is better';
  return `${asked} than ${name} is open (${test}, and ${renderNumber(Number(error.toPrecision(2)))} is asked)`;
}

/** What cannot be told, and the rows that would settle it. */
export function describeOpen(text: string, rows: number | null | undefined, unit: Scene['unit']): string {
  const plural = unit === 'row' ? 'rows' : 'queries';
  const settled =
    rows === undefined
      ? ''
      : rows === null
        ? `; no reasonable number of ${plural} would settle it`
        : `; about ${renderRows(rows, unit)} would settle it`;
  return `cannot tell: ${text}${settled}`;
}

function renderSpan(low: number | null, high: number | null): string {
  if (low === null || high === null) return low === null ? `under ${renderEnd(high, 0)}` : `over ${renderEnd(low, 0)}`;
  return `between ${renderNumber(low, [high])} and ${renderNumber(high, [low])}`;
}

function renderEnd(end: number | null, beside: number): string {
  return end === null ? 'any number' : renderNumber(end, [beside]);
}
