import { renderCanonical } from '../../evidence/canonical.ts';
import { computeDigest, computeSha256 } from '../../evidence/digest.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { Manifest, ModelInterface } from '../../evidence/schema/manifest.ts';

/** The digest of a model: of the paths, sizes and digests of its files, in whatever order they come. */
export function computeModelDigest(files: readonly FileDigest[]): string {
  return computeSha256(renderCanonical(sortFiles(files)));
}

export interface Content {
  readonly model: string;
  readonly modelFiles: readonly FileDigest[];
  readonly interface: ModelInterface;
  readonly evidence: EvidenceSet;
  /** The digests of the card and of modelgate.yml. */
  readonly card: string | null;
  readonly config: string;
}

/**
 * The digest of everything that makes a version another one: model, data, what it was trained by, what it scored, what it
 * was held to, card, configuration. Left out is what differs between two runs on the same: times, machines, the history
 * of the training, and the commit, so that a change elsewhere in the repository makes no version. Left out, too, is what
 * the gate found in the baselines: they change by the very release.
 */
export function computeContentDigest({ model, modelFiles, interface: shape, evidence, card, config }: Content): string {
  const { data, training, prediction, evaluation, verdict } = evidence;
  const made = (document: typeof training | typeof prediction) =>
    document && { run: document.command?.run ?? null, inputs: sortFiles(document.inputs) };
  return computeSha256(
    renderCanonical({
      model,
      modelFiles: sortFiles(modelFiles),
      interface: shape,
      card,
      config,
      data: data?.datasets.map(({ name, sha256, contract }) => ({ name, sha256, contract: contract?.sha256 ?? null })),
      training: made(training),
      prediction: made(prediction),
      evaluation: evaluation && {
        task: evaluation.task,
        testSet: evaluation.testSet?.sha256 ?? null,
        predictions: evaluation.predictions?.sha256 ?? null,
        metrics: evaluation.metrics,
      },
      controls: verdict?.controls.map(({ id, text, evidence: paper, waived }) => ({
        ...{ id, text, waived },
        evidence: paper?.sha256 ?? null,
      })),
      waivers: verdict?.waivers.filter(({ active }) => active),
    }),
  );
}

/** The documents by the digests that name them, in the order of the stages. */
export function listEvidence(evidence: EvidenceSet): Manifest['evidence'] {
  return Object.values(evidence).map((document) => ({ kind: document.kind, sha256: computeDigest(document) }));
}

function sortFiles(files: readonly FileDigest[]): FileDigest[] {
  const plain = files.map(({ path, sha256, size }) => ({ path, sha256, size }));
  return plain.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
