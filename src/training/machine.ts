import { execFile } from 'node:child_process';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import type { Machine } from '../evidence/schema/training.ts';
import { CUDA_QUERY, parseCudaDevices, parseRocmDevices, ROCM_QUERY, selectVisible } from './accelerator-listing.ts';
import { selectEnvironment } from './environment.ts';

/** A program that does not answer in this time is taken as absent, in milliseconds. */
const PATIENCE_MILLISECONDS = 15_000;

export interface MachineOptions {
  /** The folder that commands run in; a Python version may be chosen there. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What the machine is, as far as it can change a result. Programs that are asked see what a command would see. */
export async function readMachine(options: MachineOptions): Promise<Machine> {
  const environment = selectEnvironment({ ...options, passes: [], extra: {}, platform: process.platform });
  const ask = (program: string, args: readonly string[]) => askProgram(program, args, options.folder, environment);
  const [python, cuda, rocm] = await Promise.all([
    ask('python3', ['--version']),
    ask('nvidia-smi', CUDA_QUERY),
    ask('rocm-smi', ROCM_QUERY),
  ]);
  return {
    os: `${platform()} ${release()}`,
    architecture: arch(),
    cores: availableParallelism(),
    memory: readMemory(),
    python: parsePythonVersion(python),
    accelerators: [
      ...selectVisible(parseCudaDevices(cuda ?? ''), environment['CUDA_VISIBLE_DEVICES']),
      ...parseRocmDevices(rocm ?? ''),
    ],
  };
}

/** The version in `Python 3.11.7`, or null. */
export function parsePythonVersion(text: string | undefined): string | null {
  return /^Python (\d+\.\d+\.[0-9A-Za-z+]+)\s*$/.exec(text ?? '')?.[1] ?? null;
}

/** Bytes of memory: the machine's, or what its container may use when that is less. */
function readMemory(): number {
  const whole = totalmem();
  const allowed = process.constrainedMemory();
  return allowed > 0 && allowed < whole ? allowed : whole;
}

/** What a program prints; undefined when it is absent, fails or does not answer. */
function askProgram(
  program: string,
  args: readonly string[],
  folder: string,
  environment: Record<string, string>,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { cwd: folder, env: environment, timeout: PATIENCE_MILLISECONDS, killSignal: 'SIGKILL', windowsHide: true },
      (error, stdout) => resolve(error ? undefined : stdout),
    );
  });
}
