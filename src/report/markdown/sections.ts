import type { Markup } from '../markup.ts';
import { describeChecks, describeExtent } from '../view/data-summary.ts';
import type { Summary } from '../view/summary.ts';
import { OUTCOME_WORDING } from '../wording.ts';
import { joinBlocks, md, renderFolded, renderList, renderTable } from './blocks.ts';
import { iconOf } from './first-screen.ts';

/** The data sets in a line each, and the checks that did not pass. */
export function renderData({ data }: Summary): Markup | undefined {
  if (data === undefined) return undefined;
  return joinBlocks([
    md`### Data`,
    md`${OUTCOME_WORDING[data.outcome].icon} ${describeChecks(data)}`,
    renderTable(data.findings, [
      {
        title: 'Check',
        cell: (finding) => md`${iconOf(finding)} ${finding.title}${finding.tolerated && md` (warning only)`}`,
      },
      { title: 'Data set', cell: ({ dataset }) => dataset || 'between data sets' },
      { title: 'Rows', right: true, cell: describeExtent },
      {
        title: 'What was found',
        cell: ({ reason, examples }) =>
          md`${reason}${examples.length > 0 && md`<br><sub>${examples.join(' · ')}</sub>`}`,
      },
    ]),
  ]);
}

/** The controls and the evidence each resolved to. */
export function renderControls(summary: Summary): Markup | undefined {
  const table = renderControlTable(summary);
  return table && joinBlocks([md`### Governance`, table]);
}

/** The same, folded: what did not pass stands on the first screen already. */
export function renderFoldedControls(summary: Summary): Markup | undefined {
  const { controls } = summary;
  const passed = controls.filter(({ outcome }) => outcome === 'pass').length;
  return renderFolded(`Governance (${passed} of ${controls.length} controls pass)`, [renderControlTable(summary)]);
}

function renderControlTable({ controls }: Summary): Markup | undefined {
  return renderTable(controls, [
    {
      title: 'Control',
      cell: ({ id, text, outcome, waived }) =>
        md`${iconOf({ outcome, tolerated: waived })} **${id}**${waived && md` (waived)`}<br><sub>${text}</sub>`,
    },
    { title: 'Finding', cell: ({ reason }) => reason },
    { title: 'Evidence', cell: ({ evidence }) => evidence?.path ?? '–' },
  ]);
}

/** Every waiver that was asked for, whether it holds or not. */
export function renderWaivers({ waivers }: Summary): Markup | undefined {
  if (waivers.length === 0) return undefined;
  return joinBlocks([
    md`### Waivers`,
    renderList(
      waivers.map(
        ({ waives, reason, author, approver, expires, active, note }) =>
          md`**${waives}** ${active ? 'is waived until' : md`is **not** waived; asked until`} ${expires}: ${reason}\n  <br><sub>asked by ${author}, approved by ${approver}${note !== '' && md` · ${note}`}</sub>`,
      ),
    ),
  ]);
}
