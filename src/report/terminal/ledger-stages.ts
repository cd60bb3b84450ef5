import picocolors from 'picocolors';
import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import { cleanText } from '../escaping.ts';
import { renderColumns } from './columns.ts';
import { formatMinute, type LedgerView } from './ledger-wording.ts';

/** Which version is in which stage, as a table. */
export function renderStages(live: readonly PlacingEvent[], { color, width, at }: LedgerView): string {
  const colors = picocolors.createColors(color);
  const when = at === undefined ? '' : ` at ${formatMinute(at.toISOString())} UTC`;
  if (live.length === 0)
    return at === undefined ? 'Nothing was put into a stage yet.' : `Nothing was in a stage${when}.`;
  const table = renderColumns(
    live,
    [
      { title: 'Model', drop: 0, cell: ({ model }) => cleanText(model) },
      { title: 'Stage', drop: 0, cell: ({ stage }) => cleanText(stage) },
      { title: 'Version', drop: 0, cell: ({ version }) => cleanText(version), paint: colors.bold },
      { title: 'Since (UTC)', drop: 1, cell: ({ created }) => formatMinute(created) },
      { title: 'By', drop: 2, cell: ({ requestedBy }) => cleanText(requestedBy) },
      { title: 'Instead of', drop: 3, cell: ({ from }) => cleanText(from ?? '') },
      { title: 'Tag', drop: 4, cell: ({ tag }) => cleanText(tag) },
    ],
    width,
  );
  return [...(at === undefined ? [] : [`In the stages${when}:`]), ...table].join('\n');
}
