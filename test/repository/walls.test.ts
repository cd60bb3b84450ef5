import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** Lints some files under our rules in a folder of their own, and returns what the linter says. */
async function lint(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-walls-'));
  try {
    await cp(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await new Promise((resolve) => {
      execFile(process.execPath, [BIOME, 'lint', '.'], { cwd: folder }, (error, stdout, stderr) => {
        resolve(error ? `${stdout}${stderr}` : 'nothing found');
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('the linter refuses', () => {
  test('an import that points up', async () => {
    const found = await lint({
      'src/gate/planted-up.ts': "import { x } from '../pipeline/planted.ts';\nexport const y = x;\n",
    });
    expect(found).toContain('imports point down only');
  });

  test.each(['statistics', 'gate', 'report', 'governance', 'evaluation'])('the file system in %s', async (room) => {
    const found = await lint({
      [`src/${room}/planted-effect.ts`]: "import { readFile } from 'node:fs/promises';\nexport const y = readFile;\n",
    });
    expect(found).toContain('effects are passed in');
  });

  test('the runner outside of actions', async () => {
    const found = await lint({
      'src/data/planted-runner.ts': "import * as core from '@actions/core';\nexport const y = core;\n",
    });
    expect(found).toContain('Only `actions` speaks to the runner');
  });

  test.each(['actions', 'pipeline', 'governance'])('the client of GitHub’s API in %s', async (room) => {
    const found = await lint({
      [`src/${room}/planted-client.ts`]: "import { Octokit } from 'octokit';\nexport const y = Octokit;\n",
    });
    expect(found).toMatch(/Only `github` speaks|effects are passed in/);
  });

  test('a circle', async () => {
    const found = await lint({
      'src/gate/planted-one.ts': "import { b } from './planted-two.ts';\nexport const a = () => b;\n",
      'src/gate/planted-two.ts': "import { a } from './planted-one.ts';\nexport const b = () => a;\n",
    });
    expect(found).toContain('noImportCycles');
  });

  test('nothing in an import that points down', async () => {
    const found = await lint({
      'src/gate/planted-down.ts': "import { x } from '../evidence/planted.ts';\nexport const y = x;\n",
      'src/evidence/planted.ts': 'export const x = 1;\n',
    });
    expect(found).toBe('nothing found');
  });
});
