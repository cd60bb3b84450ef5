import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest, ModelInterface } from '../../evidence/schema/manifest.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import type { Package } from '../package/package.ts';

export const BUMPS = ['major', 'minor', 'patch'] as const;
/** Which number of the version goes up. */
export type Bump = (typeof BUMPS)[number];

export interface Change {
  readonly bump: Bump;
  /** A sentence. */
  readonly reason: string;
}

interface Compared {
  readonly package: Package;
  readonly training?: TrainingEvidence | undefined;
  readonly previous: ReleaseEvent;
  readonly previousManifest: Manifest;
  readonly previousTraining?: TrainingEvidence | undefined;
}

/** What changed since the previous release, and which number that raises. */
export function describeChange({
  package: made,
  training,
  previous,
  previousManifest,
  previousTraining,
}: Compared): Change {
  const since = `since ${previous.version}`;
  const broken = listInterfaceChanges(previousManifest.interface, made.interface);
  if (broken.length > 0) {
    return { bump: 'major', reason: `The interface of the model changed ${since}: ${broken.join('; ')}.` };
  }
  const changed = [
    ...(haveSameEntries(previous.data, made.facts.data) ? [] : ['its data']),
    ...(previousTraining && training && !haveSameCause(previousTraining, training)
      ? ['the code or the parameters that it is trained by']
      : []),
    ...(previous.modelDigest === made.modelDigest ? [] : ['the files of the model']),
  ];
  if (changed.length > 0) return { bump: 'minor', reason: `What changed ${since}: ${joinWords(changed)}.` };
  const untold =
    training && !previousTraining ? ' By what that one was trained cannot be read, so it is not compared.' : '';
  const reason = `The model is the same as in ${previous.version}; what comes with it changed.${untold}`;
  return { bump: 'patch', reason };
}

/** Whether two trainings had the same files and, as far as both tell it, the same command. */
function haveSameCause(before: TrainingEvidence, after: TrainingEvidence): boolean {
  const [was, is] = [before.command?.run, after.command?.run];
  return haveSameEntries(before.inputs, after.inputs) && (was === undefined || is === undefined || was === is);
}

/** What a caller of the model notices, as phrases; an empty list when nothing is different. */
export function listInterfaceChanges(before: ModelInterface, after: ModelInterface): string[] {
  const task =
    before.task === after.task ? [] : [`the task was ${before.task ?? 'open'} and is ${after.task ?? 'open'}`];
  const lists = (['inputs', 'outputs', 'classes'] as const).flatMap((key) => {
    const gone = before[key].filter((name) => !after[key].includes(name));
    const fresh = after[key].filter((name) => !before[key].includes(name));
    return [
      ...(gone.length > 0 ? [`${key} without ${nameSome(gone)}`] : []),
      ...(fresh.length > 0 ? [`${key} with ${nameSome(fresh)}`] : []),
    ];
  });
  return [...task, ...lists];
}

/** A model may have thousands of inputs; a sentence has room for a few. */
function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

type Entry = Pick<FileDigest, 'sha256'> & { readonly name?: string; readonly path?: string };

function haveSameEntries(before: readonly Entry[], after: readonly Entry[]): boolean {
  const listed = (entries: readonly Entry[]) =>
    entries.map(({ name, path, sha256 }) => JSON.stringify([name ?? path, sha256])).sort();
  return JSON.stringify(listed(before)) === JSON.stringify(listed(after));
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
