import { UserMistake } from '../errors.ts';
import { worstOutcome } from '../evidence/document.ts';
import { countShown } from '../pipeline/budget/shown.ts';
import { withholdUncounted } from '../pipeline/budget/withheld.ts';
import { executeStages } from '../pipeline/execute.ts';
import { writeHtmlReport, writeMarkdownReport } from '../pipeline/reports.ts';
import { withRun } from '../pipeline/run.ts';
import { sealAlways } from '../pipeline/sealing.ts';
import { isConfigured, keepStages, type Stage } from '../pipeline/stages.ts';
import { renderTerminal } from '../report/terminal.ts';
import { computeAnnotations } from './annotations.ts';
import { openStepBudget } from './budget.ts';
import { listSecrets } from './connections.ts';
import { readInputs } from './inputs.ts';
import { computeOutputs } from './outputs.ts';
import { performAction, type Shell } from './shell.ts';

/** What one action does: some stages, and whether it draws the HTML report. */
export interface ActionDefinition {
  readonly stages: readonly Stage[];
  readonly draws: boolean;
}

/**
 * Runs an action: inputs, stages, outputs, annotations and the job summary, which is written whatever happens.
 * Ends with exit code 0 only when nothing stops the merge.
 */
export async function runAction(definition: ActionDefinition): Promise<void> {
  await performAction((shell) => performStages(definition, shell));
}

/** The work of an action that runs stages. A verdict is counted before it is shown. */
export async function performStages({ stages, draws }: ActionDefinition, shell: Shell): Promise<void> {
  const { progress, signal } = shell;
  const { connections, ...inputs } = readInputs(shell.getInput, stages);
  shell.hide(listSecrets(connections));
  const environment = { ...shell.environment, ...connections };
  const openBudget = openStepBudget(shell);
  await withRun({ ...inputs, openBudget, environment, progress, signal, now: () => new Date() }, async (run) => {
    if (!stages.some((stage) => isConfigured(run.project.config, stage))) {
      const found = 'the file does not ask for what this action does';
      throw new UserMistake({ file: run.project.file, found, fix: 'Add the section, or remove the step.' });
    }
    const decides = stages.includes('gate');
    const execute = () => executeStages(run, stages);
    const executed = decides ? await sealAlways(run, execute) : await execute();
    const all = decides ? await countShown(run, executed, openBudget) : executed;
    const shown = decides ? all : withholdUncounted(run.project.config, keepStages(all, stages));
    const { path, text } = await writeMarkdownReport(run.runFolder, shown);
    shell.print(`\n${renderTerminal(shown, { color: false, width: 100 })}\n`);
    await shell.postSummary(text);
    shell.postAnnotations(computeAnnotations(shown));
    const outcome = all.verdict?.outcome ?? worstOutcome(Object.values(shown).map((document) => document.outcome));
    shell.setOutputs({ ...computeOutputs(shown, outcome), report: path, evidence: `${run.runFolder}/evidence` });
    if (draws) shell.setOutputs({ 'report-html': await writeHtmlReport(run.runFolder, shown) });
    const passes = all.verdict && decides ? !all.verdict.blocks : outcome === 'pass';
    if (!passes || Object.keys(shown).length === 0) shell.block();
  });
}
