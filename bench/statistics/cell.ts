import { findNormalLimit } from '../../src/statistics/normal.ts';

/** What a rule came to, as shares of all samples. The rest could not be measured. */
export interface Outcome {
  readonly pass: number;
  readonly fail: number;
}

/** One rule on one kind of data at one level. */
export interface Cell {
  readonly rule: string;
  readonly setting: string;
  /** 1 − confidence. */
  readonly tail: number;
  /** Samples; undefined where the probabilities are exact. */
  readonly trials?: number;
  /** Of the samples. */
  readonly seed?: number;
  /** Where the truth lies on the line. */
  readonly atLine: Outcome;
  /** By how much the truth is better than the line in `atEffect`. */
  readonly effect: number;
  readonly atEffect: Outcome;
  /** How often the comparison of two numbers passes, on the line and at the effect. */
  readonly scalar: readonly [atLine: number, atEffect: number];
}

export const LEVELS = [0.9, 0.95, 0.99] as const;
/** Samples that the allowance of three standard errors is for, where the probabilities are exact. */
const NOMINAL_TRIALS = 10_000;
const HEAD =
  'rule,setting,level,trials,false-pass,allowed,false-fail,cannot,effect,power,scalar false-pass,scalar power,';
const WIDTHS = [34, 34, 5, 6, 10, 7, 10, 7, 8, 6, 17, 12, 8];

/** The standard deviations that an ideal test at this level sees with a power of 80 %. */
export function findVisible(tail: number): number {
  return findNormalLimit(tail) + findNormalLimit(0.2);
}

/** The nominal error and three Monte-Carlo standard errors. */
export function computeAllowed({ tail, trials = NOMINAL_TRIALS }: Cell): number {
  return tail + 3 * Math.sqrt((tail * (1 - tail)) / trials);
}

export function isBad(cell: Cell): boolean {
  return cell.atLine.pass > computeAllowed(cell);
}

/** Two lines above the cells. */
export function printHead(): void {
  console.log(align(HEAD.split(',')));
  console.log(align(WIDTHS.map((width) => '-'.repeat(width))));
}

export function printCell(cell: Cell): void {
  const share = (value: number) => value.toFixed(4);
  console.log(
    align([
      cell.rule,
      cell.setting,
      (1 - cell.tail).toFixed(2),
      cell.trials === undefined ? 'exact' : String(cell.trials),
      share(cell.atLine.pass),
      share(computeAllowed(cell)),
      share(cell.atLine.fail),
      share(Math.max(0, 1 - cell.atLine.pass - cell.atLine.fail)),
      cell.effect.toPrecision(3),
      cell.atEffect.pass.toFixed(3),
      share(cell.scalar[0]),
      cell.scalar[1].toFixed(3),
      isBad(cell) ? '<-- BAD' : '',
    ]),
  );
}

function align(parts: readonly string[]): string {
  return parts.map((part, at) => part.padEnd(WIDTHS[at] ?? 0)).join('  ');
}
