import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { IDENTIFIER } from '../../config/schema/quantities.ts';
import { messageOf, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { Manifest } from '../../evidence/schema/manifest.ts';
import { isVersion } from '../versions/grammar.ts';
import { findFileFaults } from './faults.ts';
import { MANIFEST_FILE } from './naming.ts';

/** 10,000 files with the longest paths are some 20 MB. */
export const MAX_MANIFEST_BYTES = 32 * 1024 ** 2;
/** A hostile file may be wrong everywhere. */
const MAX_FAULTS = 20;

let compiled: ValidateFunction | undefined;

/** The bytes of manifest.json. */
export function renderManifest(manifest: Manifest): string {
  return renderCanonical(manifest);
}

/**
 * Reads a manifest that may come from anybody: its form, paths that could lead out of a folder or fall together on some
 * system, sizes that do not add up, assets used twice. Throws UserMistake with all faults; `source` names the file.
 */
export function readManifest(bytes: Uint8Array | string, source = MANIFEST_FILE): Manifest {
  const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  if (size > MAX_MANIFEST_BYTES) {
    throw refuse(source, [`it has ${size} bytes, and a manifest has at most ${MAX_MANIFEST_BYTES}`]);
  }
  let value: unknown;
  try {
    value = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse(source, [`it is not JSON: ${messageOf(error)}`], error);
  }
  compiled ??= compile();
  if (!compiled(value)) {
    throw refuse(
      source,
      (compiled.errors ?? []).map(
        ({ instancePath, message, keyword }) => `${instancePath || '/'} ${message ?? keyword}`,
      ),
    );
  }
  const manifest = value as Manifest;
  const faults = [...findNameFaults(manifest), ...findFileFaults(manifest)];
  if (faults.length > 0) throw refuse(source, faults);
  return manifest;
}

/**
 * checksums.txt in the form of `sha256sum`, for `sha256sum -c` in a folder of downloaded assets. The digests of files in
 * parts stand in comments, which it passes over.
 */
export function renderChecksums(manifest: Manifest): string {
  const assets = manifest.files.flatMap((file) => file.assets);
  const lines = [...assets, { name: MANIFEST_FILE, sha256: computeSha256(renderManifest(manifest)) }]
    .map(({ name, sha256 }) => `${bare(sha256)}  ${name}`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
  const joined = manifest.files
    .filter((file) => file.assets.length > 1)
    .map(({ sha256, assets: [first, ...rest] }) => {
      return `# ${bare(sha256)}  ${first?.name.replace(/\.part\d+$/, '')}, its ${rest.length + 1} parts joined in order`;
    });
  return [...lines, ...joined, ''].join('\n');
}

function bare(digest: string): string {
  return digest.slice('sha256:'.length);
}

function findNameFaults({ model, version, storage }: Manifest): string[] {
  return [
    ...(new RegExp(`^${IDENTIFIER}$`).test(model) ? [] : [`${JSON.stringify(model)} is no name of a model`]),
    ...(isVersion(version) ? [] : [`${version} is no version`]),
    ...(storage && !/^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/.test(storage.reference)
      ? ['the reference of the other storage is not by digest']
      : []),
  ];
}

function refuse(file: string, faults: readonly string[], cause?: unknown): UserMistake {
  const fix = 'Manifests are written by modelgate only: take nothing from a release whose manifest was changed.';
  const more = faults.length - MAX_FAULTS;
  const shown = more > 0 ? [...faults.slice(0, MAX_FAULTS), `and ${more} more`] : faults;
  return new UserMistake(
    { file, found: `this is no manifest: ${shown.join('; ')}`, fix },
    cause === undefined ? {} : { cause },
  );
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: false, strict: true, strictTypes: false });
  formats.default(ajv);
  return ajv.compile(Manifest);
}
