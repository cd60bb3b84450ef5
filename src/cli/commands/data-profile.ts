import { suggest } from '../../config/suggestion.ts';
import { quoteName } from '../../data/naming.ts';
import { profileTable } from '../../data/profile/profile.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import { EXIT } from '../../failure.ts';
import { renderProfile } from '../../report/terminal/profile.ts';
import type { Flags, Terminal } from '../command.ts';
import { nameTable } from '../init/contract-text.ts';
import { withTable } from '../init/table-opening.ts';

export interface DataProfileFlags extends Pick<Flags, 'json' | 'duckdb' | 'memory'> {
  readonly column?: readonly string[];
}

/** `modelgate data profile FILE`: prints how the columns of a file are distributed. */
export async function runDataProfile(terminal: Terminal, file: string, flags: DataProfileFlags): Promise<number> {
  const profile = await withTable(terminal, file, flags, async ({ engine, table, path }) => {
    const wanted = flags.column ?? table.columns.map(({ name }) => name);
    refuseUnknown(
      file,
      wanted,
      table.columns.map(({ name }) => name),
    );
    const columns = table.columns.filter(({ name }) => wanted.includes(name));
    const { sha256 } = await hashFile(path);
    const request = { name: nameTable(file), sha256, promises: undefined, showValues: true, everyRow: true };
    return profileTable(engine, { ...table, columns }, request);
  });
  terminal.print(flags.json ? renderCanonical(profile).trimEnd() : renderProfile(profile, terminal));
  return EXIT.pass;
}

function refuseUnknown(file: string, wanted: readonly string[], known: readonly string[]): void {
  const problems = wanted
    .filter((name) => !known.includes(name))
    .map((name): Problem => {
      return { file, found: `there is no column ${quoteName(name)}`, fix: suggest(name, known.slice(0, 50)) };
    });
  if (problems.length > 0) throw new UserMistake(problems);
}
