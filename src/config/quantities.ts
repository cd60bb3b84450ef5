const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};
const DURATION = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const SIZE = /^(\d+(?:\.\d+)?) ?([kMGT]?B|[KMGT]iB)$/;

/** The seconds of `90s`, `30m`, `2h`, `1h30m`, `5d`; undefined for anything else, and for no time at all. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const seconds = ['d', 'h', 'm', 's'].reduce(
    (sum, unit, index) => sum + Number(match[index + 1] ?? 0) * (UNIT_SECONDS[unit] ?? 0),
    0,
  );
  return seconds > 0 && Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** The bytes of `500MB` or `16GiB`, a positive whole number; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const match = SIZE.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const bytes = Math.round(Number(match[1]) * (UNIT_BYTES[match[2]] ?? 0));
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Below this much the engine cannot read some files at all. */
const LEAST_MEMORY = 128 * 1024 ** 2;
export const MEMORY_FIX = 'Give a size of at least 128MiB, such as 4GiB.';

/** The bytes of memory that a text such as `4GiB` allows; undefined for no size, and for one that is too small to work with. */
export function parseMemory(text: string): number | undefined {
  const bytes = parseSize(text);
  return bytes !== undefined && bytes >= LEAST_MEMORY ? bytes : undefined;
}

/** The share that `5%` means, 0.05; undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]) / 100;
}
