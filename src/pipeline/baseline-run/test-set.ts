import { posix } from 'node:path';
import { isMatch } from '../../config/glob.ts';
import { resolveExisting, trimPath } from '../../config/paths.ts';
import { listFileDatasets, type Project } from '../../config/project.ts';
import { describeFound, UserMistake } from '../../errors.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import { placeFile } from './placing.ts';

/** The data set that training reads, by its name. */
const TRAINING = 'train';
/** The data set that is scored, by its name. */
const TEST = 'test';

/** A file of the test set, and where it goes. */
interface Entry {
  readonly path: string;
  /** Where the former project has what it called the same. */
  readonly former: string | undefined;
  readonly places: readonly string[];
}

/**
 * Puts today's labels and data sets into a former project, at their own paths and at those that it called the same: the
 * labels, and data sets by their names. The data set `train` and what its `train.inputs` name stay as they were; where it
 * names none, only labels and the data set `test` are brought. A data set that stays must be the same today, but for
 * `train`: a model that reads the rows of then does not answer those of today. The reason says what stands in the way.
 */
export async function bringTestSet(today: Project, former: Project): Promise<Unmeasured | undefined> {
  for (const { entry, stays } of await listEntries(today, former)) {
    const source = await resolveExisting(today, entry.path).catch((error: unknown) => {
      if (error instanceof UserMistake) return { reason: `${entry.path}: ${describeFound(error)}` };
      throw error;
    });
    if (typeof source !== 'string') return source;
    for (const place of entry.places.filter((one) => !stays.has(one))) {
      const fault = await placeFile(former, place, source);
      if (fault) return fault;
    }
    const fault = await findStale(former, entry, { stays, source });
    if (fault) return fault;
  }
  return undefined;
}

/** Today's files of the test set, and which of their places stay as they were. */
async function listEntries(today: Project, former: Project) {
  const before = new Map(listFileDatasets(former.config).map(([name, { path }]) => [name, path]));
  const training = before.get(TRAINING);
  const isTraining = (place: string) => training !== undefined && trimPath(training) === place;
  const labels = today.config.evaluate?.labels?.path;
  const scored = labels === undefined ? undefined : describeEntry(labels, former.config.evaluate?.labels?.path);
  // First, and wherever they lie: today's are what is measured by, and no data set takes their place.
  const entries = scored ? [{ entry: scored, stays: new Set(scored.places.filter(isTraining)) }] : [];
  for (const [name, { path }] of listFileDatasets(today.config)) {
    if (name === TRAINING) continue;
    const entry = describeEntry(path, before.get(name));
    const stays = new Set(entry.places.filter((place) => isTraining(place) || scored?.places.includes(place)));
    for (const place of entry.places) if (await isTrained(former, name, place)) stays.add(place);
    entries.push({ entry, stays });
  }
  return entries;
}

function describeEntry(path: string, former: string | undefined): Entry {
  // A program that reads CSV reads no Parquet.
  const isAlike = former !== undefined && posix.extname(former) === posix.extname(path);
  return { path, former, places: [...new Set([...(isAlike ? [trimPath(former)] : []), trimPath(path)])] };
}

/** By the patterns alone: data that git does not keep is in no commit, and was trained on all the same. */
async function isTrained({ config }: Project, name: string, place: string): Promise<boolean> {
  const inputs = config.train?.inputs ?? [];
  if (inputs.length === 0) return name !== TEST;
  for (const input of inputs) {
    if (place === trimPath(input) || place.startsWith(`${trimPath(input)}/`)) return true;
    if (await isMatch(input, place)) return true;
  }
  return false;
}

/** That a former project goes on reading another file than today's. What it neither named nor has, it does not read. */
async function findStale(
  project: Project,
  { path, former, places }: Entry,
  { stays, source }: { readonly stays: ReadonlySet<string>; readonly source: string },
): Promise<Unmeasured | undefined> {
  const read = trimPath(former ?? path);
  if (places.includes(read) && !stays.has(read)) return undefined;
  const real = await resolveExisting(project, read).catch((error: unknown) => {
    if (error instanceof UserMistake) return undefined;
    throw error;
  });
  if (real === undefined && former === undefined) return undefined;
  if (real !== undefined && (await hashFile(real)).sha256 === (await hashFile(source)).sha256) return undefined;
  const cause = stays.has(read) ? 'it may have been trained on it' : 'the two are of different formats';
  return { reason: `its ${read} stays as it was, since ${cause}, and today's ${path} is another` };
}
