import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Folders } from '../../config/paths.ts';
import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import type { LibraryOptions } from '../../engine/library.ts';
import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { documentPath } from '../../evidence/files.ts';
import { hashFiles } from '../../evidence/parallel-hash.ts';
import type { FileRole } from '../../evidence/schema/manifest.ts';
import { findPathFault, foldPath } from '../manifest/paths.ts';
import { renderBom } from './bom.ts';
import { computeContentDigest, computeModelDigest, listEvidence } from './digests.ts';
import { gatherFacts } from './facts.ts';
import { describeInterface } from './interface.ts';
import { BOM_MEDIA_TYPE, findMediaType } from './media-types.ts';
import { gatherModelFiles } from './model-files.ts';
import type { Package, PackagedFile } from './package.ts';
import { describeVerdict } from './predicate.ts';
import { writeTables } from './tables.ts';
import { findRefusals, type JudgedEvidence } from './trust.ts';

export interface AssemblyInput {
  readonly project: Project;
  readonly evidence: EvidenceSet;
  /** The folder with `evidence/`. */
  readonly runFolder: string;
  /** Where the files of the model and the predictions lie; the folder of modelgate.yml unless given. */
  readonly modelRoot?: string | undefined;
  /** The predictions that were scored, where they lie elsewhere: absolute. */
  readonly predictions?: string | undefined;
  /** A folder for what is made here; it must stay until the release is published. */
  readonly temporary: string;
  readonly library: LibraryOptions;
  readonly signal?: AbortSignal | undefined;
}

/** A package, and what a reader should know of what it leaves out: sentences. */
export interface Assembled extends Package {
  readonly notes: readonly string[];
}

/** What is made here is released under these names. */
export const MADE = {
  predictions: 'predictions.csv',
  profile: 'profile.json',
  bom: 'bom.cdx.json',
  predicate: 'verdict-predicate.json',
} as const;

/**
 * Gathers everything that a version holds, after holding it to the verdict. Throws UserMistake when the evidence allows no
 * release, or a file is not the one that was judged. Where the file reveals the verdict only, the evaluation and the
 * verdict with their numbers stay behind, and the manifest names them by digest alone.
 */
export async function assemblePackage(input: AssemblyInput): Promise<Assembled> {
  const { project, evidence, runFolder } = input;
  const refusals = findRefusals(project, evidence);
  const { verdict } = evidence;
  if (refusals.length > 0 || !verdict) throw new UserMistake(refusals);
  const judged: JudgedEvidence = { ...evidence, verdict };
  const { config } = project;
  const folders: Folders = input.modelRoot === undefined ? project : { folder: input.modelRoot, root: input.modelRoot };
  const model = await gatherModelFiles(folders, config, judged);
  const modelFiles = model.map(({ path, sha256, size }) => ({ path, sha256, size }));
  const card = await findCard(project);
  const shape = describeInterface(config, evidence);
  const facts = gatherFacts(judged, modelFiles);
  const modelDigest = computeModelDigest(modelFiles);
  const content = { model: config.model, modelFiles, interface: shape, evidence, card: card?.sha256 ?? null };
  const contentDigest = computeContentDigest({ ...content, config: verdict.subject.config });
  const commit = verdict.subject.commit ?? '';
  await mkdir(input.temporary, { recursive: true });
  const tables = await writeTables({ ...input, folders, targets: MADE });
  const hidden = verdict.reveal === 'verdict' ? ['evaluation', 'verdict'] : [];
  const documents = Object.keys(evidence).filter((kind) => !hidden.includes(kind));
  const about = { ...content, commit, created: verdict.created, modelDigest, contentDigest, files: modelFiles, facts };
  const texts: [path: string, role: FileRole, text: string, mediaType?: string][] = [
    [basename(project.file), 'config', project.text],
    [MADE.bom, 'bom', renderBom(about), BOM_MEDIA_TYPE],
    [MADE.predicate, 'other', renderCanonical(describeVerdict(judged, modelDigest, modelFiles, facts))],
  ];
  const papers = documents.map((kind) => {
    return { path: `evidence/${kind}.json`, file: documentPath(runFolder, kind as 'data'), role: 'evidence' as const };
  });
  const rows = tables.files.map(({ path, role }) => ({ path, role, file: join(input.temporary, path) }));
  const written = texts.map(([path, role, text, mediaType]) => writeText(input.temporary, path, role, text, mediaType));
  const described = await describeFiles([...papers, ...rows]);
  described.splice(papers.length, 0, ...(await Promise.all(written)));
  const files = [...model, ...(card ? [card] : []), ...described];
  refuseDoubles(files);
  const notes = [
    ...(hidden.length > 0
      ? ['`reveal: verdict`: the evaluation and the verdict stay behind; the manifest names their digests.']
      : []),
    ...tables.notes,
  ];
  const identity = { model: config.model, commit, modelDigest, contentDigest };
  return { ...identity, interface: shape, evidence: listEvidence(evidence), files, facts, notes };
}

async function findCard(project: Project): Promise<PackagedFile | undefined> {
  const card = project.config.release?.card;
  if (card === undefined) return undefined;
  const file = await resolveExisting(project, card);
  // A card above the folder of modelgate.yml is released under its name alone.
  const path = findPathFault(card) === undefined ? card : basename(card);
  return (await describeFiles([{ path, file, role: 'card' }]))[0];
}

async function writeText(folder: string, path: string, role: FileRole, text: string, mediaType?: string) {
  const file = join(folder, path);
  await writeFile(file, text);
  const size = Buffer.byteLength(text);
  return { path, file, role, size, sha256: computeSha256(text), mediaType: mediaType ?? findMediaType(path) };
}

async function describeFiles(files: readonly Pick<PackagedFile, 'path' | 'file' | 'role'>[]): Promise<PackagedFile[]> {
  const hashes = await hashFiles(files.map(({ file }) => file));
  return files.flatMap((one, index) => {
    const hash = hashes[index];
    return hash === undefined ? [] : [{ ...one, mediaType: findMediaType(one.path), ...hash }];
  });
}

/** What fetching writes beside the files of a release, and the signature, which is no file of the model. */
const RESERVED = ['manifest.json', 'checksums.txt', 'ledger-event.json', 'model.sig'];

/** A file of the user's with one of our names, or two that are one on some system. */
function refuseDoubles(files: readonly PackagedFile[]): void {
  const seen = new Set<string>(RESERVED);
  const problems = files.flatMap(({ path }) => {
    const isDouble = seen.has(foldPath(path));
    seen.add(foldPath(path));
    const fix = 'Rename the file of the model: releases have files of their own with this name.';
    return isDouble ? [{ found: `the release would hold ${path} twice`, fix }] : [];
  });
  if (problems.length > 0) throw new UserMistake(problems);
}
