import { isReported } from '../../config/metric-problems.ts';
import type { Rule } from '../../config/schema/modelgate.ts';
import { UserMistake } from '../../errors.ts';
import { requestOf } from '../../evaluation/requests.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import { nameView } from '../../evaluation/view.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import { nameBaseline } from '../../gate/baseline.ts';
import { describeRule } from '../../gate/rule-text.ts';
import { isHeard } from '../../log.ts';
import { during } from '../../progress.ts';
import type { SelfTest, SelfTestedRule } from '../../report/terminal/self-test-facts.ts';
import { keepDistinct } from '../asked-requests.ts';
import { hearsVerdictOnly } from '../audience.ts';
import { findBaselines } from '../baselines.ts';
import { findOther, findScene } from '../measurements.ts';
import type { Run } from '../run.ts';
import { type CopyRoom, openCopies } from './copies.ts';
import { computeFlips, countOutcomes } from './flips.ts';
import { decideItself, decideOn, type RuleGroup } from './outcomes.ts';

/** How many copies are drawn, and from which seed. */
export interface SelfTestOptions {
  readonly copies: number;
  readonly seed: number;
}

/** What was found of the rules against one baseline, or against none. */
interface Tested {
  readonly room: Pick<CopyRoom, 'unit' | 'n'> | undefined;
  readonly now: ReadonlyMap<string, RuleOutcome>;
  readonly copies: ReadonlyMap<string, readonly RuleOutcome[]>;
  readonly reason?: string;
}

/**
 * Decides every rule again: for the candidate against itself, and on copies of the rows. Writes nothing and counts for no
 * budget. Throws UserMistake where no candidate was measured, or its files are not those that were, and in a workflow under
 * `reveal: verdict` or with a budget: even that a rule is noisy tells how close to its line the candidate is.
 */
export async function testRules(run: Run, options: SelfTestOptions): Promise<SelfTest> {
  const { config, file } = run.project;
  if (hearsVerdictOnly(config, run.environment)) throw new UserMistake({ file, ...TELLS_MORE });
  if (!config.gates) throw new UserMistake({ file, found: 'there are no rules to test', fix: 'Add `gates`.' });
  if (config.gates.budget && isHeard(run.environment)) throw new UserMistake({ file, ...COUNTS_NOTHING });
  const { evaluation } = await readEvidence(run.runFolder);
  const scene = await findScene(run, evaluation, undefined);
  if (!evaluation || 'reason' in scene || evaluation.outcome !== 'pass') {
    const reason = 'reason' in scene ? scene.reason : evaluation?.reason.replace(/\.$/, '');
    throw new UserMistake({ file, found: `there is nothing to test: ${reason}`, fix: 'Run `modelgate run` first.' });
  }
  const rules = config.gates.rules.filter(({ metric }) => !isReported(config, metric));
  const baselines = await findBaselines(run);
  const names = [
    undefined,
    ...new Set(rules.flatMap(({ against }) => (against === undefined ? [] : [nameBaseline(against)]))),
  ];
  const tested = new Map<string | undefined, Tested>();
  for (const name of names) {
    const own = rules.filter(({ against }) => (against === undefined ? undefined : nameBaseline(against)) === name);
    if (own.length === 0) continue;
    const baseline = baselines.find((lookup) => lookup.name === name);
    const other = baseline?.state === 'found' ? await findOther(scene, baseline) : { reason: baseline?.text ?? '' };
    if (name !== undefined && 'reason' in other) {
      tested.set(name, { room: undefined, now: new Map(), copies: new Map(), reason: `${name}: ${other.reason}` });
      continue;
    }
    const sides = [scene.candidate, ...('reason' in other ? [] : [other])];
    const requests = keepDistinct(own.map((rule) => askFor(rule, config.evaluate?.positive)));
    const group: RuleGroup = {
      rules: own,
      requests,
      evaluation,
      baseline: baseline?.state === 'found' ? baseline : undefined,
    };
    tested.set(
      name,
      await testGroup(run, group, await openCopies(run, { labels: scene.labels, sides, requests }), options),
    );
  }
  return summarise(run, { evaluation, rules, tested }, options);
}

const TELLS_MORE = {
  found: 'the self-test shows more than the verdict, and `reveal: verdict` allows no more',
  fix: 'Run it where the labels are, outside of a workflow.',
};

const COUNTS_NOTHING = {
  found: 'the self-test asks the test set, and nobody would count it against `gates.budget`',
  fix: TELLS_MORE.fix,
};

function askFor(rule: Rule, positive: string | undefined) {
  const request = requestOf(rule, positive);
  return rule.slice === undefined ? request : { ...request, column: nameView(rule.slice) };
}

async function testGroup(
  run: Run,
  group: RuleGroup,
  room: Awaited<ReturnType<typeof openCopies>>,
  { copies, seed }: SelfTestOptions,
): Promise<Tested> {
  if ('reason' in room) return { room: undefined, now: new Map(), copies: new Map(), reason: room.reason };
  const against = group.baseline ? ` against ${group.baseline.name}` : '';
  const step = run.progress.start(`Deciding on copies${against}`);
  try {
    return await during(step, async () => {
      const now = await decideOn(run, group, room.original);
      const found = new Map<string, RuleOutcome[]>(group.rules.map(({ id }) => [id, []]));
      for (let number = 1; number <= copies; number++) {
        run.signal.throwIfAborted();
        const samples = await room.draw(seed, number);
        const outcomes = 'reason' in samples ? undefined : await decideOn(run, group, samples);
        for (const [id, all] of found) all.push(outcomes?.get(id) ?? 'cannot-measure');
        step.update(`Deciding on copies${against}: ${number} of ${copies}`);
      }
      step.done(`Decided on ${copies} copies${against}`);
      return { room, now, copies: found };
    });
  } finally {
    await room.close();
  }
}

interface AllTested {
  readonly evaluation: EvaluationEvidence;
  readonly rules: readonly Rule[];
  readonly tested: ReadonlyMap<string | undefined, Tested>;
}

async function summarise(
  run: Run,
  { evaluation, rules, tested }: AllTested,
  { copies, seed }: SelfTestOptions,
): Promise<SelfTest> {
  const { config } = run.project;
  const hidden = resolveReveal(config) === 'verdict';
  const [room] = [...tested.values()].flatMap((one) => one.room ?? []);
  const described: SelfTestedRule[] = [];
  for (const rule of rules) {
    const name = rule.against === undefined ? undefined : nameBaseline(rule.against);
    const own = tested.get(name);
    const itself =
      name === undefined ? null : ((await decideItself(run, [rule], evaluation, [name])).get(rule.id) ?? null);
    const now = own?.now.get(rule.id) ?? 'cannot-measure';
    const tally = countOutcomes(own?.copies.get(rule.id) ?? []);
    const { flipped, reversed, noisy } = computeFlips(now, tally);
    // Whoever asks for a gain does not want the same model again.
    const failsItself = itself === 'fail' && rule['min-gain'] === undefined;
    const reason = failsItself ? 'it fails the candidate against itself' : own?.reason;
    described.push({
      ...{ id: rule.id, text: describeRule(rule, config), itself, now },
      ...(hidden || own?.reason !== undefined ? UNTOLD : { copies: tally, flipped, reversed }),
      noisy: noisy || failsItself,
      ...(reason === undefined ? {} : { reason }),
    });
  }
  const about = { model: config.model, copies, seed, unit: room?.unit ?? 'row', n: room?.n ?? 0 };
  return { ...about, rules: described, noisy: described.some(({ noisy }) => noisy) };
}

const UNTOLD = { copies: null, flipped: null, reversed: null };
