import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import type { Ledger } from '../../registry/ledger/ledger.ts';
import { isOfStage, listModels, readStages } from '../../registry/ledger/queries.ts';
import { renderHistory } from '../../report/terminal/ledger-history.ts';
import type { Flags, Terminal } from '../command.ts';
import { parseInstant } from '../registry/instants.ts';
import { readAskedLedger } from '../registry/ledger-reading.ts';

/** Events that a table shows unless the flag says otherwise; JSON has all. */
const SHOWN = 50;

/** Prints what happened to the models, newest first; of one model, one stage, up to an instant. */
export async function runHistory(terminal: Terminal, flags: Flags): Promise<number> {
  const { model, stage, json = false } = flags;
  const at = flags.at === undefined ? undefined : parseInstant('--at', flags.at);
  const limit = readLimit(flags.limit) ?? (json ? Number.POSITIVE_INFINITY : SHOWN);
  const ledger = await readAskedLedger(terminal, flags);
  const until = at?.getTime() ?? Number.POSITIVE_INFINITY;
  const events = ledger.events
    .filter((event) => model === undefined || event.model === model)
    .filter((event) => stage === undefined || isOfStage(event, stage))
    .filter((event) => Date.parse(event.created) <= until)
    .toReversed();
  const shown = events.slice(0, limit);
  const live = stage === undefined ? undefined : listLive(ledger, model, stage, at);
  if (json)
    terminal.print(renderCanonical({ ledger: ledger.head ?? null, at: at?.toISOString(), live, events: shown }));
  else terminal.print(renderHistory(shown, { ...terminal, at, live, stage, left: events.length - shown.length }));
  return EXIT.pass;
}

/** What was in a stage at an instant, of each model. */
function listLive(ledger: Ledger, model: string | undefined, stage: string, at: Date | undefined) {
  const models = model === undefined ? listModels(ledger) : [model];
  return models.flatMap((one) => readStages(ledger, one, at).get(stage) ?? []);
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserMistake({ found: `--limit is \`${text}\``, fix: 'Write how many events to show, from 1 on.' });
}
