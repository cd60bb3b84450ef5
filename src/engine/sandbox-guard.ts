/** Functions in the place of a table that only make rows; others read files, or change how the database works. */
const ROW_MAKERS = new Set(['range', 'generate_series', 'unnest']);
/** Functions that leave something behind, or wait. */
const ACTING = new Set([
  'write_log',
  'nextval',
  'currval',
  'setseed',
  'sleep_ms',
  'getvariable',
  'query',
  'query_table',
]);
/** What may stand after FROM. */
const SOURCES = new Set(['BASE_TABLE', 'JOIN', 'SUBQUERY', 'EMPTY', 'EXPRESSION_LIST', 'TABLE_FUNCTION', 'PIVOT']);

interface Found {
  readonly tables: Set<string>;
  readonly named: Set<string>;
  readonly faults: string[];
}

/**
 * What a parsed SELECT, as DuckDB's `json_serialize_sql` writes it, may not do, as a phrase: read anything but the named
 * tables, call what acts, or describe the database. Undefined where it only reads these. Names are compared without case,
 * as SQL does.
 */
export function findForbidden(tree: unknown, tables: readonly string[]): string | undefined {
  const found: Found = { tables: new Set(), named: new Set(tables.map((name) => name.toLowerCase())), faults: [] };
  visit(tree, found);
  const [fault] = found.faults;
  if (fault !== undefined) return fault;
  const stranger = [...found.tables].find((name) => !found.named.has(name.toLowerCase()));
  return stranger === undefined ? undefined : `it reads ${JSON.stringify(stranger)}, and there is no such table`;
}

function visit(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const part of node) visit(part, found);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const entry = node as Record<string, unknown>;
  judge(entry, found);
  for (const part of Object.values(entry)) visit(part, found);
}

function judge(entry: Record<string, unknown>, { tables, named, faults }: Found): void {
  const call = entry['function_name'];
  if (typeof call === 'string' && ACTING.has(call.toLowerCase())) faults.push(`it calls ${call}`);
  if (isTree(entry['from_table'])) refuseSource(entry['from_table'], faults);
  for (const side of ['left', 'right', 'source']) {
    const part = entry[side];
    if (entry['type'] === 'JOIN' && isTree(part)) refuseSource(part, faults);
  }
  if (entry['type'] === 'TABLE_FUNCTION') {
    const name = isTree(entry['function']) ? String(entry['function']['function_name']) : 'nothing';
    if (!ROW_MAKERS.has(name.toLowerCase())) faults.push(`it calls ${name} in the place of a table`);
  }
  if (entry['type'] === 'BASE_TABLE') {
    if (entry['schema_name'] || entry['catalog_name']) faults.push('it names a schema, and there are tables only');
    tables.add(String(entry['table_name']));
  }
  const ctes = isTree(entry['cte_map']) ? entry['cte_map']['map'] : undefined;
  for (const cte of Array.isArray(ctes) ? ctes : []) named.add(String((cte as { key: unknown }).key).toLowerCase());
}

function refuseSource(part: Record<string, unknown>, faults: string[]): void {
  const type = String(part['type']);
  if (type === 'SHOW_REF') faults.push('it describes the database');
  else if (!SOURCES.has(type)) faults.push(`it reads ${type}, which is not allowed`);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
