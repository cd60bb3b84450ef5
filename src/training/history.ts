import { readFile, stat } from 'node:fs/promises';

/** One step of a training: a number for each name, `step` among them. */
export type HistoryPoint = Record<string, number>;

const MAX_POINTS = 512;
const MAX_NAMES = 32;
const MAX_NAME_CHARACTERS = 64;
const MAX_LINE_CHARACTERS = 65_536;
/** A longer file is not read: 64 MiB. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Python writes these, and JSON does not know them. */
const NOT_FINITE = /(?<=[:[,]\s*)-?(?:NaN|Infinity)(?=\s*[,}\]])/g;

/** Reads a history file, JSON lines; undefined when it is too large. Lines that are not objects are passed over. */
export async function readHistory(path: string): Promise<HistoryPoint[] | undefined> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) return undefined;
  return parseHistory(await readFile(path, 'utf8'));
}

/**
 * At most 512 points of a history in JSON lines, evenly thinned, the first and the last kept. Of each object only finite
 * numbers under short names are taken; where `step` is missing the number of the line stands for it, from 1.
 */
export function parseHistory(text: string): HistoryPoint[] {
  const points = text.split('\n').map((line, index) => parsePoint(line, index + 1));
  return thin(points.filter((point) => point !== undefined));
}

function parsePoint(line: string, number: number): HistoryPoint | undefined {
  if (line.length > MAX_LINE_CHARACTERS || !line.trimStart().startsWith('{')) return undefined;
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line.replace(NOT_FINITE, 'null'));
  } catch {
    return undefined;
  }
  const { step, ...rest } = value;
  const numbers = Object.entries(rest).filter(
    (entry): entry is [string, number] => isShortName(entry[0]) && Number.isFinite(entry[1]),
  );
  if (numbers.length === 0) return undefined;
  return { ...Object.fromEntries(numbers.slice(0, MAX_NAMES)), step: Number.isFinite(step) ? Number(step) : number };
}

function isShortName(name: string): boolean {
  return name.length <= MAX_NAME_CHARACTERS && /^[\p{L}\p{N}_ ./@%()-]+$/u.test(name);
}

function thin(points: readonly HistoryPoint[]): HistoryPoint[] {
  if (points.length <= MAX_POINTS) return [...points];
  const stride = (points.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, index) => points[Math.round(index * stride)] as HistoryPoint);
}
