import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { listModels, readStages } from '../../registry/ledger/queries.ts';
import { renderStages } from '../../report/terminal/ledger-stages.ts';
import type { Flags, Terminal } from '../command.ts';
import { parseInstant } from '../registry/instants.ts';
import { readAskedLedger } from '../registry/ledger-reading.ts';

/** Prints which version is in which stage, or was at an instant. */
export async function runStageList(terminal: Terminal, flags: Flags): Promise<number> {
  const at = flags.at === undefined ? undefined : parseInstant('--at', flags.at);
  const ledger = await readAskedLedger(terminal, flags, { whole: true });
  const models = flags.model === undefined ? listModels(ledger) : [flags.model];
  const live = models.flatMap((model) => [...readStages(ledger, model, at).values()]);
  if (flags.json) terminal.print(renderCanonical({ ledger: ledger.head ?? null, at: at?.toISOString(), stages: live }));
  else terminal.print(renderStages(live, { ...terminal, at }));
  return EXIT.pass;
}
