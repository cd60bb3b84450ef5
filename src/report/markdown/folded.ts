import type { Markup } from '../markup.ts';
import {
  formatCount,
  formatDifference,
  formatDigest,
  formatDuration,
  formatInstant,
  formatMetric,
  formatSize,
} from '../numbers.ts';
import { FEW_ROWS, nameSlice, type SliceRow } from '../view/slice-rows.ts';
import type { Summary } from '../view/summary.ts';
import { OUTCOME_WORDING, STAGE_TITLE } from '../wording.ts';
import { createNotes, joinBlocks, md, renderFolded, renderList, renderTable } from './blocks.ts';
import { renderInterval, renderMarks } from './metrics.ts';

/** A confusion matrix of more classes is too wide to read in Markdown. */
const MAX_CLASSES = 12;

/** Every number of every slice, the worst first, and those of few rows apart. */
export function renderSlices({ slices: { rows, small } }: Summary): Markup | undefined {
  return renderFolded(`All slices (${rows.length + small.length})`, [
    renderSliceTable(rows),
    small.length === 0 ? undefined : md`**Under ${FEW_ROWS} rows each**: too few to say much alone.`,
    renderSliceTable(small),
  ]);
}

function renderSliceTable(slices: readonly SliceRow[]): Markup | undefined {
  const notes = createNotes(slices.map(({ unsure }) => unsure));
  const table = renderTable(slices, [
    { title: 'Slice', cell: nameSlice },
    { title: 'Metric', cell: ({ title }) => title },
    { title: 'Rows', right: true, cell: ({ n }) => formatCount(n) },
    {
      title: 'Value',
      right: true,
      cell: ({ score, reason }) => (score === null ? md`– <sub>${reason}</sub>` : formatMetric(score)),
    },
    { title: 'Interval', right: true, cell: (row) => renderInterval(row, notes) },
    {
      title: 'To all rows',
      right: true,
      cell: ({ score, overall }) => formatDifference(score === null || overall === null ? null : score - overall),
    },
    { title: 'Rules', cell: ({ marks }) => renderMarks(marks) },
  ]);
  return table && joinBlocks([table, notes.list]);
}

/** True classes down, predicted ones across. */
export function renderConfusion({ confusion }: Summary): Markup | undefined {
  if (confusion === undefined) return undefined;
  const { classes, counts } = confusion;
  if (classes.length > MAX_CLASSES) {
    return renderFolded('Confusion matrix', [md`${classes.length} classes: see the HTML report or the evidence.`]);
  }
  const rows = classes.map((name, index) => ({ name, row: counts[index] ?? [], index }));
  return renderFolded('Confusion matrix', [
    renderTable(rows, [
      { title: 'true ↓ predicted →', cell: ({ name }) => md`**${name}**` },
      ...classes.map((title, column) => ({
        title,
        right: true,
        cell: ({ row, index }: (typeof rows)[number]) =>
          index === column ? md`**${formatCount(row[column] ?? 0)}**` : formatCount(row[column] ?? 0),
      })),
    ]),
  ]);
}

/** How the training and the prediction ran. */
export function renderRuns({ runs }: Summary): Markup | undefined {
  return renderFolded('Training and prediction', [
    ...runs.flatMap(({ title, outcome, reason, facts }) => [
      md`**${title}**: ${OUTCOME_WORDING[outcome].icon} ${OUTCOME_WORDING[outcome].word}. ${reason}`,
      renderList(facts.map(([name, value]) => md`${name}: ${value}`)),
    ]),
  ]);
}

/** The data sets, their contracts, and what of them was not checked. */
export function renderDatasets({ data }: Summary): Markup | undefined {
  if (data === undefined) return undefined;
  return renderFolded('Data sets and contracts', [
    renderTable(data.datasets, [
      { title: 'Data set', cell: ({ name, path }) => md`**${name}**<br><sub>${path}</sub>` },
      { title: 'Contents', cell: ({ facts }) => facts },
      { title: 'Contract', cell: ({ contract }) => contract },
      { title: 'Checks', right: true, cell: ({ passed, checks }) => `${passed} of ${checks} pass` },
    ]),
    renderList(
      data.datasets.flatMap(({ name, notChecked }) => notChecked.map((part) => md`Not checked in ${name}: ${part}`)),
    ),
  ]);
}

/** The columns of data sets that were compared, and with what. */
export function renderComparedColumns({ data }: Summary): Markup | undefined {
  const comparisons = data?.comparisons ?? [];
  if (comparisons.length === 0) return undefined;
  return renderFolded('Compared columns of data sets', [
    ...comparisons.flatMap(({ title, columns }) => [
      md`**${title}**`,
      renderTable(columns, [
        { title: 'Column', cell: ({ outcome, name }) => md`${OUTCOME_WORDING[outcome].icon} ${name}` },
        { title: 'Values', right: true, cell: ({ values }) => values },
        {
          title: 'Method',
          cell: ({ method, binning }) => (method === '' ? '–' : md`${method}<br><sub>${binning}</sub>`),
        },
        { title: 'Difference', cell: ({ effect, reason }) => effect || reason },
      ]),
    ]),
  ]);
}

/** What was built on what, by digest. */
export function renderLineage({ lineage, absent }: Summary): Markup | undefined {
  const { documents, files, config, tool } = lineage;
  return renderFolded('Lineage', [
    renderTable(documents, [
      { title: 'Evidence', cell: ({ kind }) => STAGE_TITLE[kind] },
      { title: 'Outcome', cell: ({ outcome }) => OUTCOME_WORDING[outcome].word },
      { title: 'sha256', cell: ({ digest }) => formatDigest(digest) },
      {
        title: 'Built on',
        cell: ({ parents }) => parents.map(({ kind, sha256 }) => `${kind} ${formatDigest(sha256)}`).join(', ') || '–',
      },
      { title: 'Written', cell: ({ created }) => formatInstant(created) },
      { title: 'Took', right: true, cell: ({ seconds }) => formatDuration(seconds) },
    ]),
    renderTable(files, [
      { title: 'File', cell: ({ role }) => role },
      { title: 'Path', cell: ({ path }) => path },
      { title: 'sha256', cell: ({ sha256 }) => formatDigest(sha256) },
      { title: 'Size', right: true, cell: ({ size }) => (size === undefined ? '–' : formatSize(size)) },
    ]),
    joinBlocks([
      renderList([
        ...(config === undefined ? [] : [md`modelgate.yml ${formatDigest(config)}, read by ${tool}`]),
        ...absent.map((text) => md`${text}`),
      ]),
    ]),
  ]);
}

/** How many verdicts the test set still has. */
export function renderBudget({ budget }: Summary): Markup | undefined {
  return renderFolded('Test-set budget', [budget === '' ? undefined : md`${budget}`]);
}
