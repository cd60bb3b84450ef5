import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { writeActionPages } from './action-pages.ts';
import { writeConfigurationPage } from './configuration-page.ts';
import { writeCsvWalk } from './csv-walk.ts';
import { renderNotices } from './notices.ts';
import { writeSchemas } from './schemas.ts';
import { writeSiteScript } from './site-script.ts';
import { writeWorkflowPages } from './workflow-pages.ts';

const ROOT = join(import.meta.dirname, '..');

/** How everything of ours is bundled. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  chunkNames: 'chunk-[hash]',
  alias: { '@duckdb/node-bindings': './src/engine/bindings.ts' },
  // Validators and XML of the CycloneDX library, which does without them; nothing of ours asks for them.
  external: ['xmlbuilder2', 'libxmljs2', 'ajv-formats-draft2019'] as string[],
  // What is CommonJS inside a bundle still asks for `require`.
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
  logLevel: 'warning',
} as const;

/** Bundles the command line, every action and the programs of threads in memory: the text of each file of `dist/` by its name. */
export async function bundle() {
  const actions = (await readdir(join(ROOT, 'src/actions/entries'))).filter((name) => name.endsWith('.ts'));
  const { metafile, outputFiles } = await build({
    entryPoints: [
      { in: 'src/cli/entry.ts', out: 'cli' },
      { in: 'src/evidence/hash-worker.ts', out: 'hash-worker' },
      { in: 'src/engine/csv-segment-worker.ts', out: 'csv-segment-worker' },
      ...actions.map((name) => ({ in: `src/actions/entries/${name}`, out: name.replace(/\.ts$/, '') })),
    ],
    outdir: 'dist',
    write: false,
    metafile: true,
    ...BUNDLING,
  });
  const files = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  files.set('THIRD-PARTY-NOTICES', await renderNotices(metafile, ROOT));
  return { metafile, files };
}

if (process.argv[1] === import.meta.filename) {
  await writeSiteScript();
  await writeCsvWalk();
  const { files } = await bundle();
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  await mkdir(join(ROOT, 'dist'));
  for (const [name, text] of files) await writeFile(join(ROOT, 'dist', name), text);
  await writeSchemas();
  await writeActionPages();
  await writeConfigurationPage();
  await writeWorkflowPages();
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(`dist: ${files.size} files, ${Math.round(bytes / 1024)} KiB`);
}
