/** As much of a JSON Schema as messages speak of. */
export interface ShownSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ShownSchema>>;
  readonly additionalProperties?: boolean | ShownSchema;
  readonly maxProperties?: number;
  readonly items?: ShownSchema;
  readonly anyOf?: readonly ShownSchema[];
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};
const MAX_SHOWN = 80;

/** The words for types of JSON Schema: `a list or a mapping`. */
export function nameTypes(types: string | readonly string[]): string {
  return [types]
    .flat()
    .map((type) => TYPES[type] ?? type)
    .join(' or ');
}

/** What may stand in place of a value, without a full stop; undefined where the schema does not say. */
export function describeAllowed(schema: ShownSchema): string | undefined {
  const keys = Object.keys(schema.properties ?? {});
  if (schema.type === 'object') {
    const named = schema.maxProperties === 1 ? `one of the keys ${keys.join(', ')}` : `the keys ${keys.join(', ')}`;
    const entry = typeof schema.additionalProperties === 'object' && describeAllowed(schema.additionalProperties);
    if (entry) return `a mapping of names, each with ${entry}${keys.length > 0 ? `; and ${keys.join(', ')}` : ''}`;
    return keys.length > 0 ? `a mapping with ${named}` : 'a mapping';
  }
  if (schema.type === 'array') {
    const { items, description } = schema;
    const list = description?.startsWith('a list') ? description : description ? `a list of ${description}` : 'a list';
    return items?.type === 'object' ? `${list}; each entry is ${describeAllowed(items)}` : list;
  }
  if (schema.description) return schema.description;
  if (schema.enum) return schema.enum.map(String).join(', ');
  return schema.type ? nameTypes(schema.type) : undefined;
}

/** A value as a message shows it, shortened. */
export function renderValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  const short = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}…` : text;
  if (Array.isArray(value)) return `the list ${short}`;
  return typeof value === 'object' ? `the mapping ${short}` : short;
}

/** `data.train.path`, `gates.rules[2].min`. */
export function renderPath(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step)).join('');
}
