import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { create } from '@actions/glob';
import { expect, test } from 'vitest';
import { nameInArtifact } from '../../../src/pipeline/release/model-names.ts';

/** The names that actions/upload-artifact gives: below the deepest folder that all its search paths have in common. */
async function nameAsUploaded(paths: readonly string[]): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'model-names-'));
  try {
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    const found = (await create(paths.map((path) => join(root, path)).join('\n'))).getSearchPaths();
    let folder = dirname(found[0] ?? '');
    while (found.some((path) => relative(folder, path).startsWith('..'))) folder = dirname(folder);
    return found.map((path) => relative(folder, path)).toSorted();
  } finally {
    rmSync(root, { recursive: true });
  }
}

test.each([
  [['out/model.json']],
  [['model.bin']],
  [['out/a.bin', 'out/b.bin']],
  [['out/model/config.json', 'out/model/weights/1.bin', 'out/model/weights/2.bin']],
  [['out/a.bin', 'outside/b.bin']],
])('files lie in the artifact where upload-artifact puts them: %j', async (paths) => {
  const names = nameInArtifact(paths.map((path) => ({ path })));
  expect([...names.keys()]).toEqual(paths);
  expect([...names.values()].toSorted()).toEqual(await nameAsUploaded(paths));
});
