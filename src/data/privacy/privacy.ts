import { PRIVACY_DETECTORS } from '../../config/schema/data.ts';
import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import { suggest } from '../../config/suggestion.ts';
import type { Engine } from '../../engine/connection.ts';
import type { CrossResult, CrossRunner } from '../crosswise/scene.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { placeExamples } from '../findings/places.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName, showName } from '../naming.ts';
import { type ColumnReport, reportColumns } from './columns.ts';
import { takeNoted } from './fragments.ts';
import { countPicked, DEFAULT_ROWS, dropRows } from './sample.ts';
import { describeColumn, describeRows, listColumns } from './wording.ts';

type Request = NonNullable<DataCheckConfig['privacy']>;

/**
 * Looks for personal data in the values and the names of columns, on a sample of rows that is the same at every run, or on all.
 * One result a data set: a failure where a column holds such data that is neither excepted nor declared as sensitive by the
 * contract. No value is ever part of a result.
 */
export const runPrivacy: CrossRunner<'privacy'> = async ({ engine, find }, request) => {
  const datasets = request.in.map(find);
  const known = [...new Set(datasets.flatMap(({ table }) => table.columns.map(({ name }) => name)))];
  const unknown = (request.except ?? []).filter((name) => !known.includes(name));
  const results: CrossResult[] = [];
  for (const [index, dataset] of datasets.entries()) {
    const result = await checkPrivacy(engine, dataset, request);
    // Told once, whatever the number of data sets.
    results.push(index === 0 && unknown.length > 0 ? refuseUnknown(result, unknown, known) : result);
  }
  return results;
};

/** A name under `except` that no data set has lets nothing pass that it was not meant to. */
function refuseUnknown(result: CrossResult, unknown: readonly string[], known: readonly string[]): CrossResult {
  const told = unknown.map(
    (name) => `\`except\` names ${quoteName(name)}, and no column has this name. ${suggest(name, known.slice(0, 20))}`,
  );
  const outcome = result.outcome === 'fail' ? 'fail' : 'cannot-measure';
  return { ...result, outcome, reason: [...told, result.reason].join(' ') };
}

async function checkPrivacy(
  engine: Engine,
  dataset: CheckedDataset,
  { rows = DEFAULT_ROWS, except = [], detectors }: Request,
): Promise<CrossResult> {
  const { source, table } = dataset;
  const name = showName(source.name);
  const base = { text: `${name} holds no personal data`, rule: 'privacy', count: 0, share: 0, examples: [] };
  const unmeasured = (reason: string): CrossResult => ({ ...base, outcome: 'cannot-measure', reason });
  const columns = table.columns.filter((column) => !except.includes(column.name));
  const excepted = table.columns.filter((column) => except.includes(column.name)).map((column) => column.name);
  if (table.rows === 0) return unmeasured(`${name} has no rows`);
  if (columns.length === 0) return unmeasured(`every column of ${name} is excepted`);
  const picked = countPicked(table.rows, rows);
  const reports = await reportColumns(engine, dataset, columns, picked, new Set(detectors ?? PRIVACY_DETECTORS));
  const noted = await takeNoted(engine);
  await dropRows(engine);
  if (reports.every(({ values }) => values === 0))
    return unmeasured(`no column of ${name} has a value; ${describeRows(picked, table.rows)}`);
  const telling = reports.filter(({ traces }) => traces.length > 0);
  const found = telling.filter(({ declared }) => !declared);
  const looked = picked === 'all' ? table.rows : picked;
  const reason = [
    found.length > 0 ? listColumns(found.map(describeColumn)) : `none found in ${countOf(columns.length, 'column')}`,
    describeRows(picked, table.rows),
    ...describeOthers(reports, telling, excepted),
  ].join('; ');
  if (found.length === 0) return { ...base, outcome: 'pass', reason };
  return {
    ...base,
    outcome: 'fail',
    column: listColumns(found.map(({ column }) => showName(column))),
    count: noted.count,
    share: noted.count / looked,
    reason,
    examples: await placeExamples(
      dataset,
      noted.first.map((row) => ({ row })),
    ),
  };
}

function describeOthers(
  reports: readonly ColumnReport[],
  telling: readonly ColumnReport[],
  excepted: readonly string[],
): string[] {
  const declared = telling.filter((report) => report.declared).map(describeColumn);
  const empty = reports.filter(({ values }) => values === 0).map(({ column }) => showName(column));
  const parts: [string, readonly string[]][] = [
    ['declared as sensitive by the contract', declared],
    [
      'looked at in part',
      reports.filter(({ left, traces }) => left && traces.length === 0).map(({ column }) => showName(column)),
    ],
    ['excepted', excepted.map(showName)],
    ['without a value', empty],
  ];
  return parts.filter(([, names]) => names.length > 0).map(([head, names]) => `${head}: ${listColumns(names)}`);
}
