import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { messageOf, UserMistake } from '../../errors.ts';
import { compareItemsByText } from './unique-items.ts';
import { hasManyValues, MAX_VALUES } from './value-limit.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** What is wrong with one record; empty where it keeps the schema. */
export type FindFaults = (record: unknown) => readonly ErrorObject[];

/**
 * Compiles a JSON Schema (2020-12) of records, once. A keyword or format that it does not know is a mistake, since a
 * misspelt one would check nothing; so is a reference to another file. Throws UserMistake.
 */
export function compileRecordSchema(text: string, file: string): FindFaults {
  const schema = parse(text, file);
  const refuse = (found: string, fix: string) => new UserMistake({ file, found, fix });
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw refuse('this is JSON, but not a schema', 'Write an object with `type: "object"` and `properties`.');
  }
  const draft = (schema as Record<string, unknown>)['$schema'];
  if (draft !== undefined && draft !== DRAFT) {
    throw refuse(`\`$schema\` is ${JSON.stringify(draft)}`, `Records are checked by ${DRAFT}.`);
  }
  const findAll = compile(schema, true, refuse);
  let findFirst: ValidateFunction | undefined;
  return (record) => {
    try {
      if (!hasManyValues(record)) return findAll(record) ? [] : (findAll.errors ?? []);
      findFirst ??= compile(schema, false, refuse);
      return findFirst(record) ? [] : [...(findFirst.errors ?? []), TOO_MANY];
    } catch (error) {
      // A schema that refers to itself is a function that calls itself, once for each level of a record.
      if (!(error instanceof RangeError)) throw error;
      return [TOO_DEEP];
    }
  };
}

function compile(schema: object, allErrors: boolean, refuse: (found: string, fix: string) => UserMistake) {
  const ajv = new Ajv2020({ allErrors, verbose: true, strict: true, strictTypes: false, strictRequired: false });
  formats.default(ajv);
  compareItemsByText(ajv);
  try {
    return ajv.compile(schema);
  } catch (error) {
    throw refuse(`this schema cannot be used: ${messageOf(error)}`, 'Keywords and formats are those of 2020-12.');
  }
}

/** Of a record that nobody has looked into to its end; it is no pass. */
const TOO_DEEP: ErrorObject = {
  keyword: 'nesting',
  instancePath: '',
  schemaPath: '#',
  params: {},
  message: 'is nested more deeply than can be looked into',
};

/** Beside the first fault of a record that has more values than all faults are looked for in. */
const TOO_MANY: ErrorObject = {
  keyword: 'size',
  instancePath: '',
  schemaPath: '#/size',
  params: {},
  message: `has more than ${MAX_VALUES} values, so that only its first fault is told`,
};

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserMistake({ file, found: `this is not JSON: ${messageOf(error)}` }, { cause: error });
  }
}
