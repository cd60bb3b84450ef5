import { COUNTRIES, STATES } from './files.ts';

const EMAIL = '^[^@ ]+@[^@ ]+[.][a-z]+$';
const SKU = '^[A-Z0-9]{3}-[0-9]{4}$';

const matching = (pattern: string) => ({ metric: 'invalidValues', arguments: { pattern }, mustBe: 0 });
const listed = (values: readonly string[]) => [
  { metric: 'invalidValues', arguments: { validValues: values }, mustBe: 0 },
];

/**
 * 33 checks: 7 of types, 12 of values that are there, 7 ranges, 2 patterns, 2 lists of allowed values, the exact
 * uniqueness of the key, one rule about duplicates and one reference. The `present` of each column comes free of charge.
 */
const PROPERTIES: readonly object[] = [
  { name: 'id', required: true, unique: true },
  {
    name: 'email',
    required: true,
    quality: [matching(EMAIL), { metric: 'duplicateValues', mustBeLessThan: 60, unit: 'percent' }],
  },
  { name: 'sku', required: true, quality: [matching(SKU)] },
  { name: 'country', required: true, quality: listed(COUNTRIES) },
  { name: 'status', required: true, quality: listed(STATES) },
  { name: 'quantity', required: true, logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 20 } },
  { name: 'price', required: true, logicalType: 'number', logicalTypeOptions: { minimum: 0, maximum: 10_000 } },
  {
    name: 'score',
    logicalType: 'number',
    logicalTypeOptions: { minimum: 0, maximum: 1 },
    quality: [{ metric: 'nullValues', mustBeLessThan: 10, unit: 'percent' }],
  },
  { name: 'age', required: true, logicalType: 'integer' },
  { name: 'ordered', required: true, logicalType: 'date', logicalTypeOptions: { minimum: '2024-01-01' } },
  { name: 'updated', required: true, logicalType: 'timestamp' },
  { name: 'customer', logicalType: 'integer', required: true, relationships: [{ to: 'customers.id' }] },
];

/** The contract of the orders, as YAML in JSON. */
export function renderContract(): string {
  return JSON.stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'orders',
    version: '1.0.0',
    status: 'active',
    schema: [{ name: 'orders', properties: PROPERTIES }],
  });
}
