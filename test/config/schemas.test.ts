import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { Waivers } from '../../src/config/schema/governance.ts';
import { Modelgate } from '../../src/config/schema/modelgate.ts';
import { DataContract } from '../../src/data/contract/schema/data-contract.ts';
import { DOCUMENT_SCHEMAS } from '../../src/evidence/document.ts';

test.each([
  ['modelgate.yml', Modelgate],
  ['a data contract', DataContract],
  ['waivers', Waivers],
  ...Object.entries(DOCUMENT_SCHEMAS),
])('the schema of %s is a schema of JSON Schema 2020-12', (_name, schema) => {
  const ajv = new Ajv2020({ strict: false });
  ajv.validateSchema(schema);
  expect(ajv.errors).toBeNull();
  expect(ajv.validateSchema({ ...schema, type: 'mapping' })).toBe(false);
});
