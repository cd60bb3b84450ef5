import { type Bundle, bundleFromJSON, isBundleWithDsseEnvelope } from '@sigstore/bundle';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { type Signer, toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { messageOf } from '../../errors.ts';
import { parseStatement, type Statement } from './statement.ts';

/** Where the tokens come from that jobs of GitHub Actions sign with. */
export const ACTIONS_ISSUER = 'https://token.actions.githubusercontent.com';

/** Fulcio's extensions of a certificate (sigstore/fulcio, docs/oid-info.md). */
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12';
const SOURCE_REPOSITORY_ID = '1.3.6.1.4.1.57264.1.15';
const UTF8_STRING = 0x0c;

/** Who may have signed. */
export interface SignerPolicy {
  /** `owner/name/.github/workflows/x.yml`, or with `@ref` behind it for that ref only. */
  readonly workflow: string;
  /** The repository that the workflow ran for: its name, and its id where it is known. */
  readonly repository: string;
  readonly repositoryId?: number | undefined;
}

/** A statement that was signed by whom it should be, or why it was not believed. */
export type Verified = { readonly statement: Statement; readonly signer: string } | { readonly fault: string };

/**
 * Verifies a bundle of Sigstore's: certificate, log entries and time stamps by a trusted root, the signature, and that it
 * was the pinned workflow, run for the repository, that signed. What is given may come from anybody.
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
  return typeof statement === 'string' ? { fault: statement } : { statement, signer: result.signer };
}

/** Verifies a bundle without a look at what it states; answers with the address of the workflow that signed. */
export function verifyCertificate(
  bundle: Bundle,
  roots: readonly TrustedRoot[],
  policy: SignerPolicy,
): { readonly signer: string } | { readonly fault: string } {
  const faults: string[] = [];
  for (const root of roots) {
    try {
      const signer = verifySignature(bundle, root, policy);
      const fault = findRepositoryFault(signer, policy);
      if (fault !== undefined) return { fault };
      return { signer: signer.identity?.subjectAlternativeName ?? '' };
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

/** The whole address of a workflow, at any ref where none is named. */
function matchWorkflow(workflow: string): RegExp {
  const escaped = workflow.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^https://github\\.com/${escaped}${workflow.includes('@') ? '' : '@[^@]+'}$`);
}

function findRepositoryFault({ identity }: Signer, policy: SignerPolicy): string | undefined {
  const read = (id: string) => {
    const found = identity?.oids?.find(({ oid }) => oid?.id.join('.') === id);
    return found && readText(Buffer.from(found.value));
  };
  const expected = `https://github.com/${policy.repository}`;
  const name = read(SOURCE_REPOSITORY);
  if (name?.toLowerCase() !== expected.toLowerCase())
    return `it was signed for ${name ?? 'no repository'}, not for ${expected}`;
  const id = read(SOURCE_REPOSITORY_ID);
  if (policy.repositoryId === undefined || id === String(policy.repositoryId)) return undefined;
  return `it was signed for the repository of id ${id ?? '(none)'}, and ${policy.repository} has ${policy.repositoryId}`;
}

/** An UTF8String of DER whose length fits into one or two bytes. */
function readText(der: Buffer): string | undefined {
  const long = der[1] === 0x81;
  const length = der[long ? 2 : 1];
  const start = long ? 3 : 2;
  if (der[0] !== UTF8_STRING || length === undefined || der.length !== start + length) return undefined;
  return der.subarray(start).toString('utf8');
}
