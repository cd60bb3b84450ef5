import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import Type, { type Static } from 'typebox';
import { Identifier } from '../../config/schema/quantities.ts';
import { messageOf, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { writeAtomically } from '../../evidence/files.ts';
import { closed, Outcome } from '../../evidence/schema/envelope.ts';

const INDEX_FILE = 'judged.json';
/** A larger one is refused unread: 4 MiB. */
const MAX_BYTES = 4 * 1024 * 1024;

const Sha = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });

/** One model: what its verdict came to, or why there is none. A model that was refused has no folder. */
const JudgedEntry = Type.Object(
  {
    /** The path of its modelgate.yml from the root of the repository. */
    config: Type.String({ minLength: 1, maxLength: 1024 }),
    /** Null where no modelgate.yml could be read. */
    model: Type.Union([Identifier, Type.Null()]),
    outcome: Outcome,
    /** False of one that is refused only here, because another job judges it and counts its verdict. */
    blocks: Type.Boolean(),
    reason: Type.String(),
    refused: Type.Boolean(),
    /** Refused because the run left no candidate behind. */
    absent: Type.Boolean(),
    /** Judged on what an earlier run with the same inputs left behind, not on what this run did. */
    reused: Type.Boolean(),
  },
  closed,
);
export type JudgedEntry = Static<typeof JudgedEntry>;

const JudgedIndex = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    /** The commit that was judged. */
    head: Sha,
    /** The commit that judged; null on a push, which judges itself. */
    base: Type.Union([Sha, Type.Null()]),
    models: Type.Array(JudgedEntry, { minItems: 1, maxItems: 1000 }),
  },
  closed,
);
/** What a run judged, in the order of its configurations. */
export type JudgedIndex = Static<typeof JudgedIndex>;

/** Writes judged.json into the folder of what was judged. */
export async function writeJudgedIndex(folder: string, index: JudgedIndex): Promise<void> {
  await writeAtomically(join(folder, INDEX_FILE), renderCanonical(index));
}

let compiled: ValidateFunction | undefined;

/** Reads and validates judged.json of another job. Throws UserMistake when it is not there or broken. */
export async function readJudgedIndex(folder: string): Promise<JudgedIndex> {
  const path = join(folder, INDEX_FILE);
  const fail = (found: string) => new UserMistake({ file: INDEX_FILE, found });
  const entry = await lstat(path).catch(() => undefined);
  if (!entry?.isFile()) throw fail('there is no such file');
  if (entry.size > MAX_BYTES) throw fail(`it has ${entry.size} bytes; at most ${MAX_BYTES} are read`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UserMistake({ file: INDEX_FILE, found: `this is not JSON: ${messageOf(error)}` }, { cause: error });
  }
  compiled ??= new Ajv2020({ strict: true, strictTypes: false }).compile(JudgedIndex);
  const validate = compiled;
  if (validate(value)) return value as JudgedIndex;
  const [fault] = validate.errors ?? [];
  throw fail(`this is no list of what was judged: ${fault?.instancePath || '/'} ${fault?.message ?? 'is wrong'}`);
}
