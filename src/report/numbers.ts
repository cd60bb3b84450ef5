/** The one place where numbers become text. Nothing here depends on a locale or a clock. */

const MINUS = '\u2212';

function withMinus(text: string): string {
  return text.replace('-', MINUS).replace('e+', 'e').replace('e-', `e${MINUS}`);
}

function round(value: number, digits: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= 10) return withMinus(groupDigits(value));
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (size >= 1e9 || size < 1e-4) return withMinus(value.toExponential(Math.max(0, digits - 2)));
  if (size >= 10 ** (digits - 1)) return withMinus(groupDigits(Math.round(value)));
  return withMinus(value.toPrecision(digits));
}

function groupDigits(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A metric to 4 significant digits; `–` where there is none. */
export function formatMetric(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : round(value, 4);
}

/** The ends of an interval to 3 significant digits. */
export function formatInterval(interval: { low: number; high: number }): string {
  return `${round(interval.low, 3)} – ${round(interval.high, 3)}`;
}

/** Limits of which one may be open: `0.912 – 0.987`, `at least 0.912`; `–` where there are none. */
export function formatLimits(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return formatInterval({ low, high });
  if (low !== null) return `at least ${round(low, 3)}`;
  return high === null ? '–' : `at most ${round(high, 3)}`;
}

/** A probability of error to 2 significant digits: `0.05`, `0.00025`, `1.3e−12`. */
export function formatError(error: number): string {
  return withMinus(String(Number(error.toPrecision(2))));
}

/** A difference with its sign: 4 decimals below 1, else 4 significant digits. */
export function formatDifference(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1 && size >= 5e-5 ? size.toFixed(4) : round(size, size < 1 ? 2 : 4);
  return `${value < 0 ? MINUS : '+'}${text}`;
}

/** A share as per cent. Only 0 and 1 themselves read as 0% and 100%. */
export function formatShare(share: number): string {
  if (share === 0 || share === 1) return `${share * 100}%`;
  if (share < 0.001) return '<0.1%';
  if (share > 0.999) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

/** A level of confidence, 0.95, as `95%`. */
export function formatLevel(level: number): string {
  return `${Number((level * 100).toPrecision(4))}%`;
}

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return withMinus(groupDigits(count));
}

/** A count and its noun: `1 row`, `1,204 rows`. `plural` where an s does not do. */
export function formatAmount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** Seconds as `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joinParts(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return joinParts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** Minutes with one decimal: `6.2`, `1,204`; `<0.1` for what would read as none. */
export function formatMinutes(minutes: number): string {
  if (minutes > 0 && minutes < 0.1) return '<0.1';
  return minutes < 100 ? minutes.toFixed(1) : formatCount(Math.round(minutes));
}

/** Commits between a baseline and the base: `the base itself`, `2 commits before the base`. */
export function formatDistance(commits: number): string {
  return commits === 0 ? 'the base itself' : `${formatAmount(commits, 'commit')} before the base`;
}

function joinParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Bytes as `812 B`, `12.4 KiB`, `16 GiB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 || Number.isInteger(size) ? size : size.toFixed(1)} ${units[unit]}`;
}

/** The first 12 digits of a digest or the first 9 of a commit: enough to compare by eye. */
export function formatDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

/** The first 9 digits of a commit. */
export function formatCommit(commit: string): string {
  return commit.slice(0, 9);
}

/** An instant as `2026-11-22 09:00 UTC`. */
export function formatInstant(instant: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(instant);
  return match ? `${match[1]} ${match[2]} UTC` : instant;
}
