import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { description, type Operation, type Schema } from './description.ts';
import { listUndeclared } from './undeclared.ts';

const options = { strict: false, allErrors: true, validateSchema: false, inlineRefs: false } as const;
const checker = createChecker(new Ajv(options));
/** Query values arrive as text. */
const reader = createChecker(new Ajv({ ...options, coerceTypes: true, useDefaults: true }));
const compiled = new Map<string, ValidateFunction>();

/** Whether the body of an operation may be what it is: one sentence a fault, none where it is right. */
export function checkBody(operation: Operation, body: unknown): string[] {
  if (operation.bodySchema === undefined) {
    return body === undefined || isEmpty(body) ? [] : [`${operation.id} takes no JSON body`];
  }
  if (body === undefined) return operation.bodyRequired ? [`${operation.id} needs a body`] : [];
  const at = `${pointTo(operation)}/requestBody/content/application~1json/schema`;
  return [...check(at, body), ...listUndeclared(operation.bodySchema, body, 'body')];
}

/**
 * Reads the query of a request: values of the types that GitHub gives them, with its defaults. `faults` has a sentence for
 * each key that the operation does not have and for each wrong value.
 */
export function readQuery(
  operation: Operation,
  search: URLSearchParams,
): { query: Record<string, unknown>; faults: string[] } {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query');
  const known = new Set(declared.map((parameter) => parameter.name));
  const faults = [...search.keys()]
    .filter((key) => !known.has(key))
    .map((key) => `${operation.id} has no parameter ${key}`);
  const query: Record<string, unknown> = Object.fromEntries(search);
  const validate = compile(`query ${operation.id}`, () =>
    reader.compile({
      type: 'object',
      properties: Object.fromEntries(declared.map(({ name, schema }) => [name, relocate(schema)])),
      required: declared.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    }),
  );
  if (!validate(query)) faults.push(...describe(validate));
  return { query, faults };
}

/** Whether an answer is one that GitHub's description has. Its faults are not described, so any body passes for those. */
export function checkAnswer(operation: Operation, status: number, body: unknown): string[] {
  if (status >= 400) return [];
  if (!operation.answers.has(status)) return [`${operation.id} never answers ${status}`];
  const schema = operation.answers.get(status);
  if (schema === undefined) return body === undefined ? [] : [`${operation.id} answers ${status} without a body`];
  const at = `${pointTo(operation)}/responses/${status}/content/application~1json/schema`;
  return [...check(at, body), ...listUndeclared(schema, body, 'answer')];
}

/** The schema of a webhook's payload, by the name in GitHub's description (`pull-request-opened`). Throws for others. */
export function findWebhookSchema(name: string): Schema {
  const schema = description['x-webhooks'][name]?.requestBody.content?.['application/json']?.schema;
  if (schema === undefined) throw new Error(`openapi.json has no webhook ${name}`);
  return schema;
}

/** Whether a payload is one that GitHub would send: one sentence a fault. Throws for a webhook that is not in the slice. */
export function checkWebhook(name: string, payload: unknown): string[] {
  const schema = findWebhookSchema(name);
  const at = `gh#/x-webhooks/${name}/requestBody/content/application~1json/schema`;
  return [...check(at, payload), ...listUndeclared(schema, payload, 'payload')];
}

function check(at: string, value: unknown): string[] {
  const validate = compile(at, () => checker.compile({ $ref: at }));
  return validate(value) ? [] : describe(validate);
}

function compile(key: string, make: () => ValidateFunction): ValidateFunction {
  const validate = compiled.get(key) ?? make();
  compiled.set(key, validate);
  return validate;
}

function describe(validate: ValidateFunction): string[] {
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

/** A JSON pointer as part of an address: escaped twice, as braces are not allowed in one. */
function pointTo(operation: Operation): string {
  const path = encodeURIComponent(operation.path.replaceAll('/', '~1'));
  return `gh#/paths/${path}/${operation.method.toLowerCase()}`;
}

function createChecker(ajv: Ajv): Ajv {
  addFormats.default(ajv, { mode: 'fast' });
  for (const name of ['repo.nwo', 'uri-template', 'binary']) ajv.addFormat(name, true);
  ajv.addSchema({
    $id: 'gh',
    paths: allowNull(description.paths),
    'x-webhooks': allowNull(description['x-webhooks']),
    components: allowNull(description.components),
  });
  return ajv;
}

function relocate(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : { $ref: `gh${schema.$ref}` };
}

function isEmpty(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
}

/**
 * OpenAPI 3.0's `nullable` as JSON Schema. Ajv's own reading refuses it beside `oneOf` and does not let null pass an `enum`
 * without it. `discriminator` goes: Ajv has no mapping.
 */
function allowNull<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(allowNull) as T;
  const { nullable, discriminator: _, ...rest } = value as Schema & Record<string, unknown>;
  const copy = Object.fromEntries(
    Object.entries(rest).map(([key, part]) => [key, key === 'enum' ? part : allowNull(part)]),
  ) as Schema;
  if (typeof nullable === 'object') Object.assign(copy, { nullable: allowNull(nullable) });
  if (nullable !== true) return copy as T;
  if (typeof copy.type === 'string') copy.type = [copy.type, 'null'];
  if (copy.enum !== undefined && !copy.enum.includes(null)) copy.enum = [...copy.enum, null];
  if (copy.oneOf !== undefined) copy.oneOf = [...copy.oneOf, { type: 'null' }];
  if (copy.anyOf !== undefined) copy.anyOf = [...copy.anyOf, { type: 'null' }];
  return copy as T;
}
