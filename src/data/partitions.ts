import type { PromisedColumn } from './checks/checks.ts';

/** What engines write in the place of a partition without a value. */
const NOTHING = '__HIVE_DEFAULT_PARTITION__';

/**
 * The values that the folders of a file give to columns, as in `country=DE/`, by the names that the folders say; only of
 * columns that the contract calls partitioned. `top` is the folder of the data set, and folders above it give nothing.
 */
export function readPartitions(
  path: string,
  top: string,
  columns: readonly PromisedColumn[],
): Readonly<Record<string, string | null>> {
  if (columns.length === 0) return {};
  const below = top === '.' ? path : path.slice(top.length + 1);
  const folders = below.split('/').slice(0, -1);
  return Object.fromEntries(
    folders.flatMap((folder) => {
      const [, name = '', text = ''] = /^([^=]+)=(.*)$/.exec(folder) ?? [];
      const isMeant = columns.some(({ names }) => names.includes(decode(name)));
      return isMeant ? [[decode(name), text === NOTHING ? null : decode(text)] as const] : [];
    }),
  );
}

/** Such folders have special characters as percent signs and digits, as URLs do. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
