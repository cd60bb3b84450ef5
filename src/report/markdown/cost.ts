import type { Markup } from '../markup.ts';
import { formatDuration, formatMinutes } from '../numbers.ts';
import type { Cost } from '../view/cost.ts';
import type { Summary } from '../view/summary.ts';
import { STAGE_TITLE } from '../wording.ts';
import { md, renderFolded, renderTable } from './blocks.ts';

interface Line {
  readonly title: string;
  readonly seconds: number;
  readonly accelerators: string;
  readonly gpuMinutes: number | undefined;
}

/** What the run took: the duration of each stage, and GPU minutes where there was an accelerator. */
export function renderCost({ cost }: Summary): Markup | undefined {
  if (cost === undefined) return undefined;
  const counted = cost.gpuMinutes !== undefined;
  return renderFolded('Cost', [
    renderTable(listLines(cost), [
      { title: 'Stage', cell: ({ title }) => title },
      { title: 'Duration', right: true, cell: ({ seconds }) => formatDuration(seconds) },
      ...(counted
        ? [
            { title: 'Accelerators', cell: ({ accelerators }: Line) => accelerators || '–' },
            { title: 'GPU minutes', right: true, cell: ({ gpuMinutes }: Line) => renderMinutes(gpuMinutes) },
          ]
        : []),
    ]),
    counted ? md`GPU minutes are the accelerators of the machine times the duration of the stage.` : undefined,
  ]);
}

function listLines({ rows, seconds, gpuMinutes }: Cost): Line[] {
  const lines = rows.map(({ stage, ...row }) => ({ ...row, title: STAGE_TITLE[stage] }));
  return lines.length < 2 ? lines : [...lines, { title: 'Together', seconds, accelerators: '', gpuMinutes }];
}

function renderMinutes(minutes: number | undefined): string {
  return minutes === undefined ? '–' : formatMinutes(minutes);
}
