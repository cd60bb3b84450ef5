import { readFile } from 'node:fs/promises';
import { UserMistake } from '../../errors.ts';
import { EXIT } from '../../failure.ts';
import type { Client } from '../../github/client.ts';
import { readDefaultBranch } from '../../github/default-branch.ts';
import { readFault } from '../../github/git.ts';
import { readOriginName } from '../../github/remote.ts';
import { parseRepositoryName, type Repository } from '../../github/repository.ts';
import { REPOSITORY } from '../../identity.ts';
import { during } from '../../progress.ts';
import { locateFileCache } from '../../registry/fetch/cache.ts';
import { computeEventDigest } from '../../registry/ledger/chain.ts';
import { findVersion } from '../../registry/lookup.ts';
import { examineAttestations } from '../../registry/provenance/attestations.ts';
import type { SignerPolicy } from '../../registry/provenance/bundle.ts';
import { gatherBundles } from '../../registry/provenance/gathering.ts';
import { checkSignature } from '../../registry/provenance/signature-check.ts';
import { parseReference } from '../../registry/reference.ts';
import { checkAnchor, type GivenAnchor } from '../../registry/verify/anchor.ts';
import { type Check, leaveOpen } from '../../registry/verify/checks.ts';
import { examineFolder } from '../../registry/verify/folder.ts';
import { checkLedger } from '../../registry/verify/ledger.ts';
import { examineVersion } from '../../registry/verify/version.ts';
import { isPrerelease } from '../../registry/versions/order.ts';
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
  /** `refs/heads/main`: where a final version must come from; the default branch, where the repository can be asked. */
  readonly sourceRef?: string;
  /** `sha256:…`, known from elsewhere. */
  readonly manifestDigest?: string;
  readonly eventDigest?: string;
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
  const checks = await during(step, () => gatherChecks(terminal, flags));
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
    return await verifyLedger(terminal, client, repository);
  }
  return flags.folder === undefined
    ? await verifyVersion(terminal, flags, flags.reference ?? '')
    : await verifyFolder(terminal, flags, flags.folder);
}

/** A clone tells all tags by one fetch. Where it cannot fetch, as without a credential, the API is asked for each. */
async function verifyLedger({ progress, signal }: Terminal, client: Client, repository: Repository) {
  const origin = await readOriginName('.');
  const isClone = `${origin?.owner}/${origin?.name}`.toLowerCase() === repository.fullName.toLowerCase();
  const about = { client, repository, now: new Date() };
  if (!isClone) return await checkLedger(about);
  try {
    return await checkLedger({ ...about, clone: { folder: '.', signal } });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserMistake) throw error;
    progress.warn(`this clone cannot fetch, so that each tag costs a request: ${readFault(error)}`);
    return await checkLedger(about);
  }
}

async function verifyVersion(terminal: Terminal, flags: VerifyFlags, text: string): Promise<readonly Check[]> {
  const { signal } = terminal;
  const reference = parseReference(text);
  const trust = await readTrust(terminal, flags);
  const given = readGivenAnchor(flags);
  const { repository: named } = flags;
  const registry = await openRegistry(terminal, named === undefined ? {} : { repository: named });
  const { client, repository } = registry;
  const { event, withdrawn } = await findVersion(registry, reference);
  if (withdrawn) terminal.progress.warn(`${event.tag} was withdrawn: the tag ${event.tag}! says so`);
  const store = await openStorage(terminal, flags.config, event);
  const place = { client, repository, event, signal };
  const found = await examineVersion(place, { depth: flags.listed ? 'listed' : 'downloaded', store, signal });
  const { checks, manifest, documents, assets, signature } = found;
  if (manifest === undefined) return checks;
  const final = trust.roots !== undefined && !isPrerelease(manifest.version);
  const branch = final && flags.sourceRef === undefined ? await readDefaultBranch(client, repository) : undefined;
  const sourceRef = final ? (flags.sourceRef ?? `refs/heads/${branch?.name}`) : undefined;
  const policy = { ...trust.policy, repository: repository.fullName, repositoryId: repository.id, sourceRef };
  const { bundles, refused } = await gatherBundles(place, assets, manifest);
  const silence =
    refused === undefined ? [] : [leaveOpen('attestations', 'are told by GitHub', refused, trust.required)];
  return [
    ...checks,
    ...silence,
    ...checkAnchor(given, { manifest: event.manifest, event: computeEventDigest(event), inLedger: true }),
    ...examineAttestations({ ...trust, bundles, manifest, digest: event.manifest, documents, policy }).checks,
    ...checkSignature({ ...trust, manifest, signature, policy }),
  ];
}

async function verifyFolder(terminal: Terminal, flags: VerifyFlags, folder: string): Promise<readonly Check[]> {
  const trust = await readTrust(terminal, flags);
  const given = readGivenAnchor(flags);
  const examined = await examineFolder(folder, terminal.signal);
  const { checks, manifest, digest, documents, signature } = examined;
  const repository = flags.repository ?? terminal.environment['GITHUB_REPOSITORY'] ?? '';
  if (trust.roots !== undefined && parseRepositoryName(repository) === undefined) {
    const fix = 'Add --repository owner/name: what a folder says of itself proves nothing.';
    throw new UserMistake({ found: 'nothing says whose release this has to be', fix });
  }
  const final = !isPrerelease(manifest.version);
  if (trust.roots !== undefined && final && flags.sourceRef === undefined) {
    const fix = 'Add --source-ref with the default branch of the repository, such as refs/heads/main.';
    throw new UserMistake({ found: `nothing says which branch ${manifest.version} has to come from`, fix });
  }
  const policy = { ...trust.policy, repository, sourceRef: final ? flags.sourceRef : undefined };
  const bundles = [...examined.bundles].map(([place, content]) => ({ place, released: true, content }));
  const attested = examineAttestations({ ...trust, bundles, manifest, digest, documents, policy });
  const found = { manifest: digest, event: examined.eventDigest, attested: attested.namesManifest };
  return [
    ...checks,
    ...checkAnchor(given, found),
    ...attested.checks,
    ...checkSignature({ ...trust, manifest, signature, policy }),
  ];
}

/** Digests that somebody knows from elsewhere. */
function readGivenAnchor({ manifestDigest: manifest, eventDigest: event }: VerifyFlags): GivenAnchor {
  const wrong = [['--manifest-digest', manifest] as const, ['--event-digest', event] as const].filter(
    ([, text]) => text !== undefined && !/^sha256:[0-9a-f]{64}$/.test(text),
  );
  if (wrong.length === 0) return { manifest, event };
  const fix = 'Write sha256: and 64 hexadecimal digits.';
  throw new UserMistake(wrong.map(([flag, text]) => ({ found: `${flag} is \`${text}\``, fix })));
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
  if (flags.sourceRef !== undefined && !/^refs\/(heads|tags)\/\S+$/.test(flags.sourceRef)) {
    const fix = 'Write a full ref, such as refs/heads/main.';
    throw new UserMistake({ found: `--source-ref is \`${flags.sourceRef}\``, fix });
  }
  const policy: Pick<SignerPolicy, 'workflow'> = { workflow };
  return { roots, required, publicKey: key, policy };
}
