import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/build.ts';
import { ROOT } from '../support/program.ts';

let built: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
  built = await bundle();
});

const ENTRIES = ['cli', 'run', 'validate-data', 'train', 'predict', 'score', 'gate'];
/** The actions that work with versions, stages and the ledger. */
const REGISTRY = ['publish', 'fetch', 'verify', 'promote', 'rollback', 'site'];
const KIB = 1024;

/** The packages and files of ours that an entry pulls in; `lazily` also those that it may load while it runs. */
function listInputs(entry: string, lazily = false): { packages: Set<string>; bytes: number } {
  const { outputs } = built.metafile;
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (!external && (lazily || kind !== 'dynamic-import')) visit(next);
    }
  };
  visit(`dist/${entry}.js`);
  const chunks = [...seen].map((path) => outputs[path] as Metafile['outputs'][string]);
  const inputs = chunks.flatMap(({ inputs }) => Object.keys(inputs));
  const packages = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path)?.[1] ?? '');
  return { packages: new Set(packages), bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0) };
}

describe('dist', () => {
  test('is what the sources build, file for file', async () => {
    expect((await readdir(join(ROOT, 'dist'))).sort()).toEqual([...built.files.keys()].sort());
    for (const [name, text] of built.files) {
      expect((await readFile(join(ROOT, 'dist', name), 'utf8')) === text, `${name}: run npm run build`).toBe(true);
    }
  });

  test('is the same bytes when it is built again', async () => {
    expect([...(await bundle()).files]).toEqual([...built.files]);
  });

  test('has no path of the machine that built it', () => {
    for (const [name, text] of built.files) expect(text.includes(ROOT), name).toBe(false);
  });
});

describe('what each entry loads when it starts', () => {
  test('the command line: less than 120 KiB, and no schema, engine or chart', () => {
    const { bytes, packages } = listInputs('cli');
    expect(bytes).toBeLessThan(120 * KIB);
    for (const name of ['ajv', 'yaml', '@duckdb/node-api', 'vega', 'ora', '@actions/core']) {
      expect(packages, name).not.toContain(name);
    }
  });

  test.each(ENTRIES.slice(1))('the action %s: no engine, chart, spinner or command line', (entry) => {
    const { packages } = listInputs(entry);
    for (const name of ['@duckdb/node-api', 'vega', 'vega-lite', 'ora', 'commander', 'tar']) {
      expect(packages, name).not.toContain(name);
    }
  });

  test.each(REGISTRY)('the action %s: nothing of other registries, of Sigstore’s services, or that draws', (entry) => {
    const { packages, bytes } = listInputs(entry);
    for (const name of [
      '@huggingface/hub',
      '@sigstore/sign',
      '@sigstore/tuf',
      '@duckdb/node-api',
      'vega',
      'commander',
    ]) {
      expect(packages, name).not.toContain(name);
    }
    expect(bytes).toBeLessThanOrEqual(1792 * KIB);
  });

  test('the gate: at most 1.5 MiB', () => {
    expect(listInputs('gate').bytes).toBeLessThanOrEqual(1536 * KIB);
  });
});

describe('the whole of dist', () => {
  // A runner downloads all of it with every action. A third is what signs, and what fetches Sigstore's trust by TUF.
  test('is at most 5.5 MiB', () => {
    const bytes = [...built.files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThanOrEqual(5.5 * KIB * KIB);
  });
});
