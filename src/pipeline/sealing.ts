import { readBack } from '../evidence/canonical.ts';
import { computeDigest } from '../evidence/digest.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { writeDocument } from '../evidence/files.ts';
import { decideReveal, hideSingleRows, redactEvidence } from '../report/reveal.ts';

/**
 * The evidence as it leaves the machine that judges: everybody who can read the repository can read what is uploaded.
 * Under `reveal: verdict` the evaluation and the verdict go without every number of the test set, and the verdict is built
 * on that evaluation by digest; a later run measures again from the predictions. Under `metrics` what tells single rows goes:
 * the numbers of slices of so few. Otherwise it stays as it is.
 */
export function sealEvidence(evidence: EvidenceSet): EvidenceSet {
  const reveal = decideReveal(evidence);
  if (reveal === 'rows') return evidence;
  const { evaluation, verdict } = reveal === 'verdict' ? redactEvidence(evidence) : hideSingleRows(evidence);
  if (evaluation === evidence.evaluation && verdict === evidence.verdict) return evidence;
  const sealed = evaluation && readBack(evaluation);
  const sha256 = sealed && computeDigest(sealed);
  return {
    ...evidence,
    ...(sealed ? { evaluation: sealed } : {}),
    ...(verdict
      ? {
          verdict: {
            ...verdict,
            parents: verdict.parents.map((parent) =>
              parent.kind === 'evaluation' && sha256 !== undefined ? { ...parent, sha256 } : parent,
            ),
          },
        }
      : {}),
  };
}

/**
 * Seals the evidence of a run in one job, in its folder as well: whoever uploads that folder shows no more than `reveal`
 * allows. A gate that runs again then has nothing to decide on, and says so.
 */
export async function sealRun(runFolder: string, evidence: EvidenceSet): Promise<EvidenceSet> {
  const sealed = sealEvidence(evidence);
  if (sealed === evidence) return evidence;
  const { evaluation, verdict } = sealed;
  for (const document of [evaluation, verdict]) if (document) await writeDocument(runFolder, document);
  return sealed;
}
