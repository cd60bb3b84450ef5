import { posix } from 'node:path';
import { findDelimiterFault, findNullFault, nameDelimiter } from '../engine/csv-delimiter.ts';
import type { Problem } from '../errors.ts';
import type { Locate } from './place.ts';
import type { Config, DatasetConfig } from './schema/modelgate.ts';

/** What `csv` of a data set must agree on with itself, and data sets with the labels that are one of them. */
export function findDatasetProblems(config: Config, locate: Locate): Problem[] {
  const { checks: _checks, ...datasets } = config.data ?? {};
  const found = Object.entries(datasets as Record<string, DatasetConfig>).flatMap(([name, dataset]) => [
    ...findCsvProblems(name, dataset, locate),
    ...findLabelsProblems(config, name, dataset, locate),
  ]);
  return [...found, ...findPatternProblems(config, locate)];
}

function findCsvProblems(name: string, { csv }: DatasetConfig, locate: Locate): Problem[] {
  if (!csv) return [];
  const problems: Problem[] = [];
  const { delimiter = ',' } = csv;
  const place = ['data', name, 'csv'];
  const fault = findDelimiterFault(delimiter);
  if (fault !== undefined) {
    const found = `values cannot be separated by ${JSON.stringify(delimiter)}: ${fault}`;
    problems.push({ ...locate([...place, 'delimiter']), found, fix: 'Such as "," or ";" or "\\t".' });
  }
  for (const [index, text] of (csv['null-values'] ?? []).entries()) {
    const reason = findNullFault(text, delimiter);
    if (reason === undefined) continue;
    const found = `${JSON.stringify(text)} cannot stand for no value: ${reason}`;
    const fix = `Name texts that stand between ${nameDelimiter(delimiter)} and ${nameDelimiter(delimiter)}, such as NA.`;
    problems.push({ ...locate([...place, 'null-values', index]), found, fix });
  }
  return problems;
}

/** The evaluation reads its labels as they are, without what the data set says of them. */
function findLabelsProblems({ evaluate }: Config, name: string, { path, csv }: DatasetConfig, locate: Locate) {
  const labels = [evaluate?.labels?.path, evaluate?.['operating-point']?.labels];
  const isLabels = labels.some(
    (other) => other !== undefined && path !== undefined && posix.normalize(other) === posix.normalize(path),
  );
  if (!isLabels || !csv) return [];
  const found = '`csv` of the file that is the labels';
  const fix = 'Labels are CSV in UTF-8 with commas, Parquet or JSONL; save the file as one of these.';
  return [{ ...locate(['data', name, 'csv'], 'key'), found, fix }];
}

/** Where one file is meant, a pattern would find nothing. */
function findPatternProblems({ evaluate }: Config, locate: Locate): Problem[] {
  const point = evaluate?.['operating-point'];
  const paths: [(string | number)[], string | undefined][] = [
    [['evaluate', 'labels', 'path'], evaluate?.labels?.path],
    [['evaluate', 'operating-point', 'labels'], point?.labels],
  ];
  return paths.flatMap(([place, path]) =>
    path !== undefined && /[*?[]/.test(path)
      ? [{ ...locate(place), found: 'labels in several files', fix: 'Name one file: labels are joined by their id.' }]
      : [],
  );
}

/** Whether a path of a data set stands for several files, as far as the text shows: it may be a folder as well. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}
