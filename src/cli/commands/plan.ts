import { resolve } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { openBudgetFile } from '../../pipeline/budget/file-store.ts';
import { openLedgerReader } from '../../pipeline/budget/ledger-store.ts';
import { makePlan } from '../../pipeline/planning/planning.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import { renderPlan } from '../../report/terminal/plan.ts';
import type { Flags, Terminal } from '../command.ts';
import { readRunFlags } from './run.ts';

export interface PlanFlags extends Flags {
  readonly rows?: string;
}

/** `modelgate plan`: prints what each rule can see with the rows at hand. Ends with 1 where one cannot see what it asks. */
export async function runPlan(terminal: Terminal, flags: PlanFlags): Promise<number> {
  const rows = readRows(flags.rows);
  return withRun({ ...terminal, ...readRunFlags(flags), now: () => new Date() }, async (run) => {
    const plan = await makePlan(run, { rows, readSpent: (budget) => readSpent(run, flags, budget) });
    terminal.print(flags.json ? renderCanonical(plan).trimEnd() : renderPlan(plan, terminal));
    return plan.sees ? EXIT.pass : EXIT.notPass;
  });
}

/** How many verdicts a budget gave: by the file that was named, else by the ledger, read with git. */
async function readSpent({ git, project, signal }: Run, { budgetFile }: Flags, budget: string): Promise<number> {
  const account = { budget, model: project.config.model };
  if (budgetFile !== undefined) return (await openBudgetFile(resolve(budgetFile)).read(account)).length;
  const { root } = git;
  if (root === undefined) throw new UserMistake({ found: 'this folder is in no git repository' });
  const { readLedgerFromGit } = await import('../../registry/ledger/git-ledger.ts');
  return (await openLedgerReader({ read: () => readLedgerFromGit(root, signal) }).read(account)).length;
}

function readRows(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new UserMistake({ found: `--rows is \`${text}\``, fix: 'Write how many rows to plan for, from 1 on.' });
}
