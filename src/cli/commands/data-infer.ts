import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseContract } from '../../data/contract/contract.ts';
import { describeFileFault, UserMistake } from '../../errors.ts';
import { EXIT } from '../../failure.ts';
import type { Flags, Terminal } from '../command.ts';
import { nameTable } from '../init/contract-text.ts';
import { inferContract } from '../init/inference.ts';
import { withTable } from '../init/table-opening.ts';

export interface DataInferFlags extends Pick<Flags, 'duckdb' | 'memory'> {
  readonly output?: string;
  readonly force?: boolean;
}

/** `modelgate data infer FILE`: prints or writes a first contract of a file, which the file itself keeps. */
export async function runDataInfer(terminal: Terminal, file: string, flags: DataInferFlags): Promise<number> {
  const text = await withTable(terminal, file, flags, ({ engine, table }) => inferContract(engine, table, file));
  // What is not read back as a contract is a bug of ours, and must not be written.
  parseContract(text, { file: flags.output ?? 'the contract', tables: [nameTable(file)] });
  if (flags.output === undefined) terminal.print(text.trimEnd());
  else {
    await writeContract(flags.output, text, flags.force === true);
    terminal.progress.info(`${flags.output} is written. Name it as the \`contract\` of the data set in modelgate.yml.`);
  }
  return EXIT.pass;
}

async function writeContract(output: string, text: string, force: boolean): Promise<void> {
  const target = resolve(output);
  try {
    await mkdir(dirname(target), { recursive: true });
    if (!force) return await writeFile(target, text, { flag: 'wx' });
    const draft = `${target}.${randomBytes(4).toString('hex')}`;
    try {
      await writeFile(draft, text, { flag: 'wx' });
      await rename(draft, target);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new UserMistake({ file: output, found: 'this is there already', fix: 'Add --force to replace it.' });
    }
    const reason = describeFileFault(error);
    if (reason === undefined) throw error;
    throw new UserMistake({ file: output, found: `this cannot be written: ${reason}` }, { cause: error });
  }
}
