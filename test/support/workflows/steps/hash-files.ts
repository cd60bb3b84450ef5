import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The digest of the digests of all files in the workspace that match, empty when none does; a pattern with `!` takes
 * files away. https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#hashfiles
 */
export function computeFilesDigest(workspace: string, patterns: readonly string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split('\n')).map((pattern) => pattern.trim());
  const files = new Set<string>();
  for (const pattern of lines.filter(Boolean)) {
    const excludes = pattern.startsWith('!');
    for (const found of globSync(excludes ? pattern.slice(1) : pattern, { cwd: workspace })) {
      const file = join(workspace, found);
      if (relative(workspace, file).startsWith('..') || !statSync(file).isFile()) continue;
      if (excludes) files.delete(file);
      else files.add(file);
    }
  }
  if (files.size === 0) return '';
  const digest = createHash('sha256');
  for (const file of [...files].sort()) digest.update(createHash('sha256').update(readFileSync(file)).digest());
  return digest.digest('hex');
}
