import { computeDigest } from '../../evidence/digest.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { KINDS, type Kind, type Outcome } from '../../evidence/schema/envelope.ts';

/** One document of the run, by the digest that other documents name it by. */
interface DocumentRow {
  readonly kind: Kind;
  readonly outcome: Outcome;
  readonly digest: string;
  readonly created: string;
  readonly seconds: number;
  readonly parents: readonly { readonly kind: Kind; readonly sha256: string }[];
}

/** One file that the numbers came from. */
interface FileRow {
  readonly role: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number | undefined;
}

export interface Lineage {
  readonly documents: readonly DocumentRow[];
  readonly files: readonly FileRow[];
  readonly config: string | undefined;
  readonly tool: string | undefined;
  /** Documents that do not fit together, as sentences; empty where all is well. */
  readonly breaks: readonly string[];
}

/**
 * What was built on what. Takes the evidence as it was read, before anything is withheld: the digests are of that.
 */
export function computeLineage(evidence: EvidenceSet): Lineage {
  const documents = KINDS.flatMap((kind): DocumentRow[] => {
    const document = evidence[kind];
    if (document === undefined) return [];
    const { outcome, created, timing, parents } = document;
    return [{ kind, outcome, digest: computeDigest(document), created, seconds: timing.seconds, parents }];
  });
  const newest = KINDS.toReversed().flatMap((kind) => evidence[kind] ?? [])[0];
  return {
    documents,
    files: listFiles(evidence),
    config: newest?.subject.config,
    tool: newest && `${newest.tool.name} ${newest.tool.version}`,
    breaks: [...findForeignParents(documents), ...findMixedSubjects(evidence)],
  };
}

/** A parent whose digest is not that of the document beside it: the two come from different runs. */
function findForeignParents(documents: readonly DocumentRow[]): string[] {
  const digests = new Map(documents.map(({ kind, digest }) => [kind, digest]));
  return documents.flatMap((document) =>
    document.parents
      .filter((parent) => digests.has(parent.kind) && digests.get(parent.kind) !== parent.sha256)
      .map(
        (parent) =>
          `The ${document.kind} evidence was built on other ${parent.kind} evidence than the one shown here: ` +
          'they come from different runs.',
      ),
  );
}

function findMixedSubjects(evidence: EvidenceSet): string[] {
  const subjects = KINDS.flatMap((kind) => evidence[kind] ?? []);
  const differ = (values: (string | null)[]): boolean => new Set(values).size > 1;
  return [
    ...(differ(subjects.map(({ model }) => model)) ? ['The documents speak of different models.'] : []),
    ...(differ(subjects.map(({ subject }) => subject.commit)) ? ['The documents speak of different commits.'] : []),
    ...(differ(subjects.map(({ subject }) => subject.config))
      ? ['The documents were written under different versions of modelgate.yml.']
      : []),
  ];
}

function listFiles({ data, training, prediction, evaluation }: EvidenceSet): FileRow[] {
  const rows: FileRow[] = [
    ...(data?.datasets ?? []).flatMap(({ name, path, sha256, size, contract, files }) => [
      // Nothing names the content of a table of a database.
      ...(path === null || sha256 === null
        ? []
        : [
            {
              role: `data set ${name}${files ? ` (files: ${files.length})` : ''}`,
              path,
              sha256,
              size: size ?? undefined,
            },
          ]),
      ...(contract
        ? [{ role: `contract of ${name}`, path: contract.path, sha256: contract.sha256, size: undefined }]
        : []),
    ]),
    ...(training?.inputs ?? []).map((file) => ({ role: 'training input', ...file })),
    ...(training?.outputs ?? []).map((file) => ({ role: 'training output', ...file })),
    ...(prediction?.inputs ?? []).map((file) => ({ role: 'prediction input', ...file })),
    ...(prediction?.outputs ?? []).map((file) => ({ role: 'predictions', ...file })),
    ...(evaluation?.predictions ? [{ role: 'predictions', ...evaluation.predictions }] : []),
    ...(evaluation?.testSet ? [{ role: 'test set', ...evaluation.testSet }] : []),
  ];
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify([row.role, row.path, row.sha256]);
    return !seen.has(key) && seen.add(key);
  });
}
