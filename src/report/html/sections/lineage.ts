import type { Markup } from '../../markup.ts';
import { formatDigest, formatDuration, formatInstant, formatSize } from '../../numbers.ts';
import type { Summary } from '../../view/summary.ts';
import { STAGE_TITLE } from '../../wording.ts';
import { html, renderFolded, renderOutcome, renderSection, renderTable } from '../blocks.ts';
import { renderCost } from './cost.ts';

/** What was built on what, the budget of the test set, and what is not there. */
export function renderLineage(summary: Summary): Markup | undefined {
  const { absent, budget } = summary;
  const { documents, files, config, tool } = summary.lineage;
  return renderSection('lineage', 'Lineage', [
    budget !== '' && html`<p>${budget}</p>`,
    absent.length > 0 && html`<ul class="plain-list">${absent.map((text) => html`<li>${text}</li>`)}</ul>`,
    renderFolded('Evidence documents', [
      renderTable({
        caption: 'Documents, and the ones that each was built on',
        rows: documents,
        columns: [
          { title: 'Evidence', kind: 'head', cell: ({ kind }) => STAGE_TITLE[kind] },
          { title: 'Outcome', cell: ({ outcome }) => renderOutcome(outcome) },
          { title: 'sha256', cell: ({ digest }) => html`<code>${formatDigest(digest)}</code>` },
          {
            title: 'Built on',
            cell: ({ parents }) =>
              parents.length === 0
                ? '–'
                : parents.map(({ kind, sha256 }) => html`${kind} <code>${formatDigest(sha256)}</code><br>`),
          },
          { title: 'Written', cell: ({ created }) => formatInstant(created) },
          { title: 'Took', kind: 'number', cell: ({ seconds }) => formatDuration(seconds) },
        ],
      }),
      config !== undefined &&
        html`<p class="soft">modelgate.yml <code>${formatDigest(config)}</code>, read by ${tool}</p>`,
    ]),
    renderFolded('Files', [
      renderTable({
        caption: 'Files that the numbers came from',
        rows: files,
        columns: [
          { title: 'File', kind: 'head', cell: ({ role }) => role },
          { title: 'Path', cell: ({ path }) => path },
          { title: 'sha256', cell: ({ sha256 }) => html`<code>${formatDigest(sha256)}</code>` },
          { title: 'Size', kind: 'number', cell: ({ size }) => (size === undefined ? '–' : formatSize(size)) },
        ],
      }),
    ]),
    renderCost(summary),
  ]);
}
