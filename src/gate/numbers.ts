/** Numbers this close are one: evidence keeps 12 digits, and 0.9 − 0.85 is not quite 0.05 in doubles. */
const SLACK = 1e-11;

/** Whether `value` is at least `line`, seen with the precision of numbers as large as `scale`. */
export function reaches(value: number, line: number, scale: number): boolean {
  return value >= line - computeSlack(value, line, scale);
}

/** Whether `value` is more than `line`, and not by its rounding alone. */
export function exceeds(value: number, line: number, scale: number): boolean {
  return value > line + computeSlack(value, line, scale);
}

function computeSlack(...numbers: readonly number[]): number {
  return SLACK * Math.max(0, ...numbers.map(Math.abs).filter(Number.isFinite));
}

/** Four digits, or as many more as it takes to tell a number from those that it is written beside. */
export function renderNumber(value: number, beside: readonly number[] = []): string {
  for (let digits = 4; digits < 12; digits += 1) {
    const text = shorten(value, digits);
    if (beside.every((other) => other === value || shorten(other, digits) !== text)) return text;
  }
  return shorten(value, 12);
}

function shorten(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
