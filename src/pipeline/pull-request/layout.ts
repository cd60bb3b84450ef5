/** The artifact of what a run judged. */
export const JUDGED_ARTIFACT = 'modelgate-judged';

/** The artifact of one candidate. The model is an identifier, so this is a plain name. */
export function nameCandidateArtifact(model: string): string {
  return `modelgate-candidate-${model}`;
}

const PREDICTED = String.raw`(evidence/prediction\.json|predictions\.(csv|parquet|jsonl|ndjson))`;
const CANDIDATE = new RegExp(String.raw`^(plan\.json|evidence/training\.json|(base-test-set/)?${PREDICTED})$`);
const MODEL = '[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?';
const DOCUMENT = String.raw`evidence/(data|training|prediction|evaluation|verdict)\.json`;
const JUDGED = new RegExp(
  String.raw`^(judged\.json|${MODEL}/(${DOCUMENT}|predictions\.(csv|parquet|jsonl|ndjson)|plan\.json|report\.(md|html)))$`,
);

/** Whether a candidate's artifact may hold a file of this name. */
export function isCandidateName(name: string): boolean {
  return CANDIDATE.test(name);
}

/** Whether the artifact of what was judged may hold a file of this name. */
export function isJudgedName(name: string): boolean {
  return JUDGED.test(name);
}
