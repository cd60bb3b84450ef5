import type { Markup } from '../../markup.ts';
import { formatCount, formatDifference, formatInterval, formatMetric } from '../../numbers.ts';
import { FEW_ROWS, nameSlice, type SliceRow } from '../../view/slice-rows.ts';
import type { Summary } from '../../view/summary.ts';
import { isOpen } from '../../wording.ts';
import { html, renderFolded, renderMarks, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { computeDomain, drawNumberLine, type NumberLine } from '../charts/number-line.ts';
import { renderLegend } from '../legend.ts';

/** Slices that are drawn, and shown unfolded; the rest is a table. */
const MAX_DRAWN = 24;
/** Small slices that the title of their table names. */
const MAX_NAMED = 5;

/** Every number of every slice: those of one metric on one scale, so that they can be compared by eye. */
export async function renderSlices({ slices, worstSlice }: Summary, draw: Draw): Promise<Markup | undefined> {
  const { rows, small } = slices;
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const parts = await Promise.all(
    metrics.map((name) =>
      renderMetric(
        rows.filter(({ metric }) => metric === name),
        draw,
      ),
    ),
  );
  return renderSection('slices', 'Slices', [
    worstSlice !== undefined && html`<p class="lede">${worstSlice}</p>`,
    ...parts,
    renderFolded(`${nameSmall(small)}, under ${FEW_ROWS} rows each: too few to say much alone`, [
      renderRows('Values of few rows', small, []),
    ]),
    parts.length > 0 && renderLegend('slice', 'all rows'),
  ]);
}

/** The first values by name, each once. */
function nameSmall(small: readonly SliceRow[]): string {
  const names = [...new Set(small.map(nameSlice))];
  const left = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(', ')}${left > 0 ? ` and ${formatCount(left)} more` : ''}`;
}

async function renderMetric(rows: readonly SliceRow[], draw: Draw): Promise<Markup> {
  const title = rows[0]?.title ?? '';
  const drawn = rows.slice(0, MAX_DRAWN).map(createLine);
  const domain = computeDomain(drawn);
  const charts = await Promise.all(drawn.map((line) => drawNumberLine(draw, line, domain)));
  const rest = rows.slice(MAX_DRAWN);
  return html`${renderRows(`${title} by slice`, rows.slice(0, MAX_DRAWN), charts)}${renderFolded(
    `${formatCount(rest.length)} more slices`,
    [renderRows(`${title} by slice, continued`, rest, [])],
  )}`;
}

function createLine({ column, value, score, interval, overall, lines, marks }: SliceRow): NumberLine {
  return {
    title: nameSlice({ column, value }),
    value: score,
    interval,
    baseline: overall,
    lines,
    open: marks.some(isOpen),
  };
}

function renderRows(caption: string, rows: readonly SliceRow[], charts: readonly Markup[]): Markup | undefined {
  const columns = [
    {
      title: 'Slice',
      kind: 'head',
      cell: ({ column, value }: SliceRow) => html`<span class="soft">${column}</span> ${value}`,
    },
    ...(charts.length > 0 ? [] : [{ title: 'Metric', cell: ({ title }: SliceRow) => title }]),
    { title: 'Rows', kind: 'number', cell: ({ n }: SliceRow) => formatCount(n) },
    { title: 'Value', kind: 'number', cell: renderScore },
    { title: 'Interval', kind: 'chart', cell: ({ score }: SliceRow, index: number) => score !== null && charts[index] },
    { title: 'Against all', kind: 'number', cell: renderDifference },
    { title: 'Rules', cell: ({ marks }: SliceRow) => renderMarks(marks) },
  ] as const;
  return renderTable({
    caption,
    rows,
    cards: true,
    columns: columns.filter(({ title }) => title !== 'Interval' || charts.length > 0),
  });
}

function renderScore({ score, interval, unsure, reason }: SliceRow): Markup {
  if (score === null) return html`–<small class="why">${reason}</small>`;
  const limits = interval && html`<small>${formatInterval(interval)}</small>`;
  return html`<b>${formatMetric(score)}</b>${limits}${unsure !== '' && html`<small class="why">no interval: ${unsure}</small>`}`;
}

function renderDifference({ score, overall }: SliceRow): string {
  return formatDifference(score === null || overall === null ? null : score - overall);
}
