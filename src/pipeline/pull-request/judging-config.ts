import { findConfigProblems } from '../../config/consistency.ts';
import type { Locate } from '../../config/place.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { type Problem, renderProblem } from '../../errors.ts';
import type { CommittedConfig, ReadConfig } from './committed-config.ts';

/** The configuration that judges, and whose it is. */
export interface JudgingConfig {
  readonly config: Config;
  readonly locate: Locate;
  readonly text: string;
  readonly side: 'base' | 'head';
  /** The base has none yet, so the head's own judges. */
  readonly bootstrap: boolean;
  /** Of the modelgate.yml that judges. */
  readonly sha256: string;
}

/**
 * Composes the configuration that judges: how the candidate is made and run is the head's, all else the base's. Without a
 * base (a push) the head's alone. A refusal says why there is nothing to judge by, or nothing that could be judged.
 */
export function composeJudgingConfig(
  base: CommittedConfig | undefined,
  head: CommittedConfig,
): JudgingConfig | { readonly refused: string } {
  if (base?.state === 'broken') {
    return { refused: `modelgate.yml of the base, which judges, is broken: ${describe(base.problems)}` };
  }
  if (head.state === 'broken') return { refused: `modelgate.yml is broken: ${describe(head.problems)}` };
  if (head.state === 'absent') {
    return base?.state === 'read'
      ? { refused: `the base judges the model ${base.config.model}, and the head has no modelgate.yml for it any more` }
      : { refused: 'there is no such modelgate.yml, neither in the base nor in the head' };
  }
  if (base?.state !== 'read')
    return { ...pick(head), config: head.config, side: 'head', bootstrap: base !== undefined };
  const fault = findMisfit(base.config, head.config);
  if (fault !== undefined) return { refused: fault };
  const config = compose(base.config, head.config);
  const problems = findConfigProblems(config, base.locate);
  if (problems.length === 0) return { ...pick(base), config, side: 'base', bootstrap: false };
  return { refused: `what the head changes does not fit to how the base judges: ${describe(problems)}` };
}

function pick({ locate, text, sha256 }: ReadConfig): Pick<ReadConfig, 'locate' | 'text' | 'sha256'> {
  return { locate, text, sha256 };
}

function findMisfit(base: Config, head: Config): string | undefined {
  if (base.model !== head.model) {
    const fix = 'A model keeps its name; give another one a modelgate.yml of its own';
    return `the base judges the model ${base.model}, and the head calls it ${head.model}. ${fix}`;
  }
  if (base.evaluate && !head.evaluate) {
    return 'the base evaluates the model, and modelgate.yml of the head does not say any more where predictions are';
  }
  if (base.evaluate?.predictions && head.evaluate && !head.evaluate.predictions) {
    return 'the base measures the model on rows, and modelgate.yml of the head names no predictions any more';
  }
  return undefined;
}

function compose(base: Config, head: Config): Config {
  const { train: _train, evaluate, ...rest } = base;
  const judged: Config = { ...rest, ...(head.train ? { train: head.train } : {}) };
  if (!evaluate || !head.evaluate) return judged;
  const { run: _run, timeout: _timeout, environment: _environment, ...judging } = evaluate;
  const { run, timeout, environment, predictions } = head.evaluate;
  return {
    ...judged,
    evaluate: {
      ...judging,
      // The base may judge by reported numbers alone: then nothing of the head's rows is read.
      ...(judging.predictions && predictions ? { predictions } : {}),
      ...(run === undefined ? {} : { run }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(environment === undefined ? {} : { environment }),
    },
  };
}

function describe(problems: readonly Problem[]): string {
  return problems.map((problem) => renderProblem(problem).replaceAll(/\s+/g, ' ')).join('; ');
}
