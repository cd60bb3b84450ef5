import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { renderCanonical } from '../../evidence/canonical.ts';
import { writeAtomically } from '../../evidence/files.ts';
import { closed, Digest, Subject } from '../../evidence/schema/envelope.ts';
import { createHandedReader } from './handed-document.ts';
import { BASELINES_FILE, MODEL_PREDICTIONS } from './layout.ts';

/** A larger one is refused unread: 4 MiB. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Characters of a reason that are kept. */
const MAX_REASON = 500;

const PredictedBaseline = Type.Object(
  {
    /** The stage or the version that a rule names. */
    name: Type.String({ minLength: 1, maxLength: 256 }),
    /** The commit that the model was made from, its modelgate.yml there, and the model's files. */
    subject: Subject,
    threshold: Type.Optional(Type.Number()),
    /** What the model predicted; `file` lies in `baselines/`. */
    predictions: Type.Optional(
      Type.Object({ file: Type.String({ pattern: `^${MODEL_PREDICTIONS}$` }), sha256: Digest }, closed),
    ),
    /** Why there are no predictions, as half a sentence. */
    reason: Type.Optional(Type.String({ maxLength: MAX_REASON })),
  },
  closed,
);
/** A baseline whose model was asked to predict today's test set, and what came of it. */
export type PredictedBaseline = Static<typeof PredictedBaseline>;

const BaselinesFile = Type.Object(
  { schemaVersion: Type.Literal(1), baselines: Type.Array(PredictedBaseline, { minItems: 1, maxItems: 100 }) },
  closed,
);

/** Writes baselines.json into the folder of a model. Long reasons are cut. */
export async function writeBaselines(folder: string, all: readonly PredictedBaseline[]): Promise<void> {
  const baselines = all.map(({ reason, ...rest }) =>
    reason === undefined ? rest : { ...rest, reason: reason.slice(0, MAX_REASON) },
  );
  await writeAtomically(join(folder, BASELINES_FILE), renderCanonical({ schemaVersion: 1, baselines }));
}

const read = createHandedReader({
  name: BASELINES_FILE,
  kind: 'is no list of baselines',
  schema: BaselinesFile,
  most: MAX_BYTES,
});

/** Reads baselines.json of a model's folder as hostile; empty where there is none. What is wrong with it is data. */
export async function readBaselines(
  folder: string,
): Promise<readonly PredictedBaseline[] | { readonly refused: string }> {
  const handed = await read(join(folder, BASELINES_FILE));
  if (handed === 'absent') return [];
  return 'refused' in handed ? handed : handed.value.baselines;
}
