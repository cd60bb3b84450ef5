import type { Markup } from '../../markup.ts';
import { formatDuration, formatMinutes } from '../../numbers.ts';
import type { Summary } from '../../view/summary.ts';
import { STAGE_TITLE } from '../../wording.ts';
import { html, NOTHING, renderFolded, renderTable } from '../blocks.ts';

/** What the run took: a folded table of the stages. */
export function renderCost({ cost }: Summary): Markup | undefined {
  if (cost === undefined) return undefined;
  const minutes = cost.gpuMinutes === undefined ? '' : `, ${formatMinutes(cost.gpuMinutes)} GPU minutes`;
  return renderFolded('Cost', [
    renderTable({
      caption: `What each stage took: ${formatDuration(cost.seconds)} together${minutes}`,
      rows: cost.rows,
      columns: [
        { title: 'Stage', kind: 'head', cell: ({ stage }) => STAGE_TITLE[stage] },
        { title: 'Duration', kind: 'number', cell: ({ seconds }) => formatDuration(seconds) },
        { title: 'Accelerators', cell: ({ accelerators }) => accelerators || NOTHING },
        {
          title: 'GPU minutes',
          kind: 'number',
          cell: ({ gpuMinutes }) => (gpuMinutes === undefined ? NOTHING : formatMinutes(gpuMinutes)),
        },
      ],
    }),
    minutes !== '' &&
      html`<p class="soft">GPU minutes are the accelerators of the machine times the duration of the stage.</p>`,
  ]);
}
