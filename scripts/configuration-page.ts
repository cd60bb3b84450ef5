import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFINITIONS, type MetricDefinition } from '../src/config/metrics/definitions.ts';
import type { MetricParameter } from '../src/config/metrics/description.ts';
import { METRICS } from '../src/config/metrics.ts';
import { Waivers } from '../src/config/schema/governance.ts';
import { Modelgate } from '../src/config/schema/modelgate.ts';

/** As much of JSON Schema as our schemas use. */
interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

/** The reference of modelgate.yml, from its schema alone. */
export function renderConfigurationPage(): string {
  const metrics = Object.entries(METRICS).map(
    ([name, { title, direction, tasks, reference, needs, range, parameter }]) =>
      `| \`${name}${renderParameter(parameter)}\` | ${title} | ${direction} is better | ${tasks.map(shorten).join(', ')} | ${needs.join(', ') || 'nothing more'} | ${renderRange(range)} | ${escapeCell(reference)} |`,
  );
  const definitions = Object.keys(METRICS).map((name) => {
    const { definition, limits } = requireDefinition(name);
    return `| \`${name}\` | ${escapeCell(definition)} | ${limits} |`;
  });
  return `# modelgate.yml

One file a model. Every key, whether it must be there, and what it may hold. An editor that knows JSON Schema completes
the file with \`schemas/modelgate.schema.json\`; \`modelgate validate\` checks it and the files that it names.

| key | must | what it holds |
| --- | --- | --- |
${listRows(Modelgate as unknown as Schema, '').join('\n')}

## The waivers file

A list; each entry has these keys.

| key | must | what it holds |
| --- | --- | --- |
${listRows((Waivers as unknown as Schema).items ?? {}, '').join('\n')}

## Metrics

A metric with a parameter carries it behind an \`@\`, as in \`ndcg@10\`; one in brackets may be left out. Under
\`evaluate.metrics\` of a multiclass task, a metric of one class (it needs \`positive\`) is computed for every class.

| name | title | direction | tasks | needs | values | agrees with |
| --- | --- | --- | --- | --- | --- | --- |
${metrics.join('\n')}

TP, FP, FN and TN are the rows of one class against all others; with \`weight\` rows count by it. With \`weight\` or \`cluster\`,
shares of rows are resampled or linearised, means are linearised, and medians have no limits.

| name | definition | limits |
| --- | --- | --- |
${definitions.join('\n')}

This page is made from the schema.
`;
}

function requireDefinition(name: string): MetricDefinition {
  const found = DEFINITIONS[name];
  if (!found) throw new Error(`the metric ${name} has no definition`);
  return found;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function renderParameter(parameter: MetricParameter | undefined): string {
  if (!parameter) return '';
  return parameter.optional ? `[@${parameter.name}]` : `@${parameter.name}`;
}

function listRows(schema: Schema, prefix: string): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    renderRow(`${prefix}${name}`, property, renderMust(`${prefix}${name}`, schema.required?.includes(name) ?? false)),
    ...listRows(
      property.items?.properties ? property.items : property,
      `${prefix}${name}${property.items ? '[]' : ''}.`,
    ),
  ]);
  if (typeof schema.additionalProperties !== 'object') return own;
  const name = `${prefix}<name>`;
  return [
    renderRow(name, schema.additionalProperties, 'no'),
    ...listRows(schema.additionalProperties, `${name}.`),
    ...own,
  ];
}

/** What the schema cannot say, and the consistency of the file asks for. */
const CONDITIONAL: Readonly<Record<string, string>> = {
  task: 'yes, with `evaluate`',
  evaluate: 'yes, with `gates`',
};

function renderMust(key: string, required: boolean): string {
  return required ? 'yes' : (CONDITIONAL[key] ?? 'no');
}

function renderRow(key: string, schema: Schema, must: string): string {
  const words = [schema.title, schema.description]
    .filter(Boolean)
    .join(': ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
  return `| \`${key}\` | ${must} | ${words} |`;
}

function renderRange([least, greatest]: readonly [number, number]): string {
  if (!Number.isFinite(least)) return `at most ${greatest}`;
  return Number.isFinite(greatest) ? `${least} to ${greatest}` : `at least ${least}`;
}

function shorten(task: string): string {
  return task.replace('-classification', '');
}

/** Writes the page. */
export async function writeConfigurationPage(): Promise<void> {
  await writeFile(join(import.meta.dirname, '../docs/configuration.md'), renderConfigurationPage());
}
