import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { BUNDLING } from '../../scripts/build.ts';
import type { Answer } from './probe.ts';

const execute = promisify(execFile);

export interface Probe {
  /** A folder of its own with no `node_modules` in it or above it. */
  readonly folder: string;
  run(environment?: NodeJS.ProcessEnv, node?: string): Promise<Answer>;
  remove(): Promise<void>;
}

/** Bundles `probe.ts` the way `dist/` is bundled, into a folder outside the repository, with a small table. */
export async function bundleProbe(): Promise<Probe> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-probe-')));
  const dist = join(folder, 'dist');
  await mkdir(dist);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const table = join(folder, 'table.csv');
  await writeFile(table, 'a,b\n1,2\n3,4\n');
  const root = join(import.meta.dirname, '../..');
  await build({ ...BUNDLING, entryPoints: [join(root, 'test/engine/probe.ts')], outdir: dist });
  return {
    folder,
    async run(environment = {}, node = process.execPath) {
      // Nothing of this machine's library may be found unless a test says so.
      const env = { ...process.env, RUNNER_TOOL_CACHE: join(folder, 'tools'), MODELGATE_DUCKDB: '', ...environment };
      const { stdout } = await execute(node, [join(dist, 'probe.js'), table], { env, cwd: folder });
      return JSON.parse(stdout) as Answer;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
