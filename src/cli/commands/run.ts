import { relative, resolve } from 'node:path';
import { MEMORY_FIX, parseMemory } from '../../config/quantities.ts';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { parseBaselines } from '../../pipeline/baseline-names.ts';
import { openBudgetFile } from '../../pipeline/budget/file-store.ts';
import { countShown } from '../../pipeline/budget/shown.ts';
import { executeStages } from '../../pipeline/execute.ts';
import { writeHtmlReport, writeMarkdownReport } from '../../pipeline/reports.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import { sealAlways } from '../../pipeline/sealing.ts';
import { DOCUMENT_OF, isConfigured, keepStages, type Stage, sliceStages } from '../../pipeline/stages.ts';
import { renderTerminal } from '../../report/terminal.ts';
import type { Flags, Terminal } from '../command.ts';

/** Runs the stages between `from` and `to` and prints what they came to. */
export async function runStages(terminal: Terminal, flags: Flags): Promise<number> {
  const store = flags.budgetFile === undefined ? undefined : openBudgetFile(resolve(flags.budgetFile));
  const openBudget = store && (async () => store);
  return withRun({ ...terminal, ...readRunFlags(flags), openBudget, now: () => new Date() }, async (run) => {
    const [from, to] = [flags.from ?? 'data', flags.to ?? 'gate'];
    const stages = sliceStages(from, to);
    if (stages.length === 0)
      throw new UserMistake({ found: `--from ${from} comes after --to ${to}`, fix: 'Swap them.' });
    requireConfigured(run, stages);
    const execute = () => executeStages(run, stages);
    const decided = stages.includes('gate');
    // Who counts is a trusted job, whose log and folder others read; on a laptop the labels are at hand anyway.
    const counts = decided && openBudget !== undefined;
    const evidence = counts ? await countShown(run, await sealAlways(run, execute), openBudget) : await execute();
    const documents = stages.flatMap((stage) => evidence[DOCUMENT_OF[stage]] ?? []);
    const last = documents.at(-1);
    if (flags.json && last) terminal.print(renderCanonical(last));
    const shown = decided ? evidence : keepStages(evidence, stages);
    if (!flags.json) terminal.print(renderTerminal(shown, terminal));
    if (decided) {
      await writeMarkdownReport(run.runFolder, evidence);
      terminal.progress.info(`Report: ${relative(process.cwd(), await writeHtmlReport(run.runFolder, evidence))}`);
      return evidence.verdict?.blocks === false ? EXIT.pass : EXIT.notPass;
    }
    return documents.length > 0 && documents.every(({ outcome }) => outcome === 'pass') ? EXIT.pass : EXIT.notPass;
  });
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

/** The bytes of `--memory`. Throws UserMistake when that is no size that can be worked with. */
function readMemory(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = parseMemory(text);
  if (bytes === undefined) throw new UserMistake({ found: `--memory is ${JSON.stringify(text)}`, fix: MEMORY_FIX });
  return bytes;
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
