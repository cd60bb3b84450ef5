import { type Bundle, bundleFromJSON, isBundleWithDsseEnvelope } from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { type Signer, toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { messageOf } from '../../errors.ts';
import { parseStatement, type Statement } from './statement.ts';

/** Where the tokens come from that jobs of GitHub Actions sign with. */
export const ACTIONS_ISSUER = 'https://token.actions.githubusercontent.com';

/** Fulcio's extensions of a certificate (sigstore/fulcio, docs/oid-info.md). */
const BUILD_SIGNER_DIGEST = '1.3.6.1.4.1.57264.1.10';
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12';
const SOURCE_REPOSITORY_REF = '1.3.6.1.4.1.57264.1.14';
const SOURCE_REPOSITORY_ID = '1.3.6.1.4.1.57264.1.15';
const UTF8_STRING = 0x0c;

/** Who may have signed. */
export interface SignerPolicy {
  /** `owner/name/.github/workflows/x.yml`, or with `@` and a ref or a commit behind it for that one only. */
  readonly workflow: string;
  /** The repository that the workflow ran for: its name, and its id where it is known. */
  readonly repository: string;
  readonly repositoryId?: number | undefined;
  /** `refs/heads/main`: what the run was for. Undefined where it may be any, as of a pre-release. */
  readonly sourceRef: string | undefined;
}

/** A statement that was signed by whom it should be, or why it was not believed. */
export type Verified = ({ readonly statement: Statement } & Signature) | { readonly fault: string };

/** Who signed: the address of the workflow, and what its run was for, such as `refs/heads/main`. */
export interface Signature {
  readonly signer: string;
  readonly sourceRef: string;
}

/**
 * Verifies a bundle of Sigstore's: certificate, log entries and time stamps by a trusted root, the signature, and that it
 * was the pinned workflow, run for the repository and the pinned ref, that signed. What is given may come from anybody.
 */
export function verifyBundle(value: unknown, roots: readonly TrustedRoot[], policy: SignerPolicy): Verified {
  let bundle: Bundle;
  try {
    bundle = bundleFromJSON(value);
  } catch (error) {
    return { fault: `it is no bundle of Sigstore's: ${messageOf(error)}` };
  }
  if (!isBundleWithDsseEnvelope(bundle)) return { fault: 'it holds no statement' };
  const result = verifyCertificate(bundle, roots, policy);
  if ('fault' in result) return result;
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  const statement = parseStatement(payload, payloadType);
  return typeof statement === 'string' ? { fault: statement } : { statement, ...result };
}

/** Verifies a bundle without a look at what it states; answers with who signed. */
export function verifyCertificate(
  bundle: Bundle,
  roots: readonly TrustedRoot[],
  policy: SignerPolicy,
): Signature | { readonly fault: string } {
  const faults: string[] = [];
  for (const root of roots) {
    try {
      const signer = verifySignature(bundle, root, policy);
      const fault = findSourceFault(signer, policy);
      if (fault !== undefined) return { fault };
      const sourceRef = readExtension(signer, SOURCE_REPOSITORY_REF) ?? 'no ref';
      return { signer: signer.identity?.subjectAlternativeName ?? '', sourceRef };
    } catch (error) {
      faults.push(messageOf(error));
    }
  }
  return { fault: faults.join('; ') || 'there is no trusted root to verify it by' };
}

/** A root without logs, as GitHub's own for private repositories, lets signatures be without entries in one. */
function verifySignature(bundle: Bundle, root: TrustedRoot, policy: SignerPolicy): Signer {
  const verifier = new Verifier(toTrustMaterial(root), {
    tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
    ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
    timestampThreshold: 1,
  });
  return verifier.verify(toSignedEntity(bundle), {
    subjectAlternativeName: matchWorkflow(policy.workflow),
    extensions: { issuer: ACTIONS_ISSUER },
  });
}

/** The whole address of a workflow, at any ref where none is named; a commit is named by another extension. */
function matchWorkflow(workflow: string): RegExp {
  const [path = '', ref] = splitWorkflow(workflow);
  const quote = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const end = ref === undefined || COMMIT.test(ref) ? '[^@]+' : quote(ref);
  return new RegExp(`^https://github\\.com/${quote(path)}@${end}$`);
}

const COMMIT = /^[0-9a-f]{40}$/;

function splitWorkflow(workflow: string): [path: string, ref: string | undefined] {
  const at = workflow.indexOf('@');
  return at === -1 ? [workflow, undefined] : [workflow.slice(0, at), workflow.slice(at + 1)];
}

function readExtension({ identity }: Signer, id: string): string | undefined {
  const found = identity?.oids?.find(({ oid }) => oid?.id.join('.') === id);
  return found && readText(Buffer.from(found.value));
}

function findSourceFault(signer: Signer, policy: SignerPolicy): string | undefined {
  const read = (id: string) => readExtension(signer, id);
  const expected = `https://github.com/${policy.repository}`;
  const name = read(SOURCE_REPOSITORY);
  if (name?.toLowerCase() !== expected.toLowerCase())
    return `it was signed for ${name ?? 'no repository'}, not for ${expected}`;
  const id = read(SOURCE_REPOSITORY_ID);
  if (policy.repositoryId !== undefined && id !== String(policy.repositoryId)) {
    return `it was signed for the repository of id ${id ?? '(none)'}, and ${policy.repository} has ${policy.repositoryId}`;
  }
  const ref = read(SOURCE_REPOSITORY_REF);
  if (policy.sourceRef !== undefined && ref !== policy.sourceRef) {
    return `it was signed by a run for ${ref ?? 'no ref'}, and a final version comes from ${policy.sourceRef}`;
  }
  const [, commit = ''] = splitWorkflow(policy.workflow);
  const digest = COMMIT.test(commit) ? read(BUILD_SIGNER_DIGEST) : commit;
  return digest === commit
    ? undefined
    : `the workflow that signed was at the commit ${digest ?? '(none)'}, not ${commit}`;
}

/** An UTF8String of DER whose length fits into one or two bytes. */
function readText(der: Buffer): string | undefined {
  const long = der[1] === 0x81;
  const length = der[long ? 2 : 1];
  const start = long ? 3 : 2;
  if (der[0] !== UTF8_STRING || length === undefined || der.length !== start + length) return undefined;
  return der.subarray(start).toString('utf8');
}
