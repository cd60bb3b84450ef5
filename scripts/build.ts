import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { Waivers } from '../src/config/schema/governance.ts';
import { Modelgate } from '../src/config/schema/modelgate.ts';
import { DOCUMENT_SCHEMAS } from '../src/evidence/document.ts';
import { REPOSITORY_URL } from '../src/identity.ts';
import { writeActionPages } from './action-pages.ts';
import { writeConfigurationPage } from './configuration-page.ts';
import { renderNotices } from './notices.ts';

const ROOT = join(import.meta.dirname, '..');

/** Bundles the command line and every action; with `write: false` only the metafile is made. */
export async function bundle(write: boolean): Promise<Metafile> {
  const actions = (await readdir(join(ROOT, 'src/actions/entries'))).filter((name) => name.endsWith('.ts'));
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [
      { in: 'src/cli/entry.ts', out: 'cli' },
      ...actions.map((name) => ({ in: `src/actions/entries/${name}`, out: name.replace(/\.ts$/, '') })),
    ],
    outdir: 'dist',
    write,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    chunkNames: 'chunk-[hash]',
    alias: { '@duckdb/node-bindings': './src/engine/bindings.ts' },
    // What is CommonJS inside a bundle still asks for `require`.
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    logLevel: 'warning',
  });
  return metafile;
}

async function writeSchemas(): Promise<void> {
  const schemas = { modelgate: Modelgate, waivers: Waivers, ...DOCUMENT_SCHEMAS };
  for (const [name, schema] of Object.entries(schemas)) {
    const head = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `${REPOSITORY_URL}/blob/main/schemas/${name}.schema.json`,
    };
    await writeFile(
      join(ROOT, 'schemas', `${name}.schema.json`),
      `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`,
    );
  }
}

if (process.argv[1] === import.meta.filename) {
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  const metafile = await bundle(true);
  await writeFile(join(ROOT, 'dist', 'THIRD-PARTY-NOTICES'), await renderNotices(metafile, ROOT));
  await writeSchemas();
  await writeActionPages();
  await writeConfigurationPage();
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
}
