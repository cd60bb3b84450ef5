import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderActionPages } from '../../scripts/action-pages.ts';
import { renderConfigurationPage } from '../../scripts/configuration-page.ts';
import { renderSchemas } from '../../scripts/schemas.ts';
import { readProject } from '../../src/config/project.ts';
import { ROOT } from '../support/program.ts';
import { findBlocks, listPages } from './pages.ts';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

describe('the pages', () => {
  test('show only configurations that are right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modelgate-pages-'));
    let found = 0;
    for (const page of listPages()) {
      for (const block of findBlocks(await read(page), 'yaml modelgate')) {
        await writeFile(join(folder, 'modelgate.yml'), block);
        expect((await readProject(folder)).config.model, page).toBeTruthy();
        found += 1;
      }
    }
    await rm(folder, { recursive: true });
    expect(found).toBeGreaterThan(1);
  });

  test('link only to files that are there', async () => {
    const broken: string[] = [];
    for (const page of listPages()) {
      const folder = dirname(page);
      for (const [, target] of (await read(page)).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        await read(join(folder, target ?? '')).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EISDIR') broken.push(`${page}: ${target}`);
        });
      }
    }
    expect(broken).toEqual([]);
  });

  test('of the actions are made from action.yml', async () => {
    for (const [path, page] of await renderActionPages()) expect(await read(path), path).toBe(page);
  });

  test('of modelgate.yml is made from the schema', async () => {
    expect(await read('docs/configuration.md')).toBe(renderConfigurationPage());
  });

  test('show what the demo prints', async () => {
    const [session] = findBlocks(await read('README.md'), 'console');
    expect(session).toContain('npm run demo');
    expect(session).toContain('pass');
  });
});

describe('the published schemas', () => {
  test('are those that the program checks with', async () => {
    for (const [name, text] of renderSchemas()) expect(await read(join('schemas', name)), name).toBe(text);
  });
});

describe('the repository', () => {
  test('has at most eight scripts', async () => {
    expect(Object.keys(JSON.parse(await read('package.json')).scripts).length).toBeLessThanOrEqual(8);
  });

  test('records no download address in its lockfile', async () => {
    const lock = await read('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    expect(lock).toContain('"integrity"');
  });

  test('pins every dependency exactly', async () => {
    const { devDependencies, optionalDependencies } = JSON.parse(await read('package.json'));
    for (const [name, version] of Object.entries({ ...devDependencies, ...optionalDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  test('names its own address and version in one place', async () => {
    const { VERSION, REPOSITORY } = await import('../../src/identity.ts');
    expect(JSON.parse(await read('package.json')).version).toBe(VERSION);
    const { stdout } = await promisify(execFile)(
      'git',
      ['grep', '--files-with-matches', REPOSITORY, '--', 'src', 'scripts'],
      {
        cwd: ROOT,
      },
    );
    expect(stdout.trim().split('\n')).toEqual(['src/identity.ts']);
  });
});
