import { trimPath } from '../../config/paths.ts';
import { listDatasetFiles } from '../../evidence/dataset-files.ts';
import { computeDigest } from '../../evidence/digest.ts';
import type { EvidenceDocument, EvidenceSet } from '../../evidence/document.ts';
import { type FileDigest, KINDS, type Kind } from '../../evidence/schema/envelope.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { computeModelDigest } from '../package/digests.ts';
import { type Check, fail, judge } from './checks.ts';

/**
 * Follows a release from the model back to the data: each document is the one that the manifest names, each names the
 * documents it was built on, and files and data sets have one digest wherever they are named.
 */
export function checkLinks(manifest: Manifest, event: ReleaseEvent | undefined, documents: EvidenceSet): Check[] {
  const named = new Map(manifest.evidence.map(({ kind, sha256 }) => [kind, sha256]));
  const present = KINDS.flatMap((kind) => documents[kind] ?? []);
  const { verdict } = documents;
  if (!named.has('verdict')) return [fail('verdict', 'evidence', 'the manifest names no verdict')];
  return [
    ...present.map((document) => judge(document.kind, 'is what the manifest names', findNameFault(document, named))),
    ...present.map((document) =>
      judge(document.kind, 'what it was built on', findParentFault(document, manifest, documents)),
    ),
    ...(verdict ? [judge('verdict', 'rests on all evidence', findUnreached(verdict, documents))] : []),
    judge('model', 'files that the evidence speaks of', findModelFault(manifest, documents)),
    ...(documents.evaluation ? [judge('evaluation', 'test set and predictions', findScoreFault(documents))] : []),
    ...(documents.training ? [judge('training', 'data it was trained on', findTrainingFault(documents))] : []),
    ...(event
      ? [judge('ledger', 'what the event keeps of the evidence', findEventFault(manifest, event, documents))]
      : []),
  ];
}

function findNameFault(document: EvidenceDocument, named: ReadonlyMap<string, string>): string | undefined {
  const [is, expected] = [computeDigest(document), named.get(document.kind)];
  if (expected === undefined) return 'the manifest does not name it';
  return is === expected ? undefined : `it has the digest ${is}, and the manifest names ${expected}`;
}

function findParentFault(
  { kind, parents, model }: EvidenceDocument,
  manifest: Manifest,
  documents: EvidenceSet,
): string | undefined {
  if (model !== manifest.model) return `it speaks of the model ${model}`;
  for (const parent of parents) {
    const found = documents[parent.kind];
    // What is not released is still named by its digest.
    const digest = found ? computeDigest(found) : manifest.evidence.find((one) => one.kind === parent.kind)?.sha256;
    if (KINDS.indexOf(parent.kind) >= KINDS.indexOf(kind)) return `it names ${parent.kind}, which comes after it`;
    if (digest === undefined) return `it names ${parent.kind}, which is missing from the release`;
    if (digest !== parent.sha256) {
      return `it was built on ${parent.kind} ${parent.sha256}, and the release has ${digest}`;
    }
  }
  return undefined;
}

function findUnreached(verdict: EvidenceDocument, documents: EvidenceSet): string | undefined {
  const reached = new Set<Kind>();
  const visit = (document: EvidenceDocument | undefined) => {
    if (document === undefined || reached.has(document.kind)) return;
    reached.add(document.kind);
    for (const { kind } of document.parents) visit(documents[kind]);
  };
  visit(verdict);
  const missing = KINDS.filter((kind) => documents[kind] !== undefined && !reached.has(kind));
  return missing.length === 0 ? undefined : `nothing that it was built on names ${missing.join(', ')}`;
}

/** A model's file may be in the release only as the evidence saw it. */
function findModelFault(manifest: Manifest, documents: EvidenceSet): string | undefined {
  const { verdict, training, prediction } = documents;
  const released = manifest.files.filter(({ role }) => role === 'model');
  const digest = computeModelDigest(released);
  if (digest !== manifest.modelDigest) return `they come to the digest ${digest} instead of ${manifest.modelDigest}`;
  const judged = (verdict ?? training)?.subject.modelFiles ?? [];
  if (judged.length === 0) return verdict === undefined ? undefined : 'the verdict names no file of the model';
  const files = new Map(manifest.files.map((file) => [file.path, file.sha256]));
  for (const document of KINDS.flatMap((kind) => documents[kind] ?? [])) {
    const other = document.subject.modelFiles.find(
      ({ path, sha256 }) => (files.get(trimPath(path)) ?? sha256) !== sha256,
    );
    if (other !== undefined) return `${other.path} is not the file that the ${document.kind} names`;
    const { commit } = document.subject;
    // Training and predictions may be those of an earlier commit with the same inputs.
    if (document.kind === 'training' || document.kind === 'prediction' || commit === manifest.commit) continue;
    return `the ${document.kind} is of commit ${commit}, the release of ${manifest.commit}`;
  }
  const unreleased = judged.find(({ path }) => !files.has(trimPath(path)));
  if (unreleased !== undefined) return `${unreleased.path} was judged and is not in the release`;
  const read = [training?.inputs, training?.outputs, prediction?.inputs].flatMap((list) => list ?? []);
  const seen = new Set([...judged, ...read].map(nameContent));
  const unseen = released.find((file) => !seen.has(nameContent(file)));
  return unseen === undefined ? undefined : `no evidence speaks of ${unseen.path}`;
}

function nameContent({ path, sha256 }: Pick<FileDigest, 'path' | 'sha256'>): string {
  return `${sha256} ${trimPath(path)}`;
}

function findScoreFault({ data, prediction, evaluation }: EvidenceSet): string | undefined {
  const { testSet, predictions } = evaluation ?? {};
  const checked =
    testSet && data?.datasets.flatMap(listDatasetFiles).find(({ path }) => trimPath(path) === trimPath(testSet.path));
  if (checked && checked.sha256 !== testSet.sha256) {
    return `the test set ${testSet.path} (${testSet.sha256}) is not the file that the data check saw`;
  }
  if (predictions && prediction && !prediction.outputs.some(({ sha256 }) => sha256 === predictions.sha256)) {
    return `the predictions ${predictions.path} (${predictions.sha256}) are not those that were made`;
  }
  return undefined;
}

function findTrainingFault({ data, training }: EvidenceSet): string | undefined {
  const datasets = new Map(data?.datasets.flatMap(listDatasetFiles).map(({ path, sha256 }) => [path, sha256]));
  const other = training?.inputs.find(({ path, sha256 }) => (datasets.get(path) ?? sha256) !== sha256);
  return other === undefined
    ? undefined
    : `it read ${other.path} (${other.sha256}), and the data check saw another file`;
}

function findEventFault(manifest: Manifest, event: ReleaseEvent, documents: EvidenceSet): string | undefined {
  const { data, evaluation, verdict } = documents;
  const named = manifest.evidence.find(({ kind }) => kind === 'verdict')?.sha256;
  if (named !== event.verdict) return `it keeps another verdict (${event.verdict})`;
  if (verdict && verdict.outcome !== event.outcome) return `it keeps the outcome ${event.outcome}`;
  const files = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  const file = event.files.find(({ path, sha256 }) => files.get(path) !== sha256);
  if (file !== undefined) return `it keeps ${file.path} with the digest ${file.sha256}`;
  // The labels stand among the data where no data set is the test set.
  const digests = new Set([...(data?.datasets ?? []), evaluation?.testSet].map((one) => one?.sha256));
  const set = data && evaluation && event.data.find(({ sha256 }) => !digests.has(sha256));
  return set ? `it keeps the data set ${set.name} with the digest ${set.sha256}` : undefined;
}
