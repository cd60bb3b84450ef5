import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyPenguins, type Penguins } from '../support/penguins.ts';
import { type Result, runDist } from '../support/program.ts';

let penguins: Penguins;
let runner: string;
beforeEach(async () => {
  penguins = await copyPenguins();
  runner = await mkdtemp(join(tmpdir(), 'modelgate-runner-'));
});
afterEach(async () => {
  await penguins.remove();
  await rm(runner, { recursive: true, force: true });
});

interface ActionResult extends Result {
  readonly outputs: Record<string, string>;
  readonly summary: string;
  readonly annotations: string[];
}

/** Runs an action as a runner would: inputs and command files in the environment, Node 24, the workspace as folder. */
async function runAction(
  name: string,
  inputs: Record<string, string> = {},
  extra: Record<string, string> = {},
): Promise<ActionResult> {
  const files = { GITHUB_OUTPUT: join(runner, 'output'), GITHUB_STEP_SUMMARY: join(runner, 'summary') };
  await Promise.all(Object.values(files).map((path) => writeFile(path, '')));
  await mkdir(join(runner, 'temp'), { recursive: true });
  const env = {
    ...files,
    ...extra,
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_WORKSPACE: penguins.folder,
    GITHUB_TOKEN: 'a-token-that-nobody-may-see',
    ACTIONS_RUNTIME_TOKEN: 'another-token-that-nobody-may-see',
    RUNNER_TEMP: join(runner, 'temp'),
    ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
  };
  const result = await runDist(`${name}.js`, [], { cwd: penguins.folder, env });
  return {
    ...result,
    outputs: parseOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    annotations: result.stdout.split('\n').filter((line) => /^::(error|warning) /.test(line)),
  };
}

/** Reads `name<<delimiter`, lines, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  const matches = text.matchAll(/^([^\n]+?)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...matches].map(([, name, , value]) => [name ?? '', value ?? '']));
}

describe('the root action', () => {
  test('passes the penguins and says so in outputs, summary and log', async () => {
    const { code, outputs, summary, annotations, stdout } = await runAction('run');
    expect(stdout).not.toContain('nobody-may-see');
    expect(code).toBe(0);
    expect(outputs).toMatchObject({
      verdict: 'pass',
      report: join(penguins.folder, '.modelgate/report.md'),
      'report-html': join(penguins.folder, '.modelgate/report.html'),
      evidence: join(penguins.folder, '.modelgate/evidence'),
      'data-findings': '0',
      'rules-failed': '0',
      'rules-unmeasured': '0',
    });
    expect(JSON.parse(outputs['metrics'] ?? '')['accuracy']).toBeGreaterThan(0.9);
    expect(Number(outputs['test-rows'])).toBeGreaterThan(50);
    expect(summary).toBe(await readFile(join(penguins.folder, '.modelgate/report.md'), 'utf8'));
    expect(annotations.filter((line) => line.startsWith('::error'))).toEqual([]);
  });

  test('fails with an annotation on the line of the rule', async () => {
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const line = (await penguins.read('modelgate.yml')).split('\n').findIndex((text) => text.includes('0.999')) + 1;
    const { code, outputs, summary, annotations } = await runAction('run');
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'fail', 'rules-failed': '1' });
    expect(summary).toContain('good-enough');
    expect(annotations.join('\n')).toMatch(
      new RegExp(`^::error title=Rule good-enough,file=modelgate\\.yml,line=${line},`, 'm'),
    );
  });

  test('annotates every mistake in modelgate.yml where it is, and still writes a summary', async () => {
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'minimum: 0.9 ');
    const { code, outputs, summary, annotations } = await runAction('run');
    expect(code).toBe(1);
    expect(outputs['verdict']).toBe('cannot-measure');
    expect(annotations.join('\n')).toContain('file=modelgate.yml,line=');
    expect(summary).toContain('unknown key');
  });

  test('tells all mistakes in its inputs together', async () => {
    const { code, stdout } = await runAction('run', { baselines: 'production', config: 'a\nb' });
    expect(code).toBe(1);
    expect(stdout).toContain('`baselines`');
    expect(stdout).toContain('`config`');
  });

  test('annotates the line of the contract that the data breaks', async () => {
    await penguins.change('data/train.csv', 'Adelie', 'Emperor');
    const { code, annotations } = await runAction('run');
    expect(code).toBe(1);
    expect(annotations.join('\n')).toMatch(
      /^::error title=species[^,]*,file=contracts\/penguins\.odcs\.yaml,line=\d+/m,
    );
  });
});

describe('what an action loads while it runs', () => {
  const readLoaded = async () => new Set((await readFile(join(runner, 'loaded'), 'utf8')).trim().split('\n'));
  const record = {
    NODE_OPTIONS: `--import=${new URL('../support/record-loads.mjs', import.meta.url).href}`,
    MODULES_LOADED: '',
  };
  beforeEach(() => {
    record.MODULES_LOADED = join(runner, 'loaded');
  });

  /** The text of everything that was loaded from dist. */
  async function readLoadedText(): Promise<string> {
    const files = [...(await readLoaded())].filter((url) => url.includes('/dist/'));
    expect(files.length).toBeGreaterThan(1);
    return (await Promise.all(files.map((url) => readFile(new URL(url), 'utf8')))).join('\n');
  }

  test.each([
    ['train', 1536],
    ['predict', 1536],
    ['gate', 1536],
  ])('%s: at most %d KiB, and neither engine nor charts', async (name, most) => {
    for (const before of ['train', 'predict', 'score'].slice(0, ['train', 'predict', '', 'gate'].indexOf(name))) {
      await runAction(before);
    }
    const { stdout } = await runAction(name, {}, record);
    expect(stdout).toContain('✓');
    const text = await readLoadedText();
    expect(Buffer.byteLength(text)).toBeLessThan(most * 1024);
    expect(text).not.toContain('duckdb_');
    expect(text).not.toContain('vega');
  });
});

describe('the actions one after the other', () => {
  test('give the evidence of the root action', async () => {
    for (const name of ['validate-data', 'train', 'predict', 'score', 'gate']) {
      const { code, outputs, summary, stdout } = await runAction(name);
      expect(code, `${name}: ${stdout}`).toBe(0);
      expect(outputs['verdict']).toBe('pass');
      expect(summary).not.toBe('');
    }
    const stepwise = JSON.parse(await penguins.read('.modelgate/evidence/verdict.json'));
    await runAction('run');
    const { created: _a, timing: _b, ...whole } = JSON.parse(await penguins.read('.modelgate/evidence/verdict.json'));
    expect(stepwise).toMatchObject(whole);
  });

  test('gate alone cannot measure and fails', async () => {
    const { code, outputs } = await runAction('gate');
    expect(code).toBe(1);
    expect(outputs['verdict']).toBe('cannot-measure');
  });
});
