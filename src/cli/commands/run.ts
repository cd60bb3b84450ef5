import { relative, resolve } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { EXIT } from '../../failure.ts';
import { isHeard } from '../../log.ts';
import { parseBaselines } from '../../pipeline/baseline-names.ts';
import { openBudgetFile } from '../../pipeline/budget/file-store.ts';
import { countShown } from '../../pipeline/budget/shown.ts';
import type { BudgetStore } from '../../pipeline/budget/store.ts';
import { withholdUncounted } from '../../pipeline/budget/withheld.ts';
import { executeStages } from '../../pipeline/execute.ts';
import { writeHtmlReport, writeMarkdownReport } from '../../pipeline/reports.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import { sealAlways } from '../../pipeline/sealing.ts';
import { DOCUMENT_OF, isConfigured, keepStages, type Stage, sliceStages } from '../../pipeline/stages.ts';
import { redactEvidence } from '../../report/reveal.ts';
import { renderTerminal } from '../../report/terminal.ts';
import type { Flags, Terminal } from '../command.ts';
import { readMemory } from '../memory.ts';

/** Runs the stages between `from` and `to` and prints what they came to. */
export async function runStages(terminal: Terminal, flags: Flags): Promise<number> {
  const openBudget = openRunBudget(terminal.environment, flags);
  return withRun({ ...terminal, ...readRunFlags(flags), openBudget, now: () => new Date() }, async (run) => {
    const [from, to] = [flags.from ?? 'data', flags.to ?? 'gate'];
    const stages = sliceStages(from, to);
    if (stages.length === 0)
      throw new UserMistake({ found: `--from ${from} comes after --to ${to}`, fix: 'Swap them.' });
    requireConfigured(run, stages);
    const execute = () => executeStages(run, stages);
    const decided = stages.includes('gate');
    // Who counts is a trusted job, whose log and folder others read; on a laptop the labels are at hand anyway.
    const heard = openBudget !== undefined;
    const evidence =
      decided && heard ? await countShown(run, await sealAlways(run, execute), openBudget) : await execute();
    const shown = showStages(run, evidence, stages, heard);
    const documents = stages.flatMap((stage) => shown[DOCUMENT_OF[stage]] ?? []);
    const last = documents.at(-1);
    if (flags.json && last) terminal.print(renderCanonical(last));
    if (!flags.json) terminal.print(renderTerminal(shown, terminal));
    if (decided) {
      await writeMarkdownReport(run.runFolder, evidence);
      terminal.progress.info(`Report: ${relative(process.cwd(), await writeHtmlReport(run.runFolder, evidence))}`);
      return evidence.verdict?.blocks === false ? EXIT.pass : EXIT.notPass;
    }
    return documents.length > 0 && documents.every(({ outcome }) => outcome === 'pass') ? EXIT.pass : EXIT.notPass;
  });
}

/** What counts verdicts: undefined on a laptop, which is outside of the budget. */
function openRunBudget(
  environment: NodeJS.ProcessEnv,
  { budgetFile }: Flags,
): (() => Promise<BudgetStore>) | undefined {
  if (budgetFile !== undefined) {
    const store = openBudgetFile(resolve(budgetFile));
    return async () => store;
  }
  if (!isHeard(environment)) return undefined;
  return async () => {
    const found = 'this command counts in a file, and none is named';
    throw new UserMistake({
      found,
      fix: 'Use the action, which counts in the ledger, or name a file with --budget-file.',
    });
  };
}

/** What may be printed. A run that others hear and that does not decide asks the test set, and nobody counts it. */
function showStages(run: Run, evidence: EvidenceSet, stages: readonly Stage[], heard: boolean): EvidenceSet {
  if (stages.includes('gate')) return evidence;
  const kept = keepStages(evidence, stages);
  return heard ? redactEvidence(withholdUncounted(run.project.config, kept)) : kept;
}

/** The flags that say where a run reads and writes, checked. */
export function readRunFlags(flags: Flags) {
  const { baselines, problems } = parseBaselines(flags.baseline ?? [], '--baseline');
  if (problems.length > 0) throw new UserMistake(problems);
  return {
    config: flags.config,
    runFolder: flags.runFolder === undefined ? undefined : resolve(flags.runFolder),
    duckdb: flags.duckdb,
    memory: readMemory(flags.memory),
    baselines,
  };
}

/** A stage that was asked for by name must be in modelgate.yml; silence would look like a pass. */
function requireConfigured(run: Run, stages: readonly Stage[]): void {
  const { config, file } = run.project;
  if (stages.some((stage) => isConfigured(config, stage))) return;
  const keys: Record<Stage, string> = {
    data: 'data',
    train: 'train',
    predict: 'evaluate.run',
    score: 'evaluate',
    gate: 'gates',
  };
  const fix = `Add \`${stages.map((stage) => keys[stage]).join('` or `')}\`.`;
  throw new UserMistake({ file, found: 'there is nothing to do: the file does not ask for this stage', fix });
}
