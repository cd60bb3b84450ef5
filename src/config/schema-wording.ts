import type { ErrorObject } from 'ajv/dist/2020.js';
import { findPathFault } from './paths.ts';
import { suggest } from './suggestion.ts';
import { describeAllowed, nameTypes, renderPath, renderValue, type ShownSchema } from './value-words.ts';

type Path = readonly (string | number)[];

/** What is wrong with a value, and what to do; `at` is where, if that is not the value itself. */
export interface Wording {
  readonly found: string;
  readonly fix?: string | undefined;
  readonly at?: { readonly path: Path; readonly part: 'key' | 'value' };
}

/** What a sentence needs to know beside the error. */
export interface Circumstances {
  readonly path: Path;
  /** How many folders the file lies below the repository’s root. */
  readonly depth: number;
  /** A value as it is written in the file, such as `1.0` for 1; undefined of lists and mappings. */
  readonly readWritten: (path: Path) => string | undefined;
}

/** Says in a sentence of ours what a validator found. */
export function wordSchemaError(error: ErrorObject, circumstances: Circumstances): Wording {
  const { path, depth } = circumstances;
  const schema = (error.parentSchema ?? {}) as ShownSchema;
  const name = path.length > 0 ? `\`${renderPath(path)}\`` : 'the file';
  const found = `${name} is ${renderValue(error.data)}`;
  const fix = renderAllowed(schema);
  const limit = Number(error.params['limit']);
  const size = (things: string, count: number) => `${name} has ${count} ${count === 1 ? things : plural(things)}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const at = { path: [...path, key], part: 'key' } as const;
      return {
        at,
        found: `unknown key \`${key}\` in ${name}`,
        fix: suggest(key, Object.keys(schema.properties ?? {})),
      };
    }
    case 'required': {
      const key = String(error.params['missingProperty']);
      return { found: `the key \`${key}\` is missing in ${name}`, fix: adviseKey(key, schema.properties?.[key]) };
    }
    case 'type': {
      const wanted = nameTypes(error.params['type']);
      return { found: `${found}; it must be ${wanted}`, fix: adviseQuotes(error, circumstances) ?? fix };
    }
    case 'anyOf': {
      const types = (schema.anyOf ?? []).flatMap(({ type }) => type ?? []);
      const own = nameType(error.data);
      if (types.length === 0 || types.includes(own) || (own === 'integer' && types.includes('number'))) {
        return { found, fix: fix ?? 'It is not allowed here.' };
      }
      const mistyped = { ...error, params: { type: types } };
      return { found: `${found}; it must be ${nameTypes(types)}`, fix: adviseQuotes(mistyped, circumstances) ?? fix };
    }
    case 'enum': {
      const words = (error.params['allowedValues'] as unknown[]).map(String);
      return {
        found,
        fix: typeof error.data === 'string' ? suggest(error.data, words) : `Allowed: ${words.join(', ')}.`,
      };
    }
    case 'const':
      return { found, fix: `Allowed: ${renderValue(error.params['allowedValue'])}.` };
    case 'format': {
      const fault = schema.format === 'repository-path' ? findPathFault(String(error.data), depth) : undefined;
      return { found: fault ? `${found}: ${fault}` : found, fix };
    }
    case 'minItems': {
      const needed = `at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
      const { length } = error.data as unknown[];
      return {
        found: length === 0 ? `the list ${name} is empty; ${needed}` : `${size('entry', length)}; ${needed}`,
        fix,
      };
    }
    case 'maxItems':
      return { found: `${size('entry', (error.data as unknown[]).length)}; at most ${limit}`, fix };
    case 'uniqueItems': {
      const later = Math.max(Number(error.params['i']), Number(error.params['j']));
      const at = { path: [...path, later], part: 'value' } as const;
      const twice = renderValue((error.data as unknown[])[later]);
      return { at, found: `${name} has ${twice} twice`, fix: 'Each entry may stand once; remove one.' };
    }
    case 'minProperties':
    case 'maxProperties': {
      const keys = Object.keys(error.data as object);
      const bound = `${error.keyword === 'minProperties' ? 'at least' : 'at most'} ${limit}`;
      const listed = keys.length > 0 ? ` (${keys.join(', ').slice(0, 80)})` : '';
      return { found: `${size('key', keys.length)}${listed}; ${bound}`, fix };
    }
    case 'minimum':
      return { found: `${found}; it must be at least ${limit}`, fix };
    case 'maximum':
      return { found: `${found}; it must be at most ${limit}`, fix };
    case 'exclusiveMinimum':
      return { found: `${found}; it must be more than ${limit}`, fix };
    case 'exclusiveMaximum':
      return { found: `${found}; it must be less than ${limit}`, fix };
    case 'minLength':
    case 'maxLength': {
      const { length } = [...String(error.data)];
      const bound = `${error.keyword === 'minLength' ? 'at least' : 'at most'} ${limit}`;
      const written = length === 0 ? `${name} is empty text` : `${found}, ${length} characters`;
      return { found: `${written}; ${bound} ${limit === 1 ? 'character' : 'characters'}`, fix };
    }
    default:
      return { found, fix: fix ?? 'It is not allowed here.' };
  }
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function plural(thing: string): string {
  return thing === 'entry' ? 'entries' : `${thing}s`;
}

function renderAllowed(schema: ShownSchema): string | undefined {
  const allowed = describeAllowed(schema);
  return allowed && `Allowed: ${allowed}.`;
}

function adviseKey(key: string, schema: ShownSchema | undefined): string {
  const value = schema?.const === undefined ? '…' : String(schema.const);
  const meaning = [schema?.title, schema?.description].filter(Boolean).join(': ');
  return `Add \`${key}: ${value}\`${meaning ? `: ${meaning}` : ''}.`;
}

/** YAML reads 1, true and quoted numbers as other types than people mean: shows how to write them, if that is it. */
function adviseQuotes(error: ErrorObject, { path, readWritten }: Circumstances): string | undefined {
  const schema = (error.parentSchema ?? {}) as ShownSchema;
  const wanted = [error.params['type']].flat() as string[];
  const written = readWritten(path) ?? String(error.data);
  const show = (value: string) => (typeof path.at(-1) === 'string' ? `${path.at(-1)}: ${value}` : `- ${value}`);
  const scalar = typeof error.data === 'number' || typeof error.data === 'boolean';
  if (wanted.includes('string') && scalar && mayBe(schema, written)) {
    return `Write it in quotes: \`${show(JSON.stringify(written))}\`.`;
  }
  const number = Number(error.data);
  const isWanted = wanted.includes('number') || (wanted.includes('integer') && Number.isInteger(number));
  if (typeof error.data === 'string' && isWanted && error.data.trim() !== '' && Number.isFinite(number)) {
    return `Write it without quotes: \`${show(String(number))}\`; allowed: ${describeAllowed(schema)}.`;
  }
  return undefined;
}

/** Whether a text may stand there; of a format only paths are known to hold any word. */
function mayBe(schema: ShownSchema, text: string): boolean {
  if (schema.format !== undefined && schema.format !== 'repository-path') return false;
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text);
}
