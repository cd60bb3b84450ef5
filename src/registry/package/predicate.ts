import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { NAME, REPOSITORY_URL, VERSION } from '../../identity.ts';
import { listEvidence } from './digests.ts';
import type { Package } from './package.ts';
import type { JudgedEvidence } from './trust.ts';

/** The type of our predicate of an in-toto statement (in-toto Attestation Framework 1.0). */
export const VERDICT_PREDICATE_TYPE = `${REPOSITORY_URL}/attestations/verdict/v1`;

/**
 * The predicate that binds a verdict to the model: what was decided, by which configuration and on which evidence, all by
 * digest. Its subjects are the files of the model; the statement around it is the signer's. It holds no number.
 */
export function describeVerdict(
  evidence: JudgedEvidence,
  modelDigest: string,
  files: readonly FileDigest[],
  facts: Package['facts'],
): object {
  const { verdict, evaluation } = evidence;
  const { model, subject, outcome, mode, governanceMode, reveal, judgedBy } = verdict;
  return {
    schemaVersion: 1,
    tool: { name: NAME, version: VERSION },
    model,
    commit: subject.commit,
    config: subject.config,
    modelDigest,
    modelFiles: files.map(({ path, sha256, size }) => ({ path, sha256, size })),
    verdict: { sha256: facts.verdict, outcome, mode, governanceMode, reveal, ...(judgedBy ? { judgedBy } : {}) },
    rules: verdict.rules.map(({ id, text, outcome: came, waived }) => ({ id, text, outcome: came, waived })),
    controls: verdict.controls.map(({ id, text, outcome: came, waived }) => ({ id, text, outcome: came, waived })),
    waivers: facts.waivers,
    data: facts.data,
    testSet: evaluation?.testSet?.sha256 ?? null,
    evidence: listEvidence(evidence),
  };
}
