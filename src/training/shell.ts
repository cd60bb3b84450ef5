import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program and its arguments; `verbatim` says that Windows must not quote them again. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly verbatim: boolean;
}

/**
 * How to run a command line: by `bash -euo pipefail`, by `sh -eu` where there is no bash, by `cmd` on Windows.
 * `environment` is the one that the command will see; its PATH decides.
 */
export async function chooseShell(
  run: string,
  environment: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): Promise<Invocation> {
  if (platform === 'win32') {
    return { program: environment['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${run}"`], verbatim: true };
  }
  const bash = await findProgram('bash', environment['PATH'] ?? '');
  if (bash) return { program: bash, args: ['-euo', 'pipefail', '-c', run], verbatim: false };
  return { program: '/bin/sh', args: ['-eu', '-c', run], verbatim: false };
}

async function findProgram(name: string, path: string): Promise<string | undefined> {
  const places = path.split(delimiter).filter((folder) => folder !== '');
  for (const folder of places) {
    const place = join(folder, name);
    const usable = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return place;
  }
  return undefined;
}
