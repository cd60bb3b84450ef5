import Type, { type TSchema } from 'typebox';

/** The same schema with what it means in its place; the description says what is allowed. */
export function titled<T extends TSchema>(schema: T, title: string): T {
  return Object.defineProperties({ title }, Object.getOwnPropertyDescriptors(schema)) as unknown as T;
}

/** A path or glob relative to the folder of the file that names it; it may not leave the repository. */
export const RepositoryPath = Type.String({
  minLength: 1,
  maxLength: 1024,
  format: 'repository-path',
  description: 'a path inside the repository, relative to this file, with forward slashes',
});

/** A time span such as `90s`, `30m`, `2h`, `1h30m` or `5d`. */
export const Duration = Type.String({ format: 'duration', description: 'a time span such as 90s, 30m, 2h or 1h30m' });

/** An amount of memory such as `16GiB` or `500MB`. */
export const Size = Type.String({ format: 'size', description: 'a size such as 500MB or 16GiB' });

/** What an identifier is made of, for regular expressions. */
export const IDENTIFIER = '[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?';

/** A name that is safe in tags, file names and reports. */
export const Identifier = Type.String({
  pattern: `^${IDENTIFIER}$`,
  description: 'letters, digits, hyphens and underscores, at most 64, not at the ends',
});

/** The name of a column of a data set; any text but the empty one. */
export const Column = Type.String({ minLength: 1, maxLength: 256, description: 'the name of a column' });

/** A share between 0 and 1. */
export const Share = Type.Number({ minimum: 0, maximum: 1, description: 'a number from 0 to 1' });

/** A command line, run by `bash -euo pipefail` (`cmd` on Windows) in the folder of modelgate.yml. */
export const Command = Type.String({ minLength: 1, maxLength: 65_536, description: 'a command line' });
