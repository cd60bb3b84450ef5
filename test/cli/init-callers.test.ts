import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CallerOptions, renderCallers } from '../../src/cli/init/callers.ts';
import { isFault } from '../../src/cli/init/question.ts';
import { parseRunner } from '../../src/cli/init/runner.ts';
import { ROOT } from '../support/program.ts';
import { createRepository, modelgate } from './repository.ts';

const runner = (text: string) => {
  const parsed = parseRunner(text);
  if (isFault(parsed)) throw new Error(parsed.found);
  return parsed;
};
const USUAL: CallerOptions = {
  name: 'model',
  config: 'modelgate.yml',
  branch: 'main',
  runner: runner('ubuntu-latest'),
  installer: 'none',
  forks: false,
  requirements: undefined,
};
const GPU = runner('["self-hosted", "gpu"]');
const source = (shape: string, file: string) => readFile(join(ROOT, 'workflows', shape, file), 'utf8');
const comments = (text: string) => text.match(/# .*$/gm)?.length;

describe('the callers', () => {
  test.each([
    ['one-file', {}, ['model.yml']],
    ['forks', { forks: true }, ['model.yml', 'model-report.yml']],
    ['self-hosted', { runner: GPU }, ['model.yml', 'model-report.yml']],
  ])(
    'of the shape %s are those of the folder workflows/, where nothing else is asked for',
    async (shape, more, names) => {
      const files = await renderCallers({ ...USUAL, ...more });
      expect([...files.keys()].map((path) => basename(path))).toEqual(names);
      const [model = '', report] = files.values();
      expect(model.replace('["self-hosted","gpu"]', '["self-hosted", "gpu"]')).toBe(await source(shape, 'model.yml'));
      if (report !== undefined) expect(report).toBe(await source('forks', 'model-report.yml'));
    },
  );

  test.each([
    ['one-file', {}],
    ['forks', { forks: true }],
    ['self-hosted', { runner: runner('{"group": "gpu\'s", "labels": ["a"]}') }],
  ])(
    'of the shape %s say what they are told, keep their comments, and GitHub’s parser takes them',
    async (shape, more) => {
      const options = {
        ...USUAL,
        ...more,
        name: 'quality',
        config: "models/it's a/modelgate.yml",
        branch: 'release+1',
      };
      const files = await renderCallers(options);
      for (const [path, content] of files) {
        const { context } = parseWorkflow({ name: basename(path), content }, new NoOperationTraceWriter());
        expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
        const origin = await source(
          path.includes('report') ? 'forks' : shape,
          basename(path).replace('quality', 'model'),
        );
        expect(comments(content)).toBe(comments(origin));
        expect(content).not.toMatch(/config: modelgate\.yml|workflows\/model\.yml|\[main\]|workflows: \[model\]/);
        expect(content).toContain('group: quality-');
      }
      const [model, report] = [...files.values()].map((text) => parse(text));
      expect(model.name).toBe('quality');
      expect(model.on.push.branches).toEqual(['release\\+1']);
      if (report) expect(report.on.workflow_run.workflows).toEqual([model.name]);
      if (report) expect(report.jobs.report.with.workflow).toBe('.github/workflows/quality.yml');
      const configs = [...files.values()].join('').match(/config: .*/g) ?? [];
      expect(configs.filter((line) => !line.includes('matrix'))).toEqual(
        configs.filter((line) => !line.includes('matrix')).map(() => `config: "models/it's a/modelgate.yml"`),
      );
      if (shape === 'self-hosted') {
        const given = model.jobs.plan.steps.at(-1).with['train-runner'];
        expect(JSON.parse(given)).toEqual({ group: "gpu's", labels: ['a'] });
      }
    },
  );

  test('hand on the runner and how packages are installed, to the workflow that trains and no other', async () => {
    const more = { runner: runner('ubuntu-24.04-arm'), installer: 'conda', requirements: 'environment.yaml' };
    const { jobs } = parse((await renderCallers({ ...USUAL, ...more })).values().next().value ?? '');
    expect(jobs.model.with).toEqual({
      config: 'modelgate.yml',
      'train-runner': '"ubuntu-24.04-arm"',
      installer: 'conda',
      requirements: 'environment.yaml',
    });
    expect(jobs.report.with).toEqual({ phase: 'complete', result: expect.any(String), config: 'modelgate.yml' });
  });

  test('take only inputs that the called workflows have', async () => {
    const files = await renderCallers({ ...USUAL, installer: 'pip', runner: runner('macos-15'), forks: true });
    for (const content of files.values()) {
      const jobs = Object.values(parse(content).jobs) as { uses: string; with: object }[];
      for (const job of jobs) {
        const called = /\.github\/workflows\/[\w-]+\.yml/.exec(job.uses)?.[0] ?? '';
        const { inputs } = parse(await readFile(join(ROOT, called), 'utf8')).on.workflow_call;
        expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job.with)));
      }
    }
  });
});

test('packages are installed by what the repository has, and by nothing that it has not', async () => {
  const { folder, read } = await createRepository({ 'requirements.txt': 'numpy\n' });
  const init = (...more: string[]) => modelgate(['init', '--yes', '--folder', folder, ...more]);
  expect((await init('--installer', 'conda')).stderr).toContain('--installer: conda installs what a file names');
  expect((await init()).code).toBe(0);
  expect(parse(await read('.github/workflows/model.yml')).jobs.model.with).toEqual({
    config: 'modelgate.yml',
    installer: 'pip',
  });
});

test('in a folder of a repository, modelgate.yml goes there and the workflows to the top', async () => {
  const { folder, list, read, write } = await createRepository({ 'data/test.csv': null, 'predict.py': null });
  const other = await createRepository({ 'requirements.txt': '' });
  for (const path of other.list()) await write(`models/leavers/${path}`, await other.read(path));
  const sub = join(folder, 'models/leavers');
  const { code } = await modelgate(['init', '--yes', '--forks', '--folder', sub, '--default-branch', 'trunk']);
  expect([code, list().filter((path) => !/\.(csv|py|txt)$/.test(path))]).toEqual([
    0,
    [
      '.github/workflows/model-report.yml',
      '.github/workflows/model.yml',
      'models/leavers/.gitignore',
      'models/leavers/contracts/leavers.odcs.yaml',
      'models/leavers/modelgate.yml',
    ],
  ]);
  expect(parse(await read('.github/workflows/model.yml')).jobs.model.with).toEqual({
    config: 'models/leavers/modelgate.yml',
    installer: 'pip',
    requirements: 'models/leavers/requirements.txt',
  });
  expect((await modelgate(['run', '--config', sub])).code).toBe(0);
});

describe('a runner', () => {
  test.each([
    'ubuntu-latest',
    '"ubuntu-24.04"',
    '["windows-2025"]',
    'macos-15-intel',
    'ubuntu-24.04-arm',
    'ubuntu-slim',
  ])('%s is one of GitHub’s', (text) => expect(runner(text).hosted).toBe(true));

  test.each(['gpu', 'self-hosted', 'ubuntu-latest-16-cores', '["self-hosted", "ubuntu-latest"]', '{"group": "gpus"}'])(
    '%s may be out of reach for a workflow of another owner',
    (text) => expect(runner(text)).toMatchObject({ hosted: false, json: JSON.stringify(parse(text)) }),
  );

  test.each([
    '[]',
    '{}',
    '["a"',
    '{"group": 1}',
    '{"labels": []}',
    '[1]',
    `{"labels": ["\${{ x }}"]}`,
    '{"x": "y"}',
    '""',
  ])('%s is none', (text) =>
    expect(parseRunner(text)).toMatchObject({ found: expect.any(String), fix: expect.any(String) }),
  );
});
