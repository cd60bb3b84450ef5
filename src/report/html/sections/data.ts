import type { Markup } from '../../markup.ts';
import { formatDigest, formatShare } from '../../numbers.ts';
import { describeChecks, describeExtent } from '../../view/data-summary.ts';
import type { Summary } from '../../view/summary.ts';
import { html, MAX_ROWS, NOTHING, renderOutcome, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { drawShareBar } from '../charts/share-bar.ts';

/** The data sets, and the checks that did not pass. */
export async function renderData({ data }: Summary, draw: Draw): Promise<Markup | undefined> {
  if (data === undefined) return undefined;
  const shown = data.findings.slice(0, MAX_ROWS);
  const largest = Math.max(...shown.map(({ share }) => share));
  const bars = await Promise.all(
    shown.map(({ share }) => (share > 0 ? drawShareBar(draw, share, largest) : undefined)),
  );
  const notChecked = data.datasets.flatMap(({ name, notChecked: parts }) => parts.map((part) => ({ name, part })));
  return renderSection('data', 'Data', [
    html`<p class="lede">${renderOutcome(data.outcome, false, describeChecks(data))}</p>`,
    renderTable({
      caption: 'Checks that did not pass',
      rows: data.findings,
      cards: true,
      columns: [
        {
          title: 'Check',
          kind: 'head',
          cell: ({ outcome, tolerated, title, dataset }) =>
            html`${renderOutcome(outcome, tolerated, title)}<small>${dataset || 'between data sets'}${tolerated && html`, warning only`}</small>`,
        },
        {
          title: 'Rows',
          cell: (row, index) =>
            row.count === 0
              ? NOTHING
              : html`${bars[index]} <small title="${formatShare(row.share)}">${describeExtent(row)}</small>`,
        },
        {
          title: 'What was found',
          cell: ({ reason, examples }) =>
            html`${reason}${examples.length > 0 && html`<small>${examples.join(' · ')}</small>`}`,
        },
      ],
    }),
    renderTable({
      caption: 'Data sets',
      rows: data.datasets,
      columns: [
        { title: 'Data set', kind: 'head', cell: ({ name, path }) => html`${name}<small>${path}</small>` },
        { title: 'Contents', cell: ({ facts }) => facts },
        { title: 'Contract', cell: ({ contract }) => contract },
        {
          title: 'Checks',
          cell: ({ outcome, passed, checks }) => renderOutcome(outcome, false, `${passed} of ${checks} pass`),
        },
        { title: 'sha256', cell: ({ sha256 }) => (sha256 === null ? '–' : html`<code>${formatDigest(sha256)}</code>`) },
      ],
    }),
    ...data.comparisons.map(({ title, columns }) =>
      renderTable({
        caption: `Compared columns: ${title}`,
        rows: columns,
        cards: true,
        columns: [
          { title: 'Column', kind: 'head', cell: ({ outcome, name }) => renderOutcome(outcome, false, name) },
          { title: 'Values', cell: ({ values }) => values },
          {
            title: 'Method',
            cell: ({ method, binning }) => (method === '' ? NOTHING : html`${method}<small>${binning}</small>`),
          },
          { title: 'Difference', cell: ({ effect, reason }) => effect || reason },
        ],
      }),
    ),
    notChecked.length > 0 &&
      html`<ul class="plain-list">${notChecked.map(({ name, part }) => html`<li>Not checked in <b>${name}</b>: ${part}</li>`)}</ul>`,
  ]);
}
