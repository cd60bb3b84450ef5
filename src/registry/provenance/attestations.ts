import { isDeepStrictEqual } from 'node:util';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { messageOf } from '../../errors.ts';
import { readBack } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import { VERDICT_PREDICATE_TYPE } from '../package/predicate.ts';
import { type Check, fail, leaveOpen, pass } from '../verify/checks.ts';
import { type Signature, type SignerPolicy, verifyBundle } from './bundle.ts';
import type { Statement } from './statement.ts';

/** SLSA provenance, version 1 (slsa.dev/spec/v1.0/provenance). */
export const PROVENANCE_TYPE = 'https://slsa.dev/provenance/v1';

/** A bundle that was found: where, and its JSON as text or as the API gave it. */
export interface FoundBundle {
  readonly place: string;
  /** Whether it is a file of the release: one that does not verify is then a fault of the release. */
  readonly released: boolean;
  readonly content: unknown;
}

export interface CheckAttestations {
  readonly bundles: readonly FoundBundle[];
  readonly manifest: Manifest;
  /** The digest of manifest.json. */
  readonly digest: string;
  readonly documents: EvidenceSet;
  readonly policy: SignerPolicy;
  /** Undefined: nobody asked for it. */
  readonly roots: readonly TrustedRoot[] | undefined;
  /** Whether a version without attestations is one that does not verify. */
  readonly required: boolean;
}

const KINDS = [
  [PROVENANCE_TYPE, 'provenance (SLSA v1)'],
  [VERDICT_PREDICATE_TYPE, 'verdict'],
] as const;

/** What came of attestations, and whether one that holds names the manifest: then nothing else has to speak for it. */
export interface ExaminedAttestations {
  readonly checks: readonly Check[];
  readonly namesManifest: boolean;
}

/**
 * Verifies what was attested of a model: that the pinned workflow built it in this repository, and that it got this
 * verdict. Without attestations, what else speaks for the manifest has to be enough, and that is said.
 */
export function examineAttestations(wanted: CheckAttestations): ExaminedAttestations {
  const { bundles, roots, required } = wanted;
  const open = (reason: string): ExaminedAttestations => ({
    checks: [leaveOpen('attestations', 'who built it, and its verdict', reason, required)],
    namesManifest: false,
  });
  if (bundles.length === 0) {
    return open('there are none; the digests that lead from the manifest to every file were checked');
  }
  if (roots === undefined) {
    return open(`${bundles.length} were found and not verified: add --attestations, or --trusted-root with a file`);
  }
  const checks: Check[] = [];
  const verified: ({ readonly statement: Statement } & Signature)[] = [];
  let namesManifest = false;
  for (const { place, released, content } of bundles.flatMap(splitLines)) {
    const result = verifyBundle(content, roots, wanted.policy);
    if ('statement' in result) verified.push(result);
    else if (released) checks.push(fail(place, 'is signed by the pinned workflow', result.fault));
    else checks.push(leaveOpen(place, 'is signed by the pinned workflow', result.fault, false));
  }
  for (const [type, name] of KINDS) {
    const all = verified.filter(({ statement }) => statement.predicateType === type);
    const faults = all.map((one) => findFault(one.statement, wanted));
    const good = all[faults.indexOf(undefined)];
    const [fault] = faults;
    const text = `${name} of every file of the model`;
    namesManifest ||= good?.statement.subjects.has(wanted.digest) === true;
    if (good !== undefined) {
      checks.push(pass('attestations', text, `signed by ${good.signer}, in a run for ${good.sourceRef}`));
    } else if (fault !== undefined) checks.push(fail('attestations', text, fault));
    else checks.push(leaveOpen('attestations', text, 'none that the pinned workflow signed', required));
  }
  return { checks, namesManifest };
}

/** A file may hold one bundle, or one a line. */
function splitLines(bundle: FoundBundle): FoundBundle[] {
  if (typeof bundle.content !== 'string') return [bundle];
  const text = bundle.content;
  try {
    return [{ ...bundle, content: JSON.parse(text) as unknown }];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) return [{ ...bundle, content: { fault: messageOf(error) } }];
    return lines.flatMap((content) => splitLines({ ...bundle, content }));
  }
}

/** Who speaks of the manifest speaks of all that it names; else each file of the model, or all its parts, must be named. */
function findFault(statement: Statement, { manifest, digest, documents }: CheckAttestations): string | undefined {
  const { subjects } = statement;
  const missing = manifest.files.find(({ role, sha256, assets }) => {
    const inParts = assets.length > 0 && assets.every((asset) => subjects.has(asset.sha256));
    return role === 'model' && !subjects.has(sha256) && !inParts;
  });
  if (missing !== undefined && !subjects.has(digest)) return `it does not speak of ${missing.path} (${missing.sha256})`;
  return statement.predicateType === VERDICT_PREDICATE_TYPE
    ? findVerdictFault(statement.predicate, manifest, documents)
    : undefined;
}

/** What an attested verdict says otherwise than the release. */
function findVerdictFault(predicate: unknown, manifest: Manifest, { verdict }: EvidenceSet): string | undefined {
  const said = (predicate ?? {}) as Record<string, unknown>;
  const { sha256, outcome } = (said['verdict'] ?? {}) as Record<string, unknown>;
  const named = manifest.evidence.find(({ kind }) => kind === 'verdict')?.sha256;
  const model = manifest.files.filter(({ role }) => role === 'model');
  const expected: readonly (readonly [string, unknown, unknown])[] = [
    ['the verdict', sha256, named],
    ['the model', said['model'], manifest.model],
    ['the commit', said['commit'], manifest.commit],
    ['the digest of the model', said['modelDigest'], manifest.modelDigest],
    [
      'the files of the model',
      said['modelFiles'],
      model.map(({ path, sha256: digest, size }) => ({ path, sha256: digest, size })),
    ],
    ['the evidence', said['evidence'], manifest.evidence],
    ...(verdict === undefined ? [] : [['the outcome', outcome, verdict.outcome] as const]),
    ...(verdict === undefined ? [] : [['the configuration', said['config'], verdict.subject.config] as const]),
    ...(verdict === undefined ? [] : [['the rules', said['rules'], verdict.rules.map(keepBinding)] as const]),
    ...(verdict === undefined ? [] : [['the controls', said['controls'], verdict.controls.map(keepBinding)] as const]),
  ];
  const other = expected.find(
    ([, found, wanted]) => !isDeepStrictEqual(readBack(found ?? null), readBack(wanted ?? null)),
  );
  return other === undefined ? undefined : `${other[0]} that was attested is not that of the release`;
}

function keepBinding({ id, text, outcome, waived }: { id: string; text: string; outcome: string; waived: boolean }) {
  return { id, text, outcome, waived };
}
