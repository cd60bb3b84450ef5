import { expect, test } from 'vitest';
import { selectEnvironment } from '../../src/training/environment.ts';

function select(environment: NodeJS.ProcessEnv, passes: string[] = [], platform: NodeJS.Platform = 'linux') {
  return selectEnvironment({ environment, passes, extra: {}, platform });
}

test('a command sees its search path, its language, its Python and its devices', () => {
  const environment = { PATH: '/bin', LC_ALL: 'C', PYTHONPATH: 'lib', CUDA_VISIBLE_DEVICES: '0', OMP_NUM_THREADS: '2' };
  expect(select(environment)).toEqual(environment);
});

test('a command sees nothing of the runner and no token', () => {
  const hidden = [
    ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_CACHE_URL', 'INPUT_TOKEN', 'RUNNER_TEMP'],
    ...[
      'GITHUB_TOKEN',
      'GITHUB_ENV',
      'GITHUB_OUTPUT',
      'GITHUB_PATH',
      'GITHUB_STATE',
      'GITHUB_STEP_SUMMARY',
      'GH_TOKEN',
    ],
    ...['AWS_SECRET_ACCESS_KEY', 'HTTPS_PROXY', 'PYTHONSTARTUP', 'LD_PRELOAD', 'BASH_ENV', 'NODE_OPTIONS'],
    ...['CONDA_TOKEN', 'NVIDIA_API_KEY', 'MODELGATE_TOKEN', 'BASH_FUNC_ls%%'],
  ];
  expect(select(Object.fromEntries(hidden.map((name) => [name, 'x'])))).toEqual({});
});

test('a name under `environment:` adds that variable, unless it is the runner’s or a secret by its name', () => {
  const environment = { DATA_ROOT: '/data', GITHUB_ENV: '/x', DB_PASSWORD: 'p' };
  expect(select(environment, ['DATA_ROOT', 'GITHUB_ENV', 'DB_PASSWORD', 'ABSENT'])).toEqual({ DATA_ROOT: '/data' });
});

test('variables of ours come last and win', () => {
  const chosen = selectEnvironment({
    environment: { MODELGATE_CHECKPOINTS: 'theirs' },
    passes: ['MODELGATE_CHECKPOINTS'],
    extra: { MODELGATE_CHECKPOINTS: 'ours' },
    platform: 'linux',
  });
  expect(chosen).toEqual({ MODELGATE_CHECKPOINTS: 'ours' });
});

test('on Windows names are matched whatever their case, and those that programs need are there', () => {
  const environment = { Path: 'C:\\bin', systemroot: 'C:\\Windows', github_token: 'x', PythonStartup: 'x' };
  expect(Object.keys(select(environment, [], 'win32')).sort()).toEqual(['Path', 'systemroot']);
});

test('names come sorted, so that equal runs record equal lists', () => {
  expect(Object.keys(select({ USER: 'a', PATH: '/bin', HOME: '/h' }))).toEqual(['HOME', 'PATH', 'USER']);
});
