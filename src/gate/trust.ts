import { normalize } from 'node:path/posix';
import type { Config } from '../config/schema/modelgate.ts';
import { listDatasetFiles } from '../evidence/dataset-files.ts';
import type { EvidenceDocument, EvidenceSet } from '../evidence/document.ts';
import type { FileDigest, Kind, Subject } from '../evidence/schema/envelope.ts';
import { findImpossibleNumber } from './impossible-numbers.ts';

/** What is judged now; evidence must speak of the same. */
export type Present = Pick<Subject, 'commit' | 'config'> & {
  readonly model: string;
  /** Files that evidence speaks of and that have another content now. */
  readonly changed?: readonly string[];
  /**
   * What the training and the prediction speak of, where another machine made them: the present, or an earlier commit
   * with the same inputs. The data evidence of that machine is not at hand: the data were checked again.
   */
  readonly made?: Pick<Subject, 'commit' | 'config'>;
};

/** The digest of each document that is at hand, as `computeDigest` gives it. */
export type Digests = { readonly [K in Kind]?: string };

/** The documents that each must have been built on, as far as their stages are configured. */
const FOUNDATIONS: Readonly<Record<Kind, readonly Kind[]>> = {
  data: [],
  training: [],
  prediction: ['training'],
  evaluation: ['data', 'training', 'prediction'],
  verdict: [],
};

/**
 * Why a document may not be believed here: it speaks of another model, configuration or commit, was built on other
 * documents than those at hand, or of files whose content has changed between the stages. Undefined when it may.
 */
export function findDistrust(
  document: EvidenceDocument,
  present: Present,
  evidence: EvidenceSet,
  digests: Digests,
  configured: readonly Kind[],
  config: Config,
): string | undefined {
  const { subject } = document;
  const made = isMade(document.kind) ? present.made : undefined;
  const expected = made ?? present;
  if (document.model !== present.model) return `it speaks of another model, ${document.model}`;
  if (subject.config !== expected.config) return 'modelgate.yml has changed since it was written';
  if (subject.commit !== expected.commit) {
    return `it was written for ${nameCommit(subject.commit)}, and this is ${nameCommit(expected.commit)}`;
  }
  return (
    findChangedSince(document, present.changed ?? []) ??
    (document.kind === 'evaluation' ? findImpossibleNumber(document, config) : undefined) ??
    findStrangeParent(document, made === undefined ? [] : ['data'], digests, configured) ??
    findChangedFile(document.kind, evidence) ??
    findOtherModel(document, evidence)
  );
}

function findChangedSince(document: EvidenceDocument, changed: readonly string[]): string | undefined {
  const spoken: (FileLike | null)[] =
    document.kind === 'training'
      ? document.outputs
      : document.kind === 'evaluation'
        ? [document.testSet, document.predictions, ...(document.reported ?? [])]
        : document.kind === 'data'
          ? document.datasets.flatMap(({ contract, recordSchema }) => [contract, recordSchema ?? null])
          : [];
  const file = spoken.find((one) => one !== null && changed.includes(one.path));
  return file ? `${file.path} has changed since` : undefined;
}

function nameCommit(commit: string | null): string {
  return commit === null ? 'no commit' : `commit ${commit.slice(0, 12)}`;
}

/** The documents that another machine makes where the judge is a machine of its own. */
function isMade(kind: Kind): boolean {
  return kind === 'training' || kind === 'prediction';
}

function findStrangeParent(
  document: EvidenceDocument,
  elsewhere: readonly Kind[],
  digests: Digests,
  configured: readonly Kind[],
): string | undefined {
  for (const { kind, sha256 } of document.parents) {
    if (elsewhere.includes(kind)) continue;
    const digest = digests[kind];
    if (digest === undefined) return `it was built on ${kind} evidence that is not at hand`;
    if (digest !== sha256) return `it was built on other ${kind} evidence than this`;
  }
  const named = document.parents.map(({ kind }) => kind);
  const missing = FOUNDATIONS[document.kind].find((kind) => configured.includes(kind) && !named.includes(kind));
  return missing && `it was not built on the ${missing} evidence`;
}

/** A file that an earlier stage read or wrote, and that had another content when this stage read it. */
function findChangedFile(kind: Kind, { data, training, prediction, evaluation }: EvidenceSet): string | undefined {
  const checked = (data?.datasets ?? []).flatMap(listDatasetFiles);
  const earlier: Record<Kind, readonly FileLike[]> = {
    data: [],
    training: checked,
    prediction: [...checked, ...(training?.outputs ?? [])],
    evaluation: [...checked, ...(training?.outputs ?? []), ...(prediction?.outputs ?? [])],
    verdict: [],
  };
  const read: Record<Kind, readonly (FileLike | null | undefined)[]> = {
    data: [],
    training: training?.inputs ?? [],
    prediction: prediction?.inputs ?? [],
    evaluation: [evaluation?.testSet, evaluation?.predictions, ...(evaluation?.reported ?? [])],
    verdict: [],
  };
  // A changed test set is there twice: as it was, and as it is proposed.
  const known = new Set(earlier[kind].map((file) => `${normalize(file.path)} ${file.sha256}`));
  const named = new Set(earlier[kind].map((file) => normalize(file.path)));
  const changed = read[kind].find((file) => {
    if (!file || !named.has(normalize(file.path))) return false;
    return !known.has(`${normalize(file.path)} ${file.sha256}`);
  });
  return changed ? `${changed.path} had another content in an earlier stage` : undefined;
}

type FileLike = Pick<FileDigest, 'path' | 'sha256'>;

function findOtherModel(document: EvidenceDocument, { training }: EvidenceSet): string | undefined {
  if (!training || document.kind === 'data' || document.kind === 'training') return undefined;
  // A stage that did not come to a model says why itself.
  if (document.outcome !== 'pass' && document.subject.modelFiles.length === 0) return undefined;
  const [own, trained] = [document, training].map(({ subject }) =>
    subject.modelFiles.map(({ sha256 }) => sha256).sort(),
  );
  return own?.join() === trained?.join() ? undefined : 'it speaks of other model files than the training wrote';
}
