import { Readable } from 'node:stream';
import { UserMistake } from '../../errors.ts';
import type { ManifestFile } from '../../evidence/schema/manifest.ts';
import type { Progress } from '../../progress.ts';
import type { LocalFile, ModelStore, StoredAbout } from '../model-store.ts';
import { type OciManifest, renderArtifact } from './artifact.ts';
import { openBlob } from './download.ts';
import { pushManifest, readManifest, setTag } from './manifests.ts';
import { parseOciReference, parseOciRepository } from './reference.ts';
import { pushBlob } from './upload.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

export interface OciStoreOptions extends Omit<WireOptions, 'repository'> {
  /** `release.oci.repository`, or the part of a stored reference before the `@`. */
  readonly repository: string;
  readonly progress: Progress;
  /** How much a request carries after an upload broke. Bytes. */
  readonly chunkBytes?: number;
}

export interface OciStore extends ModelStore {
  /**
   * Lets the version's tag name the artifact that became the version. `push` gives the tag to what comes first; the
   * ledger may since have given the version to another content.
   */
  tag(reference: string, version: string): Promise<void>;
}

/** Uploads that run at once. Each holds a few MB of its file. */
const PARALLEL = 3;

/**
 * Opens a repository of an OCI registry (distribution specification 1.1) as a store of model files. Nothing is asked
 * before the first use.
 */
export function openOciStore(options: OciStoreOptions): OciStore {
  const repository = parseOciRepository(options.repository);
  const wire = createWire({ ...options, repository });
  const digestOf = (reference: string) => readDigest(wire, reference);
  return {
    async push(files, about) {
      const { config, manifest } = renderArtifact(files, about);
      await pushFiles(wire, files, options);
      const blob = { name: 'the description', digest: config.digest, size: config.bytes.length };
      await pushBlob(wire, { ...blob, content: { bytes: config.bytes } });
      await pushManifest(wire, manifest, manifest.digest);
      await claimTag(wire, manifest.digest, about, options.progress);
      return { reference: `${repository.text}@${manifest.digest}` };
    },
    async tag(reference, version) {
      await setTag(wire, digestOf(reference), version);
    },
    async open(reference, file, start) {
      digestOf(reference);
      return file.size === start ? Readable.from([]) : openBlob(wire, file, start);
    },
    async check(reference, files) {
      const digest = digestOf(reference);
      const manifest = await readManifest(wire, digest);
      if (typeof manifest === 'string') return [manifest];
      return checkLayers(wire, manifest, files);
    },
  };
}

function readDigest(wire: Wire, reference: string): string {
  const { repository, digest } = parseOciReference(reference);
  if (repository.text === wire.repository.text) return digest;
  throw new Error(`A store of ${wire.repository.text} was asked for ${repository.text}`);
}

async function pushFiles(wire: Wire, files: readonly LocalFile[], options: OciStoreOptions): Promise<void> {
  // Two files of the same content are one blob; the largest first, so that none is left for the end alone.
  const blobs = [...new Map(files.map((file) => [file.sha256, file])).values()].sort((a, b) => b.size - a.size);
  const waiting = blobs.values();
  const step = options.progress.start(`pushing ${blobs.length} files to ${wire.repository.text}`);
  let [sent, there] = [0, 0];
  const work = async () => {
    for (const { path, sha256, size, file } of waiting) {
      const done = await pushBlob(wire, { name: path, digest: sha256, size, content: { file } }, options.chunkBytes);
      if (done === 'sent') sent++;
      else there++;
      step.update(`${sent + there} of ${blobs.length} files are at ${wire.repository.registry}`);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: PARALLEL }, work));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    step.fail();
    throw failed.reason;
  }
  step.done(`${sent} files pushed to ${wire.repository.text}, ${there} were there`);
}

/** Gives the version's tag to the artifact where nothing else has it. Another model's artifact under it is a mistake. */
async function claimTag(wire: Wire, digest: string, about: StoredAbout, progress: Progress): Promise<void> {
  const taken = await readManifest(wire, about.version);
  if (typeof taken === 'string') return setTag(wire, digest, about.version);
  if (taken.digest === digest) return;
  if (taken.model !== undefined && taken.model !== about.model) {
    throw new UserMistake({
      found: `${wire.repository.text}:${about.version} is the model ${taken.model.slice(0, 100)}, not ${about.model}`,
      fix: 'Give each model a repository of its own (`release.oci.repository`).',
    });
  }
  progress.warn(
    `${wire.repository.text}:${about.version} names another artifact; the release refers to its own by digest`,
  );
}

async function checkLayers(
  wire: Wire,
  manifest: OciManifest,
  files: readonly ManifestFile[],
): Promise<readonly string[]> {
  const sizes = new Map(manifest.layers.map(({ digest, size }) => [digest, size]));
  const faults = new Map<string, string>();
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      const size = sizes.get(file.sha256);
      if (size === undefined) faults.set(file.path, `${file.path} is not part of the artifact`);
      else if (size !== file.size) faults.set(file.path, `${file.path} has ${size} bytes there, and ${file.size} here`);
      else {
        const fault = await checkBlob(wire, file);
        if (fault !== undefined) faults.set(file.path, fault);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return files.flatMap(({ path }) => faults.get(path) ?? []);
}

async function checkBlob(wire: Wire, { path, sha256, size }: ManifestFile): Promise<string | undefined> {
  const url = `/v2/${wire.repository.name}/blobs/${sha256}`;
  const response = await wire.send({ method: 'HEAD', url, actions: 'pull', repeatable: true });
  if (!response.ok) return `${path} is not there: ${wire.repository.registry} answers ${response.status} for ${sha256}`;
  const there = response.headers.get('content-length');
  return there === null || there === String(size) ? undefined : `${path} has ${there} bytes there instead of ${size}`;
}
