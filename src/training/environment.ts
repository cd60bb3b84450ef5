import { isPassableVariable } from '../config/variables.ts';

/** What a program needs to start, find itself and speak the user's language. */
const NAMES = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'CI'];
/** Which Python, and which devices and threads it uses. */
const COMPUTING = ['VIRTUAL_ENV', 'LD_LIBRARY_PATH'];
const FAMILIES = [
  'LC_',
  'PYTHON',
  'PYENV_',
  'CONDA_',
  'CUDA_',
  'NVIDIA_',
  'HIP_',
  'ROCR_',
  'OMP_',
  'MKL_',
  'OPENBLAS_',
];
/** Without these no program starts on Windows, or Python does not find its packages. */
const WINDOWS = ['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'];
/** It names a file that an interactive Python runs first. */
const NEVER = new Set(['PYTHONSTARTUP']);

export interface EnvironmentChoice {
  /** The variables of our own process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Names that the user's `environment:` adds. */
  readonly passes: readonly string[];
  /** Variables of ours, such as MODELGATE_CHECKPOINTS. */
  readonly extra: Readonly<Record<string, string>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The variables that a command of the candidate sees: an allow-list, by name, sorted. Nothing of the runner's
 * (ACTIONS_, INPUT_, GITHUB_, RUNNER_) and nothing that is called a token or a secret, whatever asks for it. Proxies are
 * left out too, because their addresses may hold passwords.
 */
export function selectEnvironment(choice: EnvironmentChoice): Record<string, string> {
  const windows = choice.platform === 'win32';
  const fold = (name: string): string => (windows ? name.toUpperCase() : name);
  const names = new Set([...NAMES, ...COMPUTING, ...(windows ? WINDOWS : []), ...choice.passes].map(fold));
  const wanted = (name: string): boolean =>
    names.has(fold(name)) || FAMILIES.some((family) => fold(name).startsWith(family));
  const chosen = Object.entries(choice.environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && wanted(entry[0]) && isPassableVariable(entry[0]) && !NEVER.has(fold(entry[0])),
  );
  return Object.fromEntries(
    [...chosen, ...Object.entries(choice.extra)].sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
