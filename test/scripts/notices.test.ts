import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderNotices } from '../../scripts/notices.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modelgate-notices-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** A package whose only export is its name, or an import of another. */
const describePackage = (name: string, fields: object, folder = `node_modules/${name}`, code?: string) => ({
  [`${folder}/package.json`]: JSON.stringify({ name, version: '1.2.3', main: 'index.js', ...fields }),
  [`${folder}/index.js`]: code ?? `export const name = ${JSON.stringify(name)};`,
});

/** Bundles a file that uses the named exports of some packages. */
async function bundle(...names: string[]): Promise<Metafile> {
  const lines = names.map((name, index) => `import { name as n${index} } from '${name}'; console.log(n${index});`);
  await write({ 'entry.js': lines.join('\n') });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['entry.js'],
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
    outdir: 'dist',
  });
  return metafile;
}

describe('the notices', () => {
  test('name every package in the bundle with its version, licence and texts, sorted', async () => {
    await write({
      ...describePackage('b', { license: 'MIT' }),
      'node_modules/b/LICENSE.md': 'b may be used\r\n',
      'node_modules/b/NOTICE': 'b was here\n',
      'node_modules/b/license.js': 'not a text',
      ...describePackage('@s/a', { license: '(MIT OR GPL-3.0-only)' }),
      'node_modules/@s/a/licence': 'a may be used',
    });
    expect(await renderNotices(await bundle('b', '@s/a'), root)).toBe(
      [
        'This program contains or loads the packages below, under the licences that follow each.\n',
        '@s/a 1.2.3 ((MIT OR GPL-3.0-only))\n\na may be used\n',
        'b 1.2.3 (MIT)\n\nb may be used\n\nb was here\n',
      ].join(`\n${'-'.repeat(80)}\n\n`),
    );
  });

  test('are the same bytes in whatever order the code imports', async () => {
    await write({ ...describePackage('a', { license: 'MIT' }), ...describePackage('b', { license: 'ISC' }) });
    const one = await renderNotices(await bundle('a', 'b'), root);
    expect(await renderNotices(await bundle('b', 'a'), root)).toBe(one);
  });

  test('leave out a package of which no byte is in the bundle', async () => {
    await write({ ...describePackage('a', { license: 'MIT' }), ...describePackage('b', { license: 'GPL-3.0-only' }) });
    await write({ 'node_modules/a/index.js': "import 'b'; export const name = 'a';", 'node_modules/b/index.js': '' });
    const metafile = await bundle('a');
    expect(Object.keys(metafile.inputs)).toContain('node_modules/b/index.js');
    expect(await renderNotices(metafile, root)).not.toContain('b 1.2.3');
  });

  test('name a package inside a package', async () => {
    await write({
      ...describePackage('a', { license: 'MIT' }, undefined, "export { name } from 'b';"),
      ...describePackage('b', { license: 'ISC', version: '9.0.0' }, 'node_modules/a/node_modules/b'),
    });
    expect(await renderNotices(await bundle('a'), root)).toContain('b 9.0.0 (ISC)');
  });

  test('print a text that packages share once, below all their names', async () => {
    await write({
      ...describePackage('a', { license: 'MIT' }),
      'node_modules/a/LICENSE': 'shared',
      ...describePackage('b', { license: 'MIT' }),
      'node_modules/b/LICENSE': 'shared\n',
    });
    expect(await renderNotices(await bundle('a', 'b'), root)).toContain('a 1.2.3 (MIT)\nb 1.2.3 (MIT)\n\nshared\n');
  });

  test('say so when a package ships no text', async () => {
    await write(describePackage('a', { license: '0BSD' }));
    expect(await renderNotices(await bundle('a'), root)).toContain(
      'a 1.2.3 (0BSD)\n\nThe package ships no text of its licence, 0BSD.',
    );
  });

  test('name the native library, which is loaded and not bundled', async () => {
    await write({
      ...describePackage('a', { license: 'MIT' }),
      ...describePackage('@duckdb/node-bindings', { license: 'MIT' }),
      'node_modules/@duckdb/node-bindings/LICENSE': 'Copyright of DuckDB',
    });
    expect(await renderNotices(await bundle('a'), root)).toContain(
      '@duckdb/node-bindings 1.2.3 (MIT; fetched, not in the bundle)\n\nCopyright of DuckDB',
    );
  });

  test.each([
    [{ license: 'GPL-3.0-only' }, 'a@1.2.3 is under "GPL-3.0-only"; allowed are 0BSD, '],
    [{ license: 'MIT AND GPL-3.0-only' }, 'a@1.2.3 is under "MIT AND GPL-3.0-only"'],
    [{ license: '(MIT OR GPL-3.0-only) AND GPL-3.0-only' }, 'a@1.2.3 is under'],
    [{ license: 'SEE LICENSE IN x' }, 'a@1.2.3 is under "SEE LICENSE IN x"'],
    [{ license: { type: 'MIT' } }, 'a@1.2.3 is under {"type":"MIT"}'],
    [{}, 'a@1.2.3 names no licence'],
  ])('stop the build on the licence %j', async (fields, message) => {
    await write(describePackage('a', fields));
    await expect(renderNotices(await bundle('a'), root)).rejects.toThrow(message);
  });
});
