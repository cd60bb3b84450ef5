import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { type UnpackedFile, unpackArchive } from '../../github/archive.ts';
import { type Artifact, downloadArtifact, listArtifacts } from '../../github/artifacts.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { listTrustedRuns } from '../../github/runs.ts';
import type { AcceptedModel } from './accepted-model.ts';
import type { JudgedRun } from './judged-run.ts';
import { nameInArtifact, nameModelArtifact } from './model-names.ts';

/** What an artifact is larger by than the files in it, at most: names and tables, in bytes. */
const ZIP_ROOM = 16 * 1024 * 1024;

/** Where the files of a model are looked for. */
export interface ModelSearch {
  readonly repository: Repository;
  readonly run: JudgedRun;
  readonly accepted: AcceptedModel;
  /** Only pushes to it may have trained a model that is used again. */
  readonly defaultBranch: string;
  /** A folder of ours, with room for the model twice. */
  readonly temporary: string;
}

/**
 * Fetches the files of an accepted model: by their paths from the folder of modelgate.yml, where they lie on this machine.
 * They come from the artifact of the run that trained them, which nobody needs to trust: each must have the digest that the
 * verdict is about. Throws UserMistake that says what is missing or different.
 */
export async function fetchModelFiles(client: Client, search: ModelSearch): Promise<ReadonlyMap<string, string>> {
  const { accepted, temporary, repository } = search;
  const wanted = accepted.evidence.verdict.subject.modelFiles;
  if (wanted.length === 0) {
    throw new UserMistake({
      file: accepted.config,
      found: `the verdict on ${accepted.model} names no file of a model`,
      fix: 'Add `train.outputs.model`: a version is the files that were judged.',
    });
  }
  const faults: string[] = [];
  for (const runId of await listRuns(client, search)) {
    const [artifact] = await listArtifacts(client, repository, runId, nameModelArtifact(accepted.model));
    if (!artifact) {
      faults.push(`the run ${runId} has no artifact ${nameModelArtifact(accepted.model)}`);
      continue;
    }
    const home = await mkdtemp(join(temporary, 'model-'));
    const fetched = await unpack(client, repository, { artifact, runId, wanted, home });
    if (!('fault' in fetched)) return fetched.files;
    faults.push(`the artifact ${artifact.name} of the run ${runId}: ${fetched.fault}`);
    await rm(home, { recursive: true, force: true });
  }
  const found = faults.length > 0 ? faults.join('; ') : `no run of ${accepted.trainedAt} trained it`;
  const fix = 'Train it again on the default branch; artifacts are kept for as many days as the repository has set.';
  throw new UserMistake({ found: `the files of ${accepted.model} cannot be had: ${found}`, fix });
}

/** The runs that may have trained it: this one, or those of the commit that its evidence was taken over from. */
async function listRuns(client: Client, { run, accepted, ...place }: ModelSearch): Promise<number[]> {
  if (accepted.trainedAt === run.commit) return [run.id];
  const { repository, defaultBranch: branch } = place;
  const { runs } = await listTrustedRuns(client, {
    repository,
    workflowPath: run.workflowPath,
    branch,
    except: run.id,
  });
  return runs.filter(({ headSha }) => headSha === accepted.trainedAt).map(({ id }) => id);
}

interface WantedFiles {
  readonly artifact: Artifact;
  readonly runId: number;
  readonly wanted: readonly FileDigest[];
  /** An empty folder of ours. */
  readonly home: string;
}

async function unpack(
  client: Client,
  repository: Repository,
  { artifact, runId, wanted, home }: WantedFiles,
): Promise<{ readonly files: ReadonlyMap<string, string> } | { readonly fault: string }> {
  const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
  const file = join(home, 'zip');
  const downloaded = await downloadArtifact(client, { repository, artifact, runId, limit: bytes + ZIP_ROOM, file });
  if (downloaded.state === 'refused') return { fault: downloaded.reason };
  const names = nameInArtifact(wanted);
  const known = new Set(names.values());
  const folder = join(home, 'files');
  await mkdir(folder);
  const unpacked = await unpackArchive({
    archive: file,
    folder,
    expects: (name) => known.has(name),
    // The sizes are known, so neither a bomb nor a model that packs well needs a limit of its own.
    limits: { entries: 10_000, bytes, ratio: Number.POSITIVE_INFINITY, depth: 64 },
  });
  await rm(file);
  if (unpacked.state === 'refused') return { fault: unpacked.reason };
  const fault = findFileFault(wanted, names, unpacked.files);
  if (fault !== undefined) return { fault };
  return { files: new Map(wanted.map(({ path }) => [path, unpacked.files.get(names.get(path) ?? '')?.file ?? ''])) };
}

function findFileFault(
  wanted: readonly FileDigest[],
  names: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, UnpackedFile>,
): string | undefined {
  for (const { path, sha256, size } of wanted) {
    const found = files.get(names.get(path) ?? '');
    if (!found) return `${path} is not in it`;
    if (found.size !== size) return `${path} has ${found.size} bytes, and ${size} were judged`;
    if (`sha256:${found.sha256}` !== sha256) return `${path} has not the digest that was judged`;
  }
  return undefined;
}
