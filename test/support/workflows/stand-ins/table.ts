import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from '../../program.ts';

/** Folders of the actions here, by the repository that each stands for. */
const FOLDERS: Readonly<Record<string, string>> = {
  'actions/attest': 'attest',
  'actions/cache': 'cache',
  'actions/checkout': 'checkout',
  'actions/deploy-pages': 'deploy-pages',
  'actions/download-artifact': 'download-artifact',
  'actions/setup-node': 'setup-node',
  'actions/setup-python': 'setup-python',
  'actions/upload-artifact': 'upload-artifact',
  'actions/upload-pages-artifact': 'upload-pages-artifact',
  'astral-sh/setup-uv': 'setup-uv',
  'conda-incubator/setup-miniconda': 'setup-miniconda',
};

/**
 * Small equivalents of actions that workflows use: they take every input of the real ones, so that a wrong one is an
 * error, and refuse the values that they do not act on. They are bundled once for each state of their sources, which
 * halves the time of a step; `cache` is where the bundles stay.
 */
export function locateStandIns(cache: string): Record<string, string> {
  const folder = join(cache, 'modelgate', `test-stand-ins-${computeKey()}`);
  if (!existsSync(folder)) build(folder);
  return Object.fromEntries(Object.entries(FOLDERS).map(([name, path]) => [name, join(folder, path)]));
}

function computeKey(): string {
  const digest = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const name of findSources().sort()) digest.update(name).update(readFileSync(join(import.meta.dirname, name)));
  return digest.digest('hex').slice(0, 16);
}

/** Milliseconds that bundles of other states of the sources stay: another checkout may be using them. */
const KEPT = 86_400_000;

// Into a folder of its own first: another test's process may build at the same time.
function build(folder: string): void {
  const made = `${folder}-${randomUUID()}`;
  for (const old of globSync('test-stand-ins-*', { cwd: dirname(folder) })) {
    const path = join(dirname(folder), old);
    if (Date.now() - statSync(path).mtimeMs > KEPT) rmSync(path, { recursive: true, force: true });
  }
  buildSync({
    absWorkingDir: import.meta.dirname,
    entryPoints: findSources().filter((name) => name.endsWith('.ts') && name !== 'table.ts'),
    outdir: made,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
    banner: { js: "import{createRequire as cR}from'node:module';const require=cR(import.meta.url);" },
  });
  for (const path of Object.values(FOLDERS)) {
    const text = readFileSync(join(import.meta.dirname, path, 'action.yml'), 'utf8');
    mkdirSync(join(made, path), { recursive: true });
    writeFileSync(join(made, path, 'action.yml'), text.replace(/^( {2}(?:main|post): .*)\.ts$/gm, '$1.js'));
  }
  writeFileSync(join(made, 'package.json'), '{"type":"module"}');
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function findSources(): string[] {
  return globSync(['*.ts', '*/*.ts', '*/action.yml'], { cwd: import.meta.dirname });
}
