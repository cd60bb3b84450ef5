import type { Command } from 'commander';
import type { Flags, Perform } from './command.ts';

/** Loads the code of a command when it is run, and not before. */
export type Load = () => Promise<Perform>;
/** Runs what was loaded, with a terminal. */
export type Act = (load: Load) => (flags: Flags) => Promise<void>;

/** Each command takes the flags that it reads, and no others. */
const FLAGS = {
  config: ['--config <path>', 'modelgate.yml, or its folder', 'modelgate.yml'],
  runFolder: ['--run-folder <folder>', 'where evidence and reports go (default: .modelgate beside modelgate.yml)'],
  duckdb: ['--duckdb <folder>', "a folder with DuckDB's library, for machines without a registry"],
  memory: ['--memory <size>', "memory that reading the data may take, such as 4GiB (default: half of the machine's)"],
  repository: [
    '--repository <owner/name>',
    'the repository on GitHub (default: GITHUB_REPOSITORY, or what origin names)',
  ],
  json: ['--json', 'print the evidence on standard output'],
} as const;
type FlagName = keyof typeof FLAGS;
const RUN_FLAGS: readonly FlagName[] = ['config', 'runFolder', 'duckdb', 'json'];
/** Of commands that may check data. */
export const DATA_FLAGS: readonly FlagName[] = [...RUN_FLAGS, 'memory'];

/** Adds a command with the flags that it shares with others. */
export function addCommand(parent: Command, name: string, description: string, flags = RUN_FLAGS): Command {
  const command = parent.command(name).description(description);
  for (const flag of flags) {
    const [syntax, words, standard] = FLAGS[flag];
    command.option(syntax, words, standard);
  }
  return command;
}
