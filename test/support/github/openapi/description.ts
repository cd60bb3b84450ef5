import { readFileSync } from 'node:fs';

/** A JSON schema as OpenAPI 3.0 writes it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  default?: unknown;
  nullable?: boolean;
  discriminator?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly 'x-multi-segment'?: boolean;
}

interface Content {
  readonly content?: Record<string, { readonly schema?: Schema }>;
  readonly $ref?: string;
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Record<string, Content>;
}

/** What test/support/github/openapi.json holds; scripts/openapi-slice.ts makes it. */
export interface Description {
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, OperationObject>>;
  readonly 'x-webhooks': Record<string, { readonly requestBody: Content }>;
  readonly components: Record<string, Record<string, unknown>> & { readonly schemas: Record<string, Schema> };
}

/** One operation, ready to be matched with requests. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** As GitHub writes it, with parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: Schema | undefined;
  readonly bodyRequired: boolean;
  /** By status; absent for answers without JSON. */
  readonly answers: ReadonlyMap<number, Schema | undefined>;
}

/** GitHub's description of the operations and webhooks that the tests use. */
export const description: Description = JSON.parse(
  readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'),
) as Description;

const JSON_BODY = 'application/json';
const routes = Object.entries(description.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const parameters = (operation.parameters ?? []).map((parameter) => follow<Parameter>(parameter));
      return { pattern: writePattern(path, parameters), operation: readOperation(method, path, operation, parameters) };
    }),
  )
  .sort((a, b) => countNames(b.operation.path) - countNames(a.operation.path));

/** Every operation by its id. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  routes.map(({ operation }) => [operation.id, operation]),
);

/**
 * Finds the operation of a request and the values of its path's parameters. `pathname` is still percent-encoded: an
 * encoded slash belongs to a value. `other` says that the path is known with other methods only.
 */
export function findOperation(
  method: string,
  pathname: string,
): { operation: Operation; params: Record<string, string> } | 'other' | undefined {
  let other = false;
  for (const { pattern, operation } of routes) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    if (operation.method === method) {
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { operation, params: Object.fromEntries(params) };
    }
    other = true;
  }
  return other ? 'other' : undefined;
}

/** The thing that a `$ref` names, or the thing itself. */
export function follow<T extends { readonly $ref?: string }>(value: T): T {
  if (value.$ref === undefined) return value;
  const [, , kind = '', name = ''] = value.$ref.split('/');
  return follow(description.components[kind]?.[name] as T);
}

function readOperation(
  method: string,
  path: string,
  operation: OperationObject,
  parameters: readonly Parameter[],
): Operation {
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) => [Number(status), follow(answer).content?.[JSON_BODY]?.schema] as const,
  );
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters,
    bodySchema: operation.requestBody?.content?.[JSON_BODY]?.schema,
    bodyRequired: operation.requestBody?.required === true,
    answers: new Map(answers),
  };
}

/** Parameters take one segment, or more where GitHub says so (names of refs and files). */
function writePattern(path: string, parameters: readonly Parameter[]): RegExp {
  const source = path.replace(/[.]/g, '\\.').replace(/\{([^}]+)\}/g, (_, name: string) => {
    const several = parameters.find((parameter) => parameter.name === name)?.['x-multi-segment'];
    return `(?<${name}>${several ? '.+' : '[^/]+'})`;
  });
  return new RegExp(`^${source}$`);
}

/** Literal segments: a path with more of them is the more exact one (`releases/latest` before `releases/{id}`). */
function countNames(path: string): number {
  return path.split('/').filter((segment) => segment !== '' && !segment.includes('{')).length;
}
