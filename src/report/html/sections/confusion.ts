import type { Markup } from '../../markup.ts';
import { formatAmount, formatCount } from '../../numbers.ts';
import type { Summary } from '../../view/summary.ts';
import { html, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { drawHeatMap, MAX_CLASSES } from '../charts/heat-map.ts';

/** Up to this many classes the table has room beside the picture. */
const MAX_BESIDE = 5;

/** The confusion matrix as a picture and as a table. */
export async function renderConfusion({ confusion }: Summary, draw: Draw): Promise<Markup | undefined> {
  if (confusion === undefined) return undefined;
  const { classes, counts } = confusion;
  const rows = classes.map((name, index) => ({ name, row: counts[index] ?? [] }));
  if (classes.length > MAX_CLASSES) {
    return renderSection('confusion', 'Confusion', [
      html`<p>A matrix of ${formatAmount(classes.length, 'class', 'classes')} is in the evidence; it is too large to draw.</p>`,
    ]);
  }
  return renderSection('confusion', 'Confusion', [
    html`<figure class="${classes.length > MAX_BESIDE ? 'pair tall' : 'pair'}"><div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix, drawn">${await drawHeatMap(draw, confusion)}</div>
${renderTable({
  caption: 'Rows of each true class by predicted class',
  rows,
  columns: [
    { title: 'true', kind: 'head', cell: ({ name }) => name },
    ...classes.map((title, column) => ({
      title,
      kind: 'number' as const,
      cell: ({ row }: (typeof rows)[number]) => formatCount(row[column] ?? 0),
    })),
    { title: 'all', kind: 'number', cell: ({ row }) => formatCount(row.reduce((sum, count) => sum + count, 0)) },
  ],
})}<figcaption>A cell is the darker, the larger its share of the true class: blue where it is right, red where it is wrong.</figcaption></figure>`,
  ]);
}
