import { dirname } from 'node:path';
import { findConfigFile, readProject } from '../../config/project.ts';
import { listStageNames } from '../../config/stages.ts';
import { suggest } from '../../config/suggestion.ts';
import { UserMistake } from '../../errors.ts';
import { readFault, readGitState } from '../../github/git.ts';
import { fetchTagMessages } from '../../github/tag-messages.ts';
import { listTagNames } from '../../github/tags.ts';
import { readLedgerFromGit } from '../../registry/ledger/git-ledger.ts';
import { readMessages, requireNothingLater } from '../../registry/ledger/later-tags.ts';
import type { Ledger } from '../../registry/ledger/ledger.ts';
import { isOfStage, listModels } from '../../registry/ledger/queries.ts';
import { parseStageTag } from '../../registry/versions/grammar.ts';
import type { Flags, Terminal } from '../command.ts';

/** What a command that only reads asks of the ledger. */
export type LedgerFlags = Pick<Flags, 'config' | 'repository' | 'model' | 'stage'>;

/**
 * Reads the ledger for a command, and checks that it knows the model and the stage that were named. In a clone git is
 * asked, with its own credentials; GitHub's API with `--repository`, and outside of a clone. With `whole` it throws
 * UserMistake too where a tag of a stage remembers more than the ledger does.
 */
export async function readAskedLedger(
  terminal: Terminal,
  flags: LedgerFlags,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<Ledger> {
  const ledger = await readLedger(terminal, flags, whole);
  const { newer = [] } = ledger;
  if (newer.length > 0) {
    terminal.progress.warn(`Events of a newer version of Modelgate are passed over (${newer.length}). Update it.`);
  }
  const models = listModels(ledger);
  if (flags.model !== undefined && models.length > 0 && !models.includes(flags.model)) {
    throw new UserMistake({ found: `the ledger knows no model \`${flags.model}\``, fix: suggest(flags.model, models) });
  }
  if (flags.stage !== undefined) await requireStage(ledger, flags.stage, flags);
  return ledger;
}

async function readLedger(terminal: Terminal, { config, repository }: LedgerFlags, whole: boolean): Promise<Ledger> {
  const folder = dirname(await findConfigFile(config));
  const { root } = repository === undefined ? await readGitState(folder) : { root: undefined };
  if (root !== undefined) {
    const messages = whole ? await readTagMessages(root, terminal.signal) : new Map<string, string>();
    const read = await readLedgerFromGit(root, terminal.signal);
    await requireNothingLater(read, [...messages.keys()], async (tag) => messages.get(tag));
    return read;
  }
  const { openRegistry } = await import('./opening.ts');
  const opened = await openRegistry(terminal, { repository, folder });
  const tags = whole ? await listTagNames(opened.client, opened.repository, '') : [];
  const read = await opened.ledger.read();
  const names = tags.map(({ name }) => name);
  await requireNothingLater(read, names, readMessages(opened.client, opened.repository));
  return read;
}

/** The messages of the tags of stages, by name. */
async function readTagMessages(root: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  try {
    const tags = await fetchTagMessages(root, (name) => parseStageTag(name) !== undefined, signal);
    return new Map(tags.map(({ name, message }) => [name, message]));
  } catch (error) {
    signal.throwIfAborted();
    const found = `the tags could not be read with git: ${readFault(error)}`;
    const fix = 'Check that `git fetch origin` works here, or add --repository owner/name to ask GitHub with a token.';
    throw new UserMistake({ found, fix }, { cause: error });
  }
}

/** A stage is known by the ledger, or by modelgate.yml where there is one. */
async function requireStage({ events }: Ledger, stage: string, { config }: LedgerFlags): Promise<void> {
  const placed = events.flatMap((event) => (isOfStage(event) ? [event.stage] : []));
  const named = await readProject(config).then(({ config: found }) => listStageNames(found), ignoreMistake);
  const known = [...new Set([...named, ...placed])];
  if (known.length === 0 || known.includes(stage)) return;
  throw new UserMistake({ found: `there is no stage \`${stage}\``, fix: suggest(stage, known) });
}

function ignoreMistake(error: unknown): string[] {
  if (error instanceof UserMistake) return [];
  throw error;
}
