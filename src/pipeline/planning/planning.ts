import { USUAL_LEVEL } from '../../config/usual-level.ts';
import { UserMistake } from '../../errors.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import { readEvidence } from '../../evidence/files.ts';
import { isHeard } from '../../log.ts';
import type { Plan, PlannedBudget, PlannedRule } from '../../report/terminal/plan-facts.ts';
import { hearsVerdictOnly } from '../audience.ts';
import { findBaselines } from '../baselines.ts';
import { measureForRules, type RuleMeasurements } from '../measurements.ts';
import type { Run } from '../run.ts';
import { fetchLabelFacts, type LabelFacts } from './label-facts.ts';
import { listPlanRequests, planRules } from './plan.ts';

/** What is asked beside the files. `readSpent` answers with the verdicts of a budget, or throws UserMistake. */
export interface PlanOptions {
  readonly rows?: number | undefined;
  readonly readSpent: (budget: string) => Promise<number>;
}

/**
 * Reads the rows at hand and plans every rule. Throws UserMistake where modelgate.yml has no rules, and where the labels
 * cannot be read: without them there is nothing to plan by. In a workflow under `reveal: verdict` the number of rows is all that
 * the plan rests on: what slices and classes let a rule see tells how many rows they have. With a budget nothing of the
 * candidate is measured in a workflow, where nobody would count it.
 */
export async function makePlan(run: Run, { rows, readSpent }: PlanOptions): Promise<Plan> {
  const { config, file } = run.project;
  if (!config.gates || !config.evaluate) {
    throw new UserMistake({ file, found: 'there are no rules to plan for', fix: 'Add `evaluate` and `gates`.' });
  }
  const whispers = hearsVerdictOnly(config, run.environment);
  const found = await fetchLabelFacts(run, listPlanRequests(config));
  if ('reason' in found) {
    const reason = whispers ? 'the labels cannot be read, and `reveal: verdict` withholds why' : found.reason;
    throw new UserMistake({ file, found: reason, fix: 'The plan rests on the labels.' });
  }
  const [all] = found.parts.get('')?.values() ?? [];
  if (!all || all.n === 0) {
    throw new UserMistake({
      file,
      found: `the labels file \`${config.evaluate.labels?.path}\` has no rows`,
      fix: 'The plan rests on the labels.',
    });
  }
  const labels = whispers ? keepRows(found) : found;
  const hidden = resolveReveal(config) === 'verdict';
  const uncounted = config.gates.budget !== undefined && isHeard(run.environment);
  const withholder = hidden ? '`reveal: verdict`' : uncounted ? 'the budget of the test set' : undefined;
  const measured = withholder === undefined ? await measure(run) : withhold(withholder);
  const planned = planRules({ config, labels, rows, ...measured });
  const rules = whispers ? planned.map(explainUnknown) : planned;
  return {
    model: config.model,
    rows: all.n,
    planned: rows ?? null,
    unit: config.task === 'ranking' ? 'query' : 'row',
    testSet: config.evaluate.labels?.path ?? '',
    classes: hidden ? [] : labels.classes,
    budget: await describeBudget(run, readSpent),
    rules: hidden ? rules.map(hideSlices) : rules,
    sees: rules.every((rule) => rule.sees !== false),
  };
}

/** Without slices, and without the rows of any class. */
function keepRows({ parts }: LabelFacts): LabelFacts {
  const [whole] = parts.get('')?.values() ?? [];
  return { parts: new Map(whole ? [['', new Map([['', { n: whole.n, positives: new Map() }]])]] : []), classes: [] };
}

/** To measure and plan again would not help here. */
function explainUnknown(rule: PlannedRule): PlannedRule {
  const known = rule.cases.length > 0 && rule.cases.every(({ sees }) => sees !== null);
  return rule.sees !== false || rule.error === null || known ? rule : { ...rule, advice: [WITHHELD_SIGHT] };
}

const WITHHELD_SIGHT =
  '`reveal: verdict` withholds what would tell what it can see: plan where the labels are, outside of a workflow';

/** Slices of a test set of which reports may say nothing are planned, and not shown. */
function hideSlices(rule: PlannedRule): PlannedRule {
  return { ...rule, cases: rule.cases.filter(({ slice }) => slice === undefined) };
}

function withhold(by: string): RuleMeasurements {
  return { measurements: { candidate: { reason: `${by} withholds the numbers` }, pairs: new Map() }, comparisons: [] };
}

/** Measures as the gate does, with a confidence for every rule, as limits tell how much is noise. */
async function measure(run: Run): Promise<RuleMeasurements> {
  const { config } = run.project;
  const evidence = await readEvidence(run.runFolder);
  if (evidence.evaluation?.outcome !== 'pass') {
    const reason = evidence.evaluation ? 'the candidate could not be measured' : 'no candidate was measured yet';
    return { measurements: { candidate: { reason }, pairs: new Map() }, comparisons: [] };
  }
  const rules = config.gates?.rules.map((rule) => ({ confidence: USUAL_LEVEL, ...rule })) ?? [];
  const sure = { ...config, gates: { ...config.gates, rules } };
  const baselines = await findBaselines(run);
  return measureForRules({ ...run, project: { ...run.project, config: sure } }, evidence, baselines);
}

async function describeBudget(
  { project, signal }: Run,
  readSpent: PlanOptions['readSpent'],
): Promise<PlannedBudget | null> {
  const budget = project.config.gates?.budget;
  if (!budget) return null;
  const { id, verdicts, adaptivity = 'full' } = budget;
  try {
    const spent = await readSpent(id);
    return { id, verdicts, adaptivity, spent, left: Math.max(0, verdicts - spent) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserMistake)) throw error;
    const [problem] = error.problems;
    return { id, verdicts, adaptivity, spent: null, left: null, reason: problem?.found ?? error.message };
  }
}
