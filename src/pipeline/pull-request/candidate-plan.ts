import { lstat, readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import Type, { type Static } from 'typebox';
import { Identifier } from '../../config/schema/quantities.ts';
import { messageOf } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { writeAtomically } from '../../evidence/files.ts';
import { Digest } from '../../evidence/schema/envelope.ts';

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

let compiled: ValidateFunction | undefined;

/** Reads a plan.json as hostile: what is wrong with it is data. */
export async function readCandidatePlan(path: string): Promise<CandidatePlan | { readonly refused: string }> {
  const refuse = (reason: string) => ({ refused: `${PLAN_FILE} ${reason}` });
  const entry = await lstat(path).catch(() => undefined);
  if (!entry) return refuse('is not there');
  if (!entry.isFile()) return refuse('is not a file');
  if (entry.size > MAX_BYTES) return refuse(`has ${entry.size} bytes; at most ${MAX_BYTES} are read`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return refuse(`is not JSON: ${messageOf(error)}`);
  }
  compiled ??= new Ajv2020({ strict: true }).compile(CandidatePlan);
  const validate = compiled;
  if (validate(value)) return value as CandidatePlan;
  const [fault] = validate.errors ?? [];
  return refuse(`is not a plan: ${fault?.instancePath || '/'} ${fault?.message ?? 'is wrong'}`);
}
