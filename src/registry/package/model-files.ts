import { join } from 'node:path';
import { listMatches } from '../../config/glob.ts';
import { type Folders, trimPath } from '../../config/paths.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { digestPaths, listFiles } from '../../training/files.ts';
import { findPathFault } from '../manifest/paths.ts';
import { findMediaType } from './media-types.ts';
import type { PackagedFile } from './package.ts';
import type { JudgedEvidence } from './trust.ts';

/**
 * Finds the files that are the model (`release.assets`, else `train.outputs.model`) below a folder, and holds them to the
 * verdict: it names each file of the model by its digest, and no other; a file beside them, such as a vocabulary, must be
 * named by what the training or the prediction read. What else the training wrote is not handed to the job that releases. Throws UserMistake with everything that does not agree.
 */
export async function gatherModelFiles(
  folders: Folders,
  config: Config,
  evidence: JudgedEvidence,
): Promise<PackagedFile[]> {
  const patterns = config.release?.assets ?? (config.train ? [config.train.outputs.model] : []);
  const found = new Set<string>();
  const problems: Problem[] = [];
  if (patterns.length === 0) {
    problems.push({ found: 'nothing says which files are the model', fix: 'Name them under `release.assets`.' });
  }
  for (const pattern of patterns) {
    const matches = await listMatches(folders, pattern);
    for (const path of matches.length > 0 ? matches : [pattern]) {
      const listed = await listFiles(folders, path);
      if ('fault' in listed) {
        const fix = 'Name files that the training wrote, from the folder of modelgate.yml.';
        problems.push({ found: `\`release.assets\` names ${pattern}, and ${listed.fault}`, fix });
      } else for (const one of listed.paths) found.add(one);
    }
  }
  const files = await digestPaths(folders, [...found].sort());
  problems.push(...files.flatMap(({ path }) => describePathFault(path)), ...compareWithVerdict(files, evidence));
  if (problems.length > 0) throw new UserMistake(problems);
  return files.map((file) => ({
    ...file,
    file: join(folders.folder, file.path),
    mediaType: findMediaType(file.path),
    role: 'model',
  }));
}

function describePathFault(path: string): Problem[] {
  const fault = findPathFault(path);
  if (fault === undefined) return [];
  return [
    { found: `the file ${JSON.stringify(path)} cannot be released: ${fault}`, fix: 'Give it another name or place.' },
  ];
}

/** Where the verdict and the files of the model part. */
function compareWithVerdict(
  files: readonly FileDigest[],
  { verdict, training, prediction }: JudgedEvidence,
): Problem[] {
  const judged = new Map(verdict.subject.modelFiles.map((file) => [trimPath(file.path), file.sha256]));
  if (judged.size === 0) {
    const fix = 'Let a training write the model (`train`), so that the evidence names its files.';
    return [{ found: 'the verdict names no file of the model, so it binds none', fix }];
  }
  const beside = [training?.inputs, prediction?.inputs].flatMap((list) => list ?? []);
  const others = new Map(beside.map((file) => [trimPath(file.path), file.sha256]));
  const written = new Set((training?.outputs ?? []).map((file) => trimPath(file.path)));
  const wrong = files.flatMap(({ path, sha256 }): Problem[] => {
    const known = judged.get(path) ?? others.get(path);
    if (known === sha256) return [];
    if (known === undefined && written.has(path)) {
      const fix = 'Let `train.outputs.model` be a folder that holds it, or leave it out of `release.assets`.';
      return [{ found: `${path} was written by the training, and is no part of the model`, fix }];
    }
    if (known !== undefined) {
      const fix = 'Publish the files that were judged, or run the stages again.';
      return [{ found: `${path} is ${sha256}, and the verdict is on ${known}`, fix }];
    }
    const fix = 'Name it under `train.inputs`, let it be a part of the model, or leave it out of `release.assets`.';
    return [{ found: `no evidence names ${path}: nobody judged it`, fix }];
  });
  const missing = [...judged.keys()].filter((path) => !files.some((file) => file.path === path));
  const fix = 'Name it under `release.assets`, or let `train.outputs.model` name only what is released.';
  return [
    ...wrong,
    ...missing.map((path) => ({ found: `${path} was judged as a part of the model, and is left out`, fix })),
  ];
}
