import type { Limit, Test } from './checks.ts';
import type { ContractReader, Path } from './contract-reader.ts';
import { OPERATORS, type Quality } from './contract-schema.ts';
import { quoteName } from './naming.ts';

/** Adds the checks of a list of quality rules. `property` is undefined for those of the table as a whole. */
export function readQuality(
  reader: ContractReader,
  path: Path,
  rules: readonly Quality[] | undefined,
  property: string | undefined,
): void {
  for (const [index, rule] of (rules ?? []).entries()) {
    readRule(reader, [...path, 'quality', index], rule, property);
  }
}

function readRule(reader: ContractReader, path: Path, rule: Quality, property: string | undefined): void {
  const owner = property === undefined ? 'the table' : `column ${quoteName(property)}`;
  if (rule.type !== undefined && rule.type !== 'library') {
    reader.notChecked.push(`${owner}: a quality rule of type ${rule.type}`);
    return;
  }
  if (rule.metric === undefined) {
    const fix = 'Name the metric, or say `type: text`, `sql` or `custom`.';
    if (rule.rule === undefined) reader.refuse(path, 'a quality rule without a metric', fix);
    else reader.notChecked.push(`${owner}: the quality rule ${quoteName(rule.rule)} without a metric`);
    return;
  }
  const limit = readLimit(reader, path, rule);
  const found = createTest(reader, path, rule, property);
  if (!limit || !found) return;
  reader.checks.push({
    rule: rule.metric,
    ...found,
    limit,
    level: rule.severity !== undefined && /^(info|warn)/i.test(rule.severity) ? 'warn' : 'error',
    place: reader.place(path),
  });
}

function createTest(
  reader: ContractReader,
  path: Path,
  rule: Quality,
  property: string | undefined,
): { test: Test; properties: readonly string[] } | undefined {
  const { metric, arguments: given = {} } = rule;
  if (metric === 'rowCount') {
    if (property === undefined) return { test: { kind: 'row-count' }, properties: [] };
    reader.refuse([...path, 'metric'], '`rowCount` at a property', 'It counts rows: move the rule to the table.');
    return undefined;
  }
  if (metric === 'duplicateValues') {
    const properties = given.properties ?? (property === undefined ? undefined : [property]);
    if (properties) return { test: { kind: 'unique' }, properties };
    reader.refuse(path, '`duplicateValues` of a table without properties', 'Name them in `arguments.properties`.');
    return undefined;
  }
  if (property === undefined) {
    reader.refuse([...path, 'metric'], `\`${metric}\` at the table`, 'It counts values: move the rule to a property.');
    return undefined;
  }
  const properties = [property];
  if (metric === 'nullValues') return { test: { kind: 'null' }, properties };
  if (metric === 'missingValues')
    return { test: { kind: 'missing', values: given.missingValues ?? [null, ''] }, properties };
  const { validValues, pattern } = given;
  if (validValues && pattern === undefined) return { test: { kind: 'allowed', values: validValues }, properties };
  if (pattern !== undefined && !validValues) return { test: { kind: 'pattern', pattern }, properties };
  const fix = 'Give `arguments` either validValues or pattern; for both, write two rules.';
  reader.refuse(path, `\`invalidValues\` with ${validValues ? 'both' : 'none'} of its arguments`, fix);
  return undefined;
}

function readLimit(reader: ContractReader, path: Path, rule: Quality): Limit | undefined {
  const given = OPERATORS.filter((operator) => rule[operator] !== undefined);
  const [operator] = given;
  if (operator === undefined || given.length > 1) {
    const found = operator === undefined ? 'a metric that is compared with nothing' : `both ${given.join(' and ')}`;
    reader.refuse(path, found, `Give one of ${OPERATORS.join(', ')}; for two, write two rules.`);
    return undefined;
  }
  const values = [rule[operator]].flat();
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  const [low = 0, high = low] = numbers;
  if (numbers.length !== values.length || numbers.length === 0 || low > high) {
    reader.refuse(
      [...path, operator],
      `\`${operator}\` is ${JSON.stringify(rule[operator])}`,
      'A number, or the smaller one first.',
    );
    return undefined;
  }
  const { unit = 'rows' } = rule;
  if (unit !== 'rows' && (unit !== 'percent' || rule.metric === 'rowCount')) {
    const fix = rule.metric === 'rowCount' ? 'A row count is in rows.' : 'What is counted here is rows or percent.';
    reader.refuse([...path, 'unit'], `\`unit\` is ${quoteName(unit)}`, fix);
    return undefined;
  }
  return { operator, values: numbers, unit };
}
