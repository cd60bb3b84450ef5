import { IDENTIFIER } from '../../config/schema/quantities.ts';
import { KINDS } from '../../evidence/schema/envelope.ts';

/** The stem of the file of predictions, whatever modelgate.yml calls it. */
export const PREDICTIONS = 'predictions';
/** The folder of what was predicted on the base's version of the test set. */
export const BASE_TEST_SET = 'base-test-set';
/** The folder of what else the judge reads of a candidate, each file named after its path. */
export const CARRIED = 'carried';

/** The folder of what models of baselines predicted, beside a list of them. */
export const BASELINES = 'baselines';
export const BASELINES_FILE = `${BASELINES}.json`;
/** The name of one file in that folder, for regular expressions. */
export const MODEL_PREDICTIONS = String.raw`\d{1,3}\.(csv|parquet|jsonl|ndjson)`;

/** The artifact of what a run judged. */
export const JUDGED_ARTIFACT = 'modelgate-judged';

/** The artifact of one candidate. The model is an identifier, so this is a plain name. */
export function nameCandidateArtifact(model: string): string {
  return `modelgate-candidate-${model}`;
}

const PREDICTIONS_FILE = String.raw`${PREDICTIONS}\.(csv|parquet|jsonl|ndjson)`;
const CARRIED_FILE = `${CARRIED}/[0-9a-f]{32}`;
const PREDICTED = String.raw`(evidence/prediction\.json|${PREDICTIONS_FILE}|${CARRIED_FILE})`;
const CANDIDATE = new RegExp(String.raw`^(plan\.json|evidence/training\.json|(${BASE_TEST_SET}/)?${PREDICTED})$`);
const BASELINE = String.raw`(${BASELINES}\.json|${BASELINES}/${MODEL_PREDICTIONS})`;
const BASELINES_ARTIFACT = new RegExp(`^${IDENTIFIER}/${BASELINE}$`);
const DOCUMENT = String.raw`evidence/(${KINDS.join('|')})\.json`;
const JUDGED = new RegExp(
  String.raw`^(judged\.json|${IDENTIFIER}/(${DOCUMENT}|${PREDICTIONS_FILE}|${CARRIED_FILE}|${BASELINE}|plan\.json|report\.(md|html)))$`,
);

/** Whether a candidate's artifact may hold a file of this name. */
export function isCandidateName(name: string): boolean {
  return CANDIDATE.test(name);
}

/** Whether the artifact of what models of baselines predicted may hold a file of this name. */
export function isBaselinesName(name: string): boolean {
  return BASELINES_ARTIFACT.test(name);
}

/** Whether the artifact of what was judged may hold a file of this name. */
export function isJudgedName(name: string): boolean {
  return JUDGED.test(name);
}
