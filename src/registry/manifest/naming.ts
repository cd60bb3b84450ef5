import { createHash } from 'node:crypto';

/** Files that a release has beside those that its manifest names. In any case of letters. */
export const MANIFEST_FILE = 'manifest.json';
export const CHECKSUMS_FILE = 'checksums.txt';

/** Attestations are added to a release behind its manifest, which cannot name them: they say something about it. */
const BUNDLE = /\.(sigstore\.json|intoto\.jsonl)$/;

/** Whether an asset is a bundle of Sigstore's, by its name. */
export function isBundleName(name: string): boolean {
  return BUNDLE.test(name);
}

/** GitHub takes 255; room is left for the ending of a part. */
const MAX_BASE = 200;
/** Names that belong to parts and to attestations, which are added later. */
const TAKEN = /\.part\d+$|\.sigstore\.jsonl?$|\.intoto\.jsonl$/;

/**
 * Names the asset of each file: its last part where GitHub keeps that name and no other file has it, in any case of
 * letters; else one made of it and of the digest of the path. The same paths always give the same names, in whatever
 * order they come. The manifest leads from the names back to the paths.
 */
export function nameAssets(paths: readonly string[]): Map<string, string> {
  const wanted = new Map([...new Set(paths)].map((path) => [path, path.slice(path.lastIndexOf('/') + 1)]));
  const names = new Map<string, string>();
  const counts = countFolded([...wanted.values()]);
  const used = new Set<string>();
  for (const [path, name] of wanted) {
    if (!isKept(name) || (counts.get(name.toLowerCase()) ?? 0) > 1) continue;
    names.set(path, name);
    used.add(name.toLowerCase());
  }
  for (const [path, name] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (names.has(path)) continue;
    const made = [8, 16, 64].map((digits) => makeName(name, path, digits)).find((one) => !used.has(one.toLowerCase()));
    if (made === undefined) throw new Error('two paths have the same sha256');
    names.set(path, made);
    used.add(made.toLowerCase());
  }
  return new Map([...wanted.keys()].map((path) => [path, names.get(path) ?? '']));
}

/** The names of a file's parts in order; a file in one part keeps its name. `cat name.part*` joins them again. */
export function nameParts(base: string, count: number): string[] {
  if (count <= 1) return Array.from({ length: count }, () => base);
  return Array.from({ length: count }, (_, index) => `${base}.part${String(index + 1).padStart(4, '0')}`);
}

/** Whether GitHub keeps the name: it rewrites other characters, runs of them, and dots at the ends. */
function isKept(name: string): boolean {
  const isPlain = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/.test(name) && !name.includes('..');
  return isPlain && name.length <= MAX_BASE && !isReserved(name);
}

function isReserved(name: string): boolean {
  const folded = name.toLowerCase();
  return folded === MANIFEST_FILE || folded === CHECKSUMS_FILE || TAKEN.test(folded);
}

function makeName(name: string, path: string, digits: number): string {
  const plain = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)((?:\.[A-Za-z0-9]{1,16}){0,2})$/.exec(plain.slice(-MAX_BASE / 2)) ?? [];
  const digest = createHash('sha256').update(path).digest('hex').slice(0, digits);
  const head = stem.replace(/^[^A-Za-z0-9]+|[._-]+$/g, '') || 'file';
  const made = `${head}-${digest}${ending}`;
  return isReserved(made) ? `${head}-${digest}` : made;
}

function countFolded(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return counts;
}
