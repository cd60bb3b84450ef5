import type { Entry } from 'yauzl';

/** What an archive may hold. Sizes in bytes, unpacked. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly bytes: number;
  /** Unpacked bytes for each packed one. Only files over a MiB are asked: small texts shrink a lot. */
  readonly ratio: number;
  /** Parts of a path. */
  readonly depth: number;
}

/** Wide enough for evidence and predictions of millions of rows. */
export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 256, bytes: 2 * 1024 ** 3, ratio: 200, depth: 6 };

const RATIO_FLOOR = 1024 ** 2;
/** The kinds of file in the upper half of the attributes (POSIX `S_IFMT`). */
const [KIND, REGULAR, FOLDER] = [0o170000, 0o100000, 0o040000];
const [STORED, DEFLATED] = [0, 8];

/** Why these entries must not be unpacked; undefined when nothing speaks against it. Looks at no content. */
export function findArchiveFault(
  entries: readonly Entry[],
  limits: ArchiveLimits,
  expects: (name: string) => boolean,
): string | undefined {
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    // Names that a file system takes for the same: by case, and by how accents are written.
    const same = entry.fileName.normalize('NFC').toLowerCase();
    if (names.has(same)) return `two entries are named ${show(entry.fileName)}`;
    names.add(same);
    bytes += entry.uncompressedSize;
    const fault = findEntryFault(entry, limits);
    if (fault !== undefined) return `${show(entry.fileName)} ${fault}`;
    if (!isFolder(entry) && !expects(entry.fileName)) return `${show(entry.fileName)} does not belong there`;
  }
  return bytes > limits.bytes ? `it unpacks to more than ${limits.bytes} bytes` : undefined;
}

/** An entry that stands for a folder, which holds nothing. */
export function isFolder(entry: Entry): boolean {
  return entry.fileName.endsWith('/');
}

function findEntryFault(entry: Entry, limits: ArchiveLimits): string | undefined {
  const { fileName, compressedSize, uncompressedSize, compressionMethod } = entry;
  const parts = fileName.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'is no plain path';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\\:\u0000-\u001f\u007f]/.test(fileName)) return 'has a character that no name of ours has';
  if (parts.length > limits.depth) return `lies deeper than ${limits.depth} folders`;
  const kind = (entry.externalFileAttributes >>> 16) & KIND;
  if (kind !== 0 && kind !== (isFolder(entry) ? FOLDER : REGULAR)) return 'is a link or another special file';
  if (isFolder(entry) && uncompressedSize > 0) return 'is a folder with content';
  if (entry.isEncrypted()) return 'is encrypted';
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return 'is packed in an unknown way';
  if (uncompressedSize > RATIO_FLOOR && uncompressedSize > compressedSize * limits.ratio) {
    return `unpacks to more than ${limits.ratio} times its size`;
  }
  return undefined;
}

/** A name for a message: bounded, and quoted as JSON quotes. */
export function show(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
