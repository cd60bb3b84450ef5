import type { PlacedFault } from './faults.ts';
import { trimPath } from './paths.ts';
import { isReportedAlone } from './reported-alone.ts';
import type { Config, EvaluateSection } from './schema/modelgate.ts';

/** Whether the training writes a file: it is one of `train.outputs`, or lies in the folder of the model. */
export function isTrainingOutput({ train }: Pick<Config, 'train'>, path: string): boolean {
  if (!train) return false;
  const { model, history, metrics } = train.outputs;
  const own = trimPath(path);
  const named = [model, history, metrics].flatMap((output) => (output === undefined ? [] : [trimPath(output)]));
  return named.includes(own) || own.startsWith(`${trimPath(model)}/`);
}

/** Whether a command of the file makes the model or its predictions, so that numbers must be of the same run. */
export function runsCommand({ train, evaluate }: Pick<Config, 'train' | 'evaluate'>): boolean {
  return train !== undefined || evaluate?.run !== undefined;
}

/** The files of numbers that `evaluate.run` must write, with their places under `reported`: those that the training does not. */
export function listRunReported(config: Pick<Config, 'train' | 'evaluate'>): { path: string; at: number }[] {
  const { run, reported = [] } = config.evaluate ?? {};
  if (run === undefined) return [];
  return reported.map(({ path }, at) => ({ path, at })).filter(({ path }) => !isTrainingOutput(config, path));
}

/** Files of numbers that no command of a file with commands writes: they would be of an earlier model, or of none. */
export function findOriginFaults(config: Config, evaluate: EvaluateSection): PlacedFault[] {
  const { run, reported = [] } = evaluate;
  if (run !== undefined) {
    if (!isReportedAlone(evaluate) || listRunReported(config).length > 0) return [];
    const fix = 'Remove it: the training writes every file of numbers.';
    return [{ path: ['run'], key: true, found: '`run` has nothing to write', fix }];
  }
  if (!config.train) return [];
  return reported.flatMap(({ path }, at) => {
    if (isTrainingOutput(config, path)) return [];
    const found = `no command is known to write \`${path}\`, so its numbers may be of another model than this run’s`;
    const fix =
      'If the training writes it, declare it under `train.outputs`, as in `metrics: PATH`, or put it into the folder ' +
      'of the model; else let `evaluate.run` write it.';
    return [{ path: ['reported', at, 'path'], found, fix }];
  });
}
