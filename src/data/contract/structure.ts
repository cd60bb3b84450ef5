import type { ContractReader, Path } from './reader.ts';
import type { DataContract } from './schema/data-contract.ts';
import type { LogicalType, Property, SchemaObject } from './schema/properties.ts';
import { OPERATORS, type Quality } from './schema/quality.ts';
import { COMMON, SERVERS, type Server } from './schema/servers.ts';

const RANGE = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
const INSTANT = [...RANGE, 'format', 'timezone', 'defaultTimezone'];

/** Which options the standard gives to which type. */
export const OPTIONS: Readonly<Record<LogicalType, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  integer: [...RANGE, 'multipleOf', 'format'],
  number: [...RANGE, 'multipleOf', 'format'],
  date: [...RANGE, 'format'],
  timestamp: INSTANT,
  time: INSTANT,
  boolean: [],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  object: ['minProperties', 'maxProperties', 'required'],
};

const NUMBER_FORMATS: Readonly<Partial<Record<LogicalType, readonly string[]>>> = {
  integer: ['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'],
  number: ['f32', 'f64'],
};

/** Keys of a quality rule that only one type of rule has. */
const OWN_KEYS: Readonly<Record<NonNullable<Quality['type']>, readonly string[]>> = {
  text: [],
  library: ['metric', 'rule', 'arguments', ...OPERATORS],
  sql: ['query', ...OPERATORS],
  custom: ['engine', 'implementation'],
};

/** Refuses what the standard forbids and no list of keys can say: which keys go together. */
export function refuseStructure(reader: ContractReader, contract: DataContract): void {
  for (const [index, server] of (contract.servers ?? []).entries()) refuseServer(reader, ['servers', index], server);
  for (const [index, table] of (contract.schema ?? []).entries()) {
    const path: Path = ['schema', index];
    refuseQualities(reader, path, table.quality);
    refuseRelationships(reader, path, table);
    for (const [position, property] of (table.properties ?? []).entries()) {
      refuseProperty(reader, [...path, 'properties', position], property);
    }
  }
}

function refuseServer(reader: ContractReader, path: Path, server: Server): void {
  const { must = [], may = [] } = SERVERS[server.type] ?? {};
  const given = Object.keys(server);
  const missing = must.filter((key) => !given.includes(key));
  if (missing.length > 0) {
    reader.refuse(
      path,
      `a server of type ${server.type} without ${missing.join(', ')}`,
      `It needs ${must.join(', ')}.`,
    );
  }
  for (const key of given.filter((name) => ![...COMMON, ...must, ...may].includes(name))) {
    const known = [...must, ...may].join(', ');
    reader.refuse(
      [...path, key],
      `a server of type ${server.type} has no \`${key}\``,
      `It has ${known || 'no more keys'}.`,
    );
  }
}

/** Of a column, its parts and what it holds alike. */
function refuseProperty(reader: ContractReader, path: Path, property: Property): void {
  const { logicalType, logicalTypeOptions: options = {}, properties, items } = property;
  const here: Path = [...path, 'logicalTypeOptions'];
  if (logicalType === undefined && Object.keys(options).length > 0) {
    reader.refuse(here, 'options of a logical type, and no logicalType', 'Add the logicalType that they belong to.');
  } else if (logicalType !== undefined) refuseOptions(reader, here, logicalType, options);
  if (properties && logicalType !== undefined && logicalType !== 'object') {
    reader.refuse([...path, 'properties'], `properties of a ${logicalType}`, 'Only an object has properties.');
  }
  if (items && logicalType !== undefined && logicalType !== 'array') {
    reader.refuse([...path, 'items'], `items of a ${logicalType}`, 'Only an array has items.');
  }
  refuseQualities(reader, path, property.quality);
  for (const [index, { from }] of (property.relationships ?? []).entries()) {
    if (from === undefined) continue;
    const fix = 'It goes from this property: remove `from`.';
    reader.refuse([...path, 'relationships', index, 'from'], '`from` in the relationship of a property', fix);
  }
  for (const [index, part] of (properties ?? []).entries())
    refuseProperty(reader, [...path, 'properties', index], part);
  if (items) refuseProperty(reader, [...path, 'items'], items as Property);
}

function refuseOptions(reader: ContractReader, here: Path, type: LogicalType, options: object): void {
  const allowed = OPTIONS[type];
  const formats = NUMBER_FORMATS[type];
  for (const [option, value] of Object.entries(options)) {
    const path = [...here, option];
    if (!allowed.includes(option)) {
      const fix = allowed.length > 0 ? `It has: ${allowed.join(', ')}.` : 'It has no options.';
      reader.refuse(path, `the logical type ${type} has no option \`${option}\``, fix);
    } else if (RANGE.includes(option) && (typeof value === 'number') !== (formats !== undefined)) {
      const fix = formats ? 'A number.' : `A ${type} as text, such as ${EXAMPLES[type] ?? ''}.`;
      reader.refuse(path, `\`${option}\` is ${JSON.stringify(value)}`, fix);
    } else if (option === 'format' && formats && !formats.includes(String(value))) {
      reader.refuse(path, `\`format\` is ${JSON.stringify(value)}`, `One of ${formats.join(', ')}.`);
    }
  }
}

const EXAMPLES: Readonly<Partial<Record<LogicalType, string>>> = {
  date: '"2026-01-31"',
  time: '"12:30:00"',
  timestamp: '"2026-01-31T12:00:00Z"',
};

function refuseQualities(reader: ContractReader, path: Path, rules: readonly Quality[] = []): void {
  for (const [index, rule] of rules.entries()) {
    const here: Path = [...path, 'quality', index];
    const type = rule.type ?? (rule.metric === undefined ? undefined : 'library');
    const allowed = [
      ...(type === undefined ? [] : OWN_KEYS[type]),
      ...(rule.metric === undefined ? [] : OWN_KEYS.library),
    ];
    const strange = Object.keys(rule).filter((key) => SPECIAL.has(key) && !allowed.includes(key));
    for (const key of strange) {
      const what = type === undefined ? 'a quality rule without a type' : `a quality rule of type ${type}`;
      const fix = 'Say `metric`, or `type: sql` with `query`, or `type: custom` with `engine`.';
      reader.refuse([...here, key], `${what} has no \`${key}\``, fix);
    }
    refuseGaps(reader, here, rule, type);
  }
}

const SPECIAL = new Set(Object.values(OWN_KEYS).flat());

function refuseGaps(reader: ContractReader, path: Path, rule: Quality, type: Quality['type']): void {
  const refuse = (found: string, fix: string) => reader.refuse(path, found, fix);
  if (type === 'library' && rule.metric === undefined)
    refuse('a rule of type library without a metric', 'Name the metric.');
  if (type === 'sql' && rule.query === undefined)
    refuse('a rule of type sql without a query', 'Add `query`: one SELECT that gives one number.');
  if (type === 'custom' && (rule.engine === undefined || rule.implementation === undefined)) {
    refuse('a rule of type custom without engine or implementation', 'Add both.');
  }
  if (type !== 'sql' && rule.metric === undefined) return;
  const given = OPERATORS.filter((operator) => rule[operator] !== undefined);
  if (given.length === 1) return;
  const found = given.length === 0 ? 'a metric that is compared with nothing' : `both ${given.join(' and ')}`;
  refuse(found, `Give one of ${OPERATORS.join(', ')}; for two, write two rules.`);
}

function refuseRelationships(reader: ContractReader, path: Path, table: SchemaObject): void {
  for (const [index, { from, to }] of (table.relationships ?? []).entries()) {
    const here: Path = [...path, 'relationships', index];
    if (from === undefined)
      reader.refuse(here, 'a relationship of a table without `from`', 'Name its columns in `from`.');
    else if (Array.isArray(from) !== Array.isArray(to)) {
      reader.refuse(here, '`from` and `to` are not both a text or both a list', 'Write both in one way.');
    }
  }
}
