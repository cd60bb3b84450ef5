import picocolors from 'picocolors';
import type { LedgerEvent, PlacingEvent } from '../../evidence/schema/ledger.ts';
import { cleanText } from '../escaping.ts';
import { renderColumns } from './columns.ts';
import { describeEvent, describeReason, formatMinute, type LedgerView } from './ledger-wording.ts';

export interface HistoryView extends LedgerView {
  /** What was in the stage that is asked about. */
  readonly live: readonly PlacingEvent[] | undefined;
  readonly stage: string | undefined;
  /** How many more events there are. */
  readonly left: number;
}

/** Events as a table, in the order that they come in. */
export function renderHistory(events: readonly LedgerEvent[], view: HistoryView): string {
  const colors = picocolors.createColors(view.color);
  const lines = describeLive(view);
  if (events.length === 0) return [...lines, 'The ledger has no such event.'].join('\n');
  const table = renderColumns(
    events,
    [
      { title: 'Event', right: true, drop: 4, cell: ({ sequence }) => String(sequence) },
      { title: 'When (UTC)', drop: 0, cell: ({ created }) => formatMinute(created) },
      { title: 'Model', drop: 0, cell: ({ model }) => cleanText(model) },
      { title: 'What', drop: 0, cell: describeEvent, paint: paintKind(colors) },
      { title: 'Version', drop: 0, cell: (event) => ('version' in event ? cleanText(event.version) : '') },
      { title: 'Stage', drop: 0, cell: (event) => ('stage' in event ? cleanText(event.stage) : '') },
      { title: 'By', drop: 2, cell: ({ actor }) => cleanText(actor) },
      { title: 'Why', drop: 3, cell: (event) => cleanText(describeReason(event)) },
    ],
    view.width,
  );
  const rest = view.left > 0 ? [`${view.left} older events are not shown; --limit shows more.`] : [];
  return [...lines, ...table, ...rest].join('\n');
}

/** Says what was live, where a stage was asked about. */
function describeLive({ at, live, stage }: HistoryView): string[] {
  if (live === undefined || stage === undefined) return [];
  const place = cleanText(stage);
  const when = at === undefined ? 'now' : `at ${formatMinute(at.toISOString())} UTC`;
  if (live.length === 0) return [`Nothing ${at === undefined ? 'is' : 'was'} in ${place} ${when}.`, ''];
  const told = live.map(({ model, version, created, requestedBy }) => {
    const since = `since ${formatMinute(created)} UTC, by ${cleanText(requestedBy)}`;
    return `${cleanText(model)} ${cleanText(version)} ${at === undefined ? 'is' : 'was'} in ${place} ${when} (${since}).`;
  });
  return [...told, ''];
}

function paintKind(colors: ReturnType<typeof picocolors.createColors>) {
  return (text: string, event: LedgerEvent): string => {
    if (event.kind === 'rollback' || (event.kind === 'health' && !event.healthy)) return colors.red(text);
    return event.kind === 'promotion' ? colors.green(text) : text;
  };
}
