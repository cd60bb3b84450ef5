import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TSchema } from 'typebox';
import type { Problem } from '../errors.ts';
import { findPathFault } from './paths.ts';
import type { Locate } from './place.ts';
import { parseDuration, parseSize } from './quantities.ts';
import { suggest } from './suggestion.ts';
import { isPassableVariable } from './variables.ts';

export interface SchemaProblem {
  readonly problem: Problem;
  /** The value is one too many; without it the rest may still be right. */
  readonly unknownKey: boolean;
}

/** Everything in a value that its schema does not allow, each where it is written. */
export function findSchemaProblems(schema: TSchema, value: unknown, locate: Locate, depth: number): SchemaProblem[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictTypes: false, allowUnionTypes: true });
  formats.default(ajv, ['date', 'date-time', 'uri']);
  ajv.addFormat('duration', (text: string) => parseDuration(text) !== undefined);
  ajv.addFormat('size', (text: string) => parseSize(text) !== undefined);
  ajv.addFormat('repository-path', (text: string) => findPathFault(text, depth) === undefined);
  ajv.addFormat('passable-variable', isPassableVariable);
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.schemaPath);
  const inUnion = (error: ErrorObject) => unions.some((path) => error.schemaPath.startsWith(`${path}/`));
  const whole = errors.filter((error) => !inUnion(error));
  return whole
    .filter((error) => isFirstOfItsValue(error, whole))
    .map((error) => ({
      problem: describe(error, value, locate, depth),
      unknownKey: error.keyword === 'additionalProperties',
    }));
}

/** One value gets one message, except that a mapping may lack and have several keys at once. */
function isFirstOfItsValue(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const ofKeys = (one: ErrorObject) => one.keyword === 'required' || one.keyword === 'additionalProperties';
  if (ofKeys(error)) return true;
  return errors.find((other) => other.instancePath === error.instancePath && !ofKeys(other)) === error;
}

function describe(error: ErrorObject, root: unknown, locate: Locate, depth: number): Problem {
  const path = readPointer(error.instancePath, root);
  const name = path.length > 0 ? `\`${renderPath(path)}\`` : 'the file';
  const schema = (error.parentSchema ?? {}) as { description?: string; properties?: Record<string, unknown> };
  const allowed = schema.description ? `Allowed: ${schema.description}.` : undefined;
  const found = renderValue(error.data);
  const at = (fix: string | undefined, text: string): Problem => ({
    ...locate(path),
    found: text,
    ...(fix ? { fix } : {}),
  });
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const known = Object.keys(schema.properties ?? {});
      const place = locate([...path, key], 'key');
      return { ...place, found: `unknown key \`${key}\` in ${name}`, fix: suggest(key, known) };
    }
    case 'required':
      return at(allowed, `the key \`${error.params['missingProperty']}\` is missing in ${name}`);
    case 'enum':
      return at(
        suggest(String(error.data), (error.params['allowedValues'] as unknown[]).map(String)),
        `${name} is ${found}`,
      );
    case 'const':
      return at(`Allowed: ${renderValue(error.params['allowedValue'])}.`, `${name} is ${found}`);
    case 'format': {
      const fault = error.params['format'] === 'repository-path' ? findPathFault(String(error.data), depth) : undefined;
      return at(allowed, fault ? `${name} is ${found}: ${fault}` : `${name} is ${found}`);
    }
    case 'type':
      return at(allowed ?? `Allowed: ${[error.params['type']].flat().join(' or ')}.`, `${name} is ${found}`);
    case 'anyOf':
    case 'pattern':
      return at(allowed, `${name} is ${found}`);
    default:
      return at(allowed, `${name} is ${found}: it ${error.message ?? 'is not allowed'}`);
  }
}

/** `data.train.path`, `gates.rules[2].min`. */
export function renderPath(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step)).join('');
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

function renderValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  const short = text.length > 80 ? `${text.slice(0, 77)}…` : text;
  if (Array.isArray(value)) return `the list ${short}`;
  return typeof value === 'object' ? `the mapping ${short}` : short;
}
