import { readFile } from 'node:fs/promises';
import { UserMistake } from '../../errors.ts';
import { EXIT } from '../../failure.ts';
import { listReleases } from '../../github/releases.ts';
import { parseRepositoryName } from '../../github/repository.ts';
import { REPOSITORY } from '../../identity.ts';
import { locateFileCache } from '../../registry/fetch/cache.ts';
import { checkAttestations } from '../../registry/provenance/attestations.ts';
import type { SignerPolicy } from '../../registry/provenance/bundle.ts';
import { gatherBundles } from '../../registry/provenance/gathering.ts';
import { checkSignature } from '../../registry/provenance/signature-check.ts';
import { parseReference, resolveReference } from '../../registry/reference.ts';
import { type Check, leaveOpen } from '../../registry/verify/checks.ts';
import { examineFolder } from '../../registry/verify/folder.ts';
import { checkLedger } from '../../registry/verify/ledger.ts';
import { examineVersion } from '../../registry/verify/version.ts';
import type { Terminal } from '../command.ts';
import { openRegistry } from '../registry/opening.ts';
import { openStorage } from '../registry/storage.ts';
import { decideChecks, renderChecks } from './verify-table.ts';

export interface VerifyFlags {
  /** `churn@v1.4.0`; undefined with `folder` or `ledger`. */
  readonly reference?: string | undefined;
  readonly config: string;
  readonly folder?: string;
  readonly ledger?: boolean;
  /** Believes the digests that GitHub tells instead of reading every byte. */
  readonly listed?: boolean;
  readonly repository?: string;
  readonly trustedRoot?: string;
  readonly publicKey?: string;
  readonly attestations?: boolean;
  readonly requireAttestations?: boolean;
  readonly signerWorkflow?: string;
  readonly json?: boolean;
}

/** The workflow that makes releases, whoever calls it. */
const SIGNER_WORKFLOW = `${REPOSITORY}/.github/workflows/model-release.yml`;
const ONE = 'Name one thing: a version (churn@v1.4.0), --folder with a downloaded release, or --ledger.';

/** `modelgate verify`: compares a version, a downloaded release or the ledger with everything that speaks of it. */
export async function runVerify(terminal: Terminal, flags: VerifyFlags): Promise<number> {
  const asked = [flags.reference, flags.folder, flags.ledger].filter((one) => one !== undefined && one !== false);
  if (asked.length !== 1) throw new UserMistake({ found: `${asked.length} things were named to verify`, fix: ONE });
  const step = terminal.progress.start('Verifying');
  let checks: readonly Check[];
  try {
    checks = await gatherChecks(terminal, flags);
  } catch (error) {
    step.fail();
    throw error;
  }
  const outcome = decideChecks(checks);
  if (outcome === 'pass') step.done(`Verified: ${checks.length} checks`);
  else step.fail('Verified, and something is wrong');
  if (flags.json) terminal.print(JSON.stringify({ outcome, checks }, null, 2));
  else terminal.print(renderChecks(checks, terminal));
  return outcome === 'pass' ? EXIT.pass : EXIT.notPass;
}

async function gatherChecks(terminal: Terminal, flags: VerifyFlags): Promise<readonly Check[]> {
  if (flags.ledger) {
    const { client, repository } = await openRegistry(terminal, flags.repository ? flags : {});
    return await checkLedger(client, repository);
  }
  return flags.folder === undefined
    ? await verifyVersion(terminal, flags, flags.reference ?? '')
    : await verifyFolder(terminal, flags, flags.folder);
}

async function verifyVersion(terminal: Terminal, flags: VerifyFlags, text: string): Promise<readonly Check[]> {
  const { signal } = terminal;
  const reference = parseReference(text);
  const trust = await readTrust(terminal, flags);
  const { repository: named } = flags;
  const { client, repository, ledger } = await openRegistry(terminal, named === undefined ? {} : { repository: named });
  const [known, releases] = await Promise.all([ledger.read(), listReleases(client, repository)]);
  const event = resolveReference(reference, known, releases);
  const store = await openStorage(terminal, flags.config, event);
  const place = { client, repository, event, signal };
  const found = await examineVersion(place, { depth: flags.listed ? 'listed' : 'downloaded', store, signal });
  const { checks, manifest, documents, assets, signature } = found;
  if (manifest === undefined) return checks;
  const policy = { ...trust.policy, repository: repository.fullName, repositoryId: repository.id };
  const { bundles, refused } = await gatherBundles(place, assets, manifest);
  const silence =
    refused === undefined ? [] : [leaveOpen('attestations', 'are told by GitHub', refused, trust.required)];
  return [
    ...checks,
    ...silence,
    ...checkAttestations({ ...trust, bundles, manifest, digest: event.manifest, documents, policy }),
    ...checkSignature({ ...trust, manifest, signature, policy }),
  ];
}

async function verifyFolder(terminal: Terminal, flags: VerifyFlags, folder: string): Promise<readonly Check[]> {
  const trust = await readTrust(terminal, flags);
  const {
    checks,
    manifest,
    digest,
    documents,
    bundles: texts,
    signature,
  } = await examineFolder(folder, terminal.signal);
  const repository = flags.repository ?? terminal.environment['GITHUB_REPOSITORY'] ?? '';
  if (trust.roots !== undefined && parseRepositoryName(repository) === undefined) {
    const fix = 'Add --repository owner/name: what a folder says of itself proves nothing.';
    throw new UserMistake({ found: 'nothing says whose release this has to be', fix });
  }
  const policy = { ...trust.policy, repository };
  const bundles = [...texts].map(([place, content]) => ({ place, released: true, content }));
  return [
    ...checks,
    ...checkAttestations({ ...trust, bundles, manifest, digest, documents, policy }),
    ...checkSignature({ ...trust, manifest, signature, policy }),
  ];
}

/** What signatures are believed by. Nothing is fetched from Sigstore unless attestations were asked for. */
async function readTrust(terminal: Terminal, flags: VerifyFlags) {
  const { trustedRoot, publicKey, signerWorkflow: workflow = SIGNER_WORKFLOW } = flags;
  const required = flags.requireAttestations ?? false;
  const { fetchTrustRoot, readTrustRoots } = await import('../../registry/provenance/trust-root.ts');
  const roots =
    trustedRoot !== undefined
      ? await readTrustRoots(trustedRoot)
      : flags.attestations || required
        ? await fetchTrustRoot(locateFileCache(terminal.environment))
        : undefined;
  if (!/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml(@\S+)?$/.test(workflow)) {
    const fix = 'Write owner/name/.github/workflows/x.yml, with @ref behind it to pin the ref too.';
    throw new UserMistake({ found: `--signer-workflow is \`${workflow}\``, fix });
  }
  const key = publicKey === undefined ? undefined : await readFile(publicKey, 'utf8');
  const policy: Pick<SignerPolicy, 'workflow'> = { workflow };
  return { roots, required, publicKey: key, policy };
}
