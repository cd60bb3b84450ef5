import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderActionPages } from '../../scripts/action-pages.ts';
import { renderConfigurationPage } from '../../scripts/configuration-page.ts';
import { renderSchemas } from '../../scripts/schemas.ts';
import { readInputs } from '../../src/actions/inputs.ts';
import { computeOutputs } from '../../src/actions/outputs.ts';
import { METRICS } from '../../src/config/metrics.ts';
import { readProject } from '../../src/config/project.ts';
import { createEvidence } from '../support/evidence.ts';
import { ROOT } from '../support/program.ts';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

async function listPages(): Promise<string[]> {
  const docs = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs.map((name) => `docs/${name}`)];
}

/** The fenced blocks of a page whose info string is these words. */
function findBlocks(page: string, info: string): string[] {
  return [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)]
    .filter(([, words]) => words === info)
    .map(([, , body]) => body ?? '');
}

describe('the pages', () => {
  test('show only configurations that are right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modelgate-pages-'));
    let found = 0;
    for (const page of await listPages()) {
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
    for (const page of await listPages()) {
      const folder = page.includes('/') ? 'docs' : '.';
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

describe('every action.yml', () => {
  const actions = [
    'action.yml',
    ...['validate-data', 'train', 'predict', 'score', 'gate'].map((name) => `actions/${name}/action.yml`),
  ];
  test.each(actions)('%s declares only inputs that the code reads, with the entry that is built', async (path) => {
    const action = parse(await read(path));
    const asked = new Set<string>();
    readInputs((name) => {
      asked.add(name);
      return '';
    });
    for (const name of Object.keys(action.inputs)) expect(asked).toContain(name);
    expect(action.runs.using).toBe('node24');
    const entry = join(path, '..', action.runs.main);
    expect(await read(entry)).not.toBe('');
  });
});

describe('the outputs', () => {
  const names = async (path: string) => Object.keys(parse(await read(path)).outputs);
  const evidence = createEvidence();

  test('that the root action sets are the ones that it declares', async () => {
    const declared = await names('action.yml');
    const set = [...Object.keys(computeOutputs(evidence, 'pass')), 'report', 'report-html', 'evidence'];
    expect(set.filter((name) => !declared.includes(name))).toEqual([]);
    const optional = Object.keys(METRICS);
    expect(declared.filter((name) => !set.includes(name) && !optional.includes(name))).toEqual([]);
  });

  test.each(['action.yml', 'actions/score/action.yml', 'actions/gate/action.yml'])(
    '%s has one for each metric',
    async (path) => {
      const declared = await names(path);
      expect(Object.keys(METRICS).filter((name) => !declared.includes(name))).toEqual([]);
    },
  );
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
