import Type, { type Static } from 'typebox';
import { Identifier } from '../../config/schema/quantities.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { writeAtomically } from '../../evidence/files.ts';
import { Digest } from '../../evidence/schema/envelope.ts';
import { createHandedReader } from './handed-document.ts';

/** The name of the file in a candidate's folder and in a judged model's. */
export const PLAN_FILE = 'plan.json';
/** A larger one is refused unread: 16 KiB. */
const MAX_BYTES = 16 * 1024;

const CandidatePlan = Type.Object(
  {
    model: Identifier,
    /** The path of modelgate.yml from the root of the repository. */
    config: Type.String({ minLength: 1, maxLength: 1024 }),
    /** See `computeInputsDigest`. */
    inputsDigest: Digest,
  },
  { additionalProperties: false },
);
/** What a candidate says that it is. */
export type CandidatePlan = Static<typeof CandidatePlan>;

/** Writes plan.json to a path. */
export async function writeCandidatePlan(path: string, plan: CandidatePlan): Promise<void> {
  await writeAtomically(path, renderCanonical(plan));
}

const read = createHandedReader({ name: PLAN_FILE, kind: 'is not a plan', schema: CandidatePlan, most: MAX_BYTES });

/** Reads a plan.json as hostile: what is wrong with it is data. */
export async function readCandidatePlan(path: string): Promise<CandidatePlan | { readonly refused: string }> {
  const handed = await read(path);
  if (handed === 'absent') return { refused: `${PLAN_FILE} is not there` };
  return 'refused' in handed ? handed : handed.value;
}
