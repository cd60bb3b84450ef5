import { realpath, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Folders } from '../../config/paths.ts';
import { listDatasets, type Project } from '../../config/project.ts';
import { digestDataset } from '../../data/digests.ts';
import { computeProfile } from '../../data/profile/profile.ts';
import { recodeSources } from '../../data/recoded-files.ts';
import { type DatasetSource, readSources } from '../../data/sources.ts';
import { type Engine, openEngine } from '../../engine/connection.ts';
import type { LibraryOptions } from '../../engine/library.ts';
import { detectFormat, type TableFile } from '../../engine/tables.ts';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileRole } from '../../evidence/schema/manifest.ts';
import { writePredictions } from './predictions.ts';

interface TablesInput {
  readonly project: Project;
  readonly evidence: EvidenceSet;
  readonly folders: Folders;
  readonly predictions?: string | undefined;
  readonly temporary: string;
  readonly library: LibraryOptions;
  readonly signal?: AbortSignal | undefined;
  /** The names of the files that are written into `temporary`. */
  readonly targets: { readonly predictions: string; readonly profile: string };
}

interface Tables {
  readonly files: readonly { readonly path: string; readonly role: FileRole }[];
  /** What was left out and why: sentences. */
  readonly notes: readonly string[];
}

/** Writes the predictions without labels, and the profile of the reference data. Throws UserMistake on changed files. */
export async function writeTables(input: TablesInput): Promise<Tables> {
  const notes: string[] = [];
  const predictions = await findPredictions(input, notes);
  const found = await findReference(input, notes);
  if (!predictions && !found) return { files: [], notes };
  const readable = await recodeSources(found ? [found.source] : [], input.temporary);
  try {
    const [source] = readable.sources;
    return { files: await writeFiles(input, predictions, found && source && { ...found, source }), notes };
  } finally {
    await readable.remove();
  }
}

async function writeFiles(
  input: TablesInput,
  predictions: TableFile | undefined,
  reference: Reference | undefined,
): Promise<Tables['files']> {
  const sources = reference?.source.files.map(({ table }) => table) ?? [];
  const engine = await openEngine({
    files: [...(predictions ? [predictions] : []), ...sources].map(({ path }) => path),
    library: input.library,
    temporary: join(input.temporary, 'engine'),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  try {
    return [
      ...(predictions ? [await writeOwnPredictions(engine, input, predictions)] : []),
      ...(reference ? [await writeProfile(engine, input, reference)] : []),
    ];
  } finally {
    await engine.close();
  }
}

async function writeOwnPredictions(engine: Engine, { project, temporary, targets }: TablesInput, source: TableFile) {
  const columns = project.config.evaluate?.predictions;
  if (!columns) throw new Error('predictions without `evaluate`');
  await writePredictions(engine, source, columns, join(temporary, targets.predictions));
  return { path: targets.predictions, role: 'predictions' as const };
}

async function writeProfile(engine: Engine, { temporary, targets }: TablesInput, { source, sha256 }: Reference) {
  const profile = await computeProfile(engine, source, sha256);
  await writeFile(join(temporary, targets.profile), renderCanonical(profile));
  return { path: targets.profile, role: 'profile' as const };
}

async function findPredictions(input: TablesInput, notes: string[]): Promise<TableFile | undefined> {
  const { evidence, folders, project } = input;
  const scored = evidence.evaluation?.predictions;
  if (!scored || !project.config.evaluate) return undefined;
  if (await hasSensitiveId(project)) {
    notes.push('The predictions stay behind: the contract calls their ids sensitive, or cannot be read here.');
    return undefined;
  }
  const place = input.predictions ?? (isAbsolute(scored.path) ? scored.path : join(folders.folder, scored.path));
  const path = await realpath(place).catch(() => undefined);
  const found = path === undefined ? undefined : await hashFile(path);
  if (path === undefined || found?.sha256 !== scored.sha256) {
    const state = found ? `are ${found.sha256}` : 'are not here';
    const fix = 'Publish from the folder in which the model was scored, or bring the artifact of that run.';
    throw new UserMistake({ file: scored.path, found: `the predictions ${state}; ${scored.sha256} were scored`, fix });
  }
  const format = detectFormat(scored.path) ?? detectFormat(path);
  return format && { path, format, name: scored.path };
}

/** Unless the contract can be read and says nothing of the kind. */
async function hasSensitiveId(project: Project): Promise<boolean> {
  const { labels } = project.config.evaluate ?? {};
  const [name, scored] = listDatasets(project.config).find(([, { path }]) => path === labels?.path) ?? [];
  if (name === undefined || scored?.contract === undefined) return false;
  const source = await readSource(project, name).catch((error: unknown) => {
    if (error instanceof UserMistake) return undefined;
    throw error;
  });
  const columns = source?.contract?.promises.columns;
  return columns?.some(({ names, sensitive }) => sensitive && names.includes(labels?.id ?? '')) ?? true;
}

interface Reference {
  readonly source: DatasetSource;
  readonly sha256: string;
}

/** The data set that later data is compared with. One that was asked for must be here. */
async function findReference({ project, evidence }: TablesInput, notes: string[]): Promise<Reference | undefined> {
  const asked = project.config.release?.profile;
  const name = asked ?? 'train';
  const known = evidence.data?.datasets.find((dataset) => dataset.name === name);
  // A table of a database has no content that could be held against what was checked.
  if ((!known || known.sha256 === null) && asked === undefined) return undefined;
  let problem: string;
  try {
    const source = await readSource(project, name);
    if (source) {
      const { sha256 } = await digestDataset(source);
      if (sha256 === known?.sha256) return { source, sha256 };
    }
    problem = `the data set ${name} is another than the one that was checked`;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    problem = `the data set ${name} cannot be read here`;
  }
  if (asked !== undefined) {
    const fix = 'Publish where the data is, or leave `release.profile` out.';
    throw new UserMistake({ ...project.locate(['release', 'profile']), found: problem, fix });
  }
  notes.push(`There is no profile for later comparison: ${problem}.`);
  return undefined;
}

/** Reads one data set, whatever is wrong with the others. */
async function readSource(project: Project, name: string): Promise<DatasetSource | undefined> {
  const dataset = listDatasets(project.config).find(([known]) => known === name)?.[1];
  if (!dataset) return undefined;
  const data = { [name]: dataset } as NonNullable<typeof project.config.data>;
  const [source] = await readSources({ ...project, config: { ...project.config, data } });
  return source;
}
