import { createHash } from 'node:crypto';
import { type Bundle, bundleFromJSON, bundleToJSON, isBundleWithDsseEnvelope } from '@sigstore/bundle';
import { messageOf } from '../../errors.ts';
import type { ManifestFile } from '../../evidence/schema/manifest.ts';
import { EVENT_FILE } from '../fetch/fetch.ts';
import { MANIFEST_FILE } from '../manifest/naming.ts';
import { SIGNATURE_FILE } from '../verify/evidence.ts';
import { PAYLOAD_TYPE } from './statement.ts';

export const SIGNATURE_MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
/** model-signing 1.1 for Python, `_signing/signing.py`. */
const PREDICATE_TYPE = 'https://model_signing/signature/v1.0';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** What lies beside the model when it is fetched; other tools then verify the folder as it is. */
const IGNORED = ['.git', '.gitattributes', '.github', '.gitignore', MANIFEST_FILE, EVENT_FILE, SIGNATURE_FILE];

/** A file that is signed: its path from the folder of the model, and its digest, `sha256:…`. */
export type SignedFile = Pick<ManifestFile, 'path' | 'sha256'>;

/** Signs the bytes of a statement, and packs statement and signature into a bundle of Sigstore's. */
export type Sign = (statement: Buffer) => Promise<Bundle>;

/**
 * Signs a model in the form of OpenSSF model signing: a statement that lists every file with its digest, and that has the
 * digest of all digests for its subject. Answers with the text of `model.sig`.
 */
export async function signModel(model: string, files: readonly SignedFile[], sign: Sign): Promise<string> {
  const bundle = await sign(renderModelStatement(model, files));
  return `${JSON.stringify(bundleToJSON(bundle))}\n`;
}

/** The statement that is signed. Files stand in the order of their paths, folder by folder. */
export function renderModelStatement(model: string, files: readonly SignedFile[]): Buffer {
  const sorted = files.toSorted((a, b) => comparePaths(a.path.split('/'), b.path.split('/')));
  const resources = sorted.map(({ path, sha256 }) => ({ name: path, algorithm: 'sha256', digest: bare(sha256) }));
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: model, digest: { sha256: hashDigests(resources.map(({ digest }) => digest)) } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: IGNORED },
      resources,
    },
  };
  return Buffer.from(JSON.stringify(statement));
}

/** Verifies the signature of a bundle; throws an Error that says why it does not hold. */
export type VerifySignature = (bundle: Bundle) => void;

/**
 * What is wrong with the signature of a model: sentences, empty when it holds and lists exactly these files. The text may
 * come from anybody, and from other tools.
 */
export function findSignatureFaults(text: string, files: readonly SignedFile[], verify: VerifySignature): string[] {
  let statement: ModelStatement;
  try {
    const bundle = bundleFromJSON(JSON.parse(text));
    verify(bundle);
    if (!isBundleWithDsseEnvelope(bundle)) return ['it holds no statement'];
    const { payload, payloadType } = bundle.content.dsseEnvelope;
    if (payloadType !== PAYLOAD_TYPE) return [`it holds ${payloadType} instead of a statement`];
    statement = JSON.parse(payload.toString('utf8')) as ModelStatement;
  } catch (error) {
    return [messageOf(error)];
  }
  return compareStatement(statement, files);
}

interface ModelStatement {
  readonly _type?: unknown;
  readonly predicateType?: unknown;
  readonly subject?: readonly { readonly digest?: { readonly sha256?: unknown } }[];
  readonly predicate?: { readonly resources?: readonly Partial<Record<'name' | 'algorithm' | 'digest', unknown>>[] };
}

function compareStatement(statement: ModelStatement | null, files: readonly SignedFile[]): string[] {
  const { subject, predicate } = statement ?? {};
  if (statement?._type !== STATEMENT_TYPE || statement.predicateType !== PREDICATE_TYPE) {
    return [`its statement is not one of ${PREDICATE_TYPE}`];
  }
  const resources = predicate?.resources;
  if (!Array.isArray(resources) || !resources.every(isPlain)) return ['it does not list files by their sha256'];
  const signed = new Map(resources.map(({ name, digest }) => [name, `sha256:${digest}`]));
  const root = hashDigests(resources.map(({ digest }) => digest));
  const faults =
    subject?.length === 1 && subject[0]?.digest?.sha256 === root ? [] : ['its subject is not what it lists'];
  if (signed.size !== resources.length) faults.push('it lists a file twice');
  for (const { path, sha256 } of files) {
    const found = signed.get(path);
    if (found === undefined) faults.push(`it does not list ${path}`);
    else if (found !== sha256) faults.push(`it lists ${path} as ${found} instead of ${sha256}`);
    signed.delete(path);
  }
  return [...faults, ...[...signed.keys()].map((name) => `it lists ${name}, which is no file of the model`)];
}

function isPlain(one: unknown): one is { name: string; algorithm: string; digest: string } {
  const { name, algorithm, digest } = (one ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' && algorithm === 'sha256' && typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)
  );
}

/** The digest of the bytes of all digests, in order. */
function hashDigests(digests: readonly string[]): string {
  const hash = createHash('sha256');
  for (const digest of digests) hash.update(Buffer.from(digest, 'hex'));
  return hash.digest('hex');
}

/** As Python orders paths: by their parts. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((part, place) => part !== b[place]);
  if (index === -1) return a.length - b.length;
  const [left = '', right] = [a[index], b[index]];
  return right === undefined || left > right ? 1 : -1;
}

function bare(digest: string): string {
  return digest.replace(/^sha256:/, '');
}
