import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TSchema } from 'typebox';
import type { Problem } from '../errors.ts';
import { OWN_SCHEMAS } from '../own-schemas.ts';
import { findPathFault } from './paths.ts';
import type { Locate } from './place.ts';
import { parseDuration, parseSize } from './quantities.ts';
import { type Circumstances, wordSchemaError } from './schema-wording.ts';
import { isPassableVariable } from './variables.ts';

export interface SchemaProblem {
  readonly problem: Problem;
  /** The keys that lead to the value. */
  readonly path: readonly (string | number)[];
  /** The value is one too many; without it the rest may still be right. */
  readonly unknownKey: boolean;
}

/** Where a value lies and how it is written. */
export interface Source extends Pick<Circumstances, 'depth' | 'readWritten'> {
  readonly locate: Locate;
}

/** Everything in a value that its schema does not allow, each where it is written. */
export function findSchemaProblems(schema: TSchema, value: unknown, source: Source): SchemaProblem[] {
  const validate = findValidator(schema, source.depth);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.schemaPath);
  const inUnion = (error: ErrorObject) => unions.some((path) => error.schemaPath.startsWith(`${path}/`));
  const whole = errors.filter((error) => !inUnion(error));
  return whole
    .filter((error) => isFirstOfItsValue(error, whole))
    .map((error) => {
      const path = readPointer(error.instancePath, value);
      return { path, problem: describe(error, path, source), unknownKey: error.keyword === 'additionalProperties' };
    });
}

/** Compiling takes a hundred times as long as validating, and a judge reads the same kind of file from several commits. */
const compiled = new WeakMap<TSchema, Map<Source['depth'], ValidateFunction>>();

function findValidator(schema: TSchema, depth: Source['depth']): ValidateFunction {
  const known = compiled.get(schema) ?? new Map<Source['depth'], ValidateFunction>();
  const validate = known.get(depth) ?? compile(schema, depth);
  compiled.set(schema, known.set(depth, validate));
  return validate;
}

function compile(schema: TSchema, depth: Source['depth']): ValidateFunction {
  const ajv = new Ajv2020({ ...OWN_SCHEMAS, allErrors: true, verbose: true, allowUnionTypes: true });
  formats.default(ajv, ['date', 'date-time', 'uri']);
  ajv.addFormat('duration', (text: string) => parseDuration(text) !== undefined);
  ajv.addFormat('size', (text: string) => parseSize(text) !== undefined);
  ajv.addFormat('repository-path', (text: string) => findPathFault(text, depth) === undefined);
  ajv.addFormat('passable-variable', isPassableVariable);
  return ajv.compile(schema);
}

/** One value gets one message, except that a mapping may lack and have several keys at once. */
function isFirstOfItsValue(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const ofKeys = (one: ErrorObject) => one.keyword === 'required' || one.keyword === 'additionalProperties';
  if (ofKeys(error)) return true;
  return errors.find((other) => other.instancePath === error.instancePath && !ofKeys(other)) === error;
}

function describe(error: ErrorObject, path: (string | number)[], { locate, ...source }: Source): Problem {
  const { found, fix, at } = wordSchemaError(error, { ...source, path });
  return { ...(at ? locate(at.path, at.part) : locate(path)), found, ...(fix ? { fix } : {}) };
}

function readPointer(pointer: string, root: unknown): (string | number)[] {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = (value as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}
