import { messageOf } from '../errors.ts';
import { readBack } from '../evidence/canonical.ts';
import { computeDigest } from '../evidence/digest.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { readEvidence, writeDocument } from '../evidence/files.ts';
import { decideReveal, hideSingleRows, redactEvidence } from '../report/reveal.ts';
import type { Run } from './run.ts';

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
 * Decides and seals the folder of a run whose verdict is counted where it is made, also where it was cancelled or broke off
 * between measuring and deciding. Sealed before it is counted: what is uploaded whatever happens shows no more than `reveal`
 * allows.
 */
export async function sealAlways(run: Run, decide: () => Promise<EvidenceSet>): Promise<EvidenceSet> {
  try {
    return await sealRun(run.runFolder, await decide());
  } catch (error) {
    await readEvidence(run.runFolder)
      .then((found) => sealRun(run.runFolder, found))
      .catch((fault: unknown) => run.progress.warn(`What was measured could not be sealed: ${messageOf(fault)}`));
    throw error;
  }
}

/** Writes the documents as they leave the machine into another folder; the numbers of a laptop stay in its own. */
export async function copySealed(evidence: EvidenceSet, folder: string): Promise<EvidenceSet> {
  const sealed = sealEvidence(evidence);
  for (const document of Object.values(sealed)) await writeDocument(folder, document);
  return sealed;
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
