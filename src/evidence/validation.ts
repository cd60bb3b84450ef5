import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { OWN_SCHEMAS } from '../own-schemas.ts';
import { DOCUMENT_SCHEMAS } from './document.ts';
import type { Kind } from './schema/envelope.ts';

const compiled = new Map<Kind, ValidateFunction>();

/** What is wrong with a value that should be a document of this kind; an empty list when nothing is. */
export function findViolations(kind: Kind, value: unknown): string[] {
  const validate = compiled.get(kind) ?? compile(kind);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`);
}

function compile(kind: Kind): ValidateFunction {
  const ajv = new Ajv2020({ ...OWN_SCHEMAS, allErrors: false });
  formats.default(ajv);
  const validate = ajv.compile(DOCUMENT_SCHEMAS[kind]);
  compiled.set(kind, validate);
  return validate;
}
