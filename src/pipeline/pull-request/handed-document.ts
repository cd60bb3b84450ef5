import { lstat, readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Static, TSchema } from 'typebox';
import { messageOf } from '../../errors.ts';

interface Description<T extends TSchema> {
  /** The name of the file in what is refused. */
  readonly name: string;
  /** What another one is: `is not a plan`. */
  readonly kind: string;
  readonly schema: T;
  /** A file of more bytes is refused unread. */
  readonly most: number;
}

/** A document of another job; `refused` is a phrase that begins with the name of the file. */
export type Handed<T> = { readonly value: T } | { readonly refused: string } | 'absent';

/** Prepares to read JSON files of one kind as hostile: what is wrong with them is data. */
export function createHandedReader<T extends TSchema>({
  name,
  kind,
  schema,
  most,
}: Description<T>): (path: string) => Promise<Handed<Static<T>>> {
  let compiled: ValidateFunction | undefined;
  const refuse = (reason: string) => ({ refused: `${name} ${reason}` });
  return async (path) => {
    const entry = await lstat(path).catch(() => undefined);
    if (!entry) return 'absent';
    if (!entry.isFile()) return refuse('is not a file');
    if (entry.size > most) return refuse(`has ${entry.size} bytes; at most ${most} are read`);
    let value: unknown;
    try {
      value = JSON.parse(await readFile(path, 'utf8'));
    } catch (error) {
      return refuse(`is not JSON: ${messageOf(error)}`);
    }
    compiled ??= new Ajv2020({ strict: true, strictTypes: false }).compile(schema);
    if (compiled(value)) return { value: value as Static<T> };
    const [fault] = compiled.errors ?? [];
    return refuse(`${kind}: ${fault?.instancePath || '/'} ${fault?.message ?? 'is wrong'}`);
  };
}
