import type { EvidenceSet } from '../../evidence/document.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import type { CommandRun, Machine, PredictionEvidence, TrainingEvidence } from '../../evidence/schema/training.ts';
import { formatAmount, formatDuration, formatSize } from '../numbers.ts';

/** How one command ran. */
export interface RunView {
  readonly title: string;
  readonly outcome: Outcome;
  readonly reason: string;
  /** Names and values of what there is to say, in order. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** One line of the training history. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
  readonly best: { readonly low: number; readonly high: number };
}

/** How the training and the prediction ran, as far as they did. */
export function computeRuns({ training, prediction }: EvidenceSet): RunView[] {
  return [
    ...(training ? [describeRun('Training', training)] : []),
    ...(prediction ? [describeRun('Prediction', prediction)] : []),
  ];
}

function describeRun(title: string, document: TrainingEvidence | PredictionEvidence): RunView {
  const { command, outcome, reason, machine, timing } = document;
  return {
    title,
    outcome,
    reason,
    facts: [
      ['Command', command?.run ?? 'none: the files were there already'],
      ...(command ? ([['Ended', describeEnd(command)]] as const) : []),
      ['Duration', formatDuration(timing.seconds)],
      ['Machine', describeMachine(machine)],
      ...(machine.accelerators.length > 0 ? ([['Accelerators', describeAccelerators(machine)]] as const) : []),
      ...(machine.python === null ? [] : ([['Python', machine.python]] as const)),
      ...(command && command.variables.length > 0 ? ([['Variables', command.variables.join(', ')]] as const) : []),
    ],
  };
}

function describeEnd({ exitCode, signal, timedOut }: CommandRun): string {
  if (timedOut) return 'stopped at the time limit';
  if (signal !== null) return `ended by ${signal}`;
  return exitCode === null ? 'ended without an exit code' : `exit code ${exitCode}`;
}

function describeMachine({ os, architecture, cores, memory }: Machine): string {
  return `${os} ${architecture}, ${formatAmount(cores, 'core')}, ${formatSize(memory)}`;
}

function describeAccelerators({ accelerators }: Machine): string {
  return accelerators.map(({ kind, name, memory }) => `${name} (${kind}, ${formatSize(memory)})`).join(', ');
}

/** The lines of a training history: one for each name but `step`, in the order in which the names first occur. */
export function computeSeries(history: TrainingEvidence['history']): Series[] {
  const names = new Set(history.flatMap((point) => Object.keys(point)));
  names.delete('step');
  return [...names].flatMap((name) => {
    const points = history.flatMap((point, index) => {
      const value = Object.hasOwn(point, name) ? point[name] : undefined;
      return value === undefined ? [] : [{ step: point['step'] ?? index + 1, value }];
    });
    const values = points.map(({ value }) => value);
    return [{ name, points, best: { low: Math.min(...values), high: Math.max(...values) } }];
  });
}
