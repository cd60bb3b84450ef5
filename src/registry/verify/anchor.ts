import { MANIFEST_FILE } from '../manifest/naming.ts';
import { type Check, judge, leaveOpen, pass } from './checks.ts';

/** What is known of a version from elsewhere: `sha256:…` of its manifest, or of its event in the ledger. */
export interface GivenAnchor {
  readonly manifest?: string | undefined;
  readonly event?: string | undefined;
}

/** What was found. */
export interface FoundAnchor {
  readonly manifest: string;
  readonly event: string | undefined;
  /** Whether an attestation that holds names this very manifest. */
  readonly attested?: boolean;
  /** Whether the ledger itself was read. */
  readonly inLedger?: boolean;
}

const TEXT = 'is known from elsewhere';
/** How to come by an anchor, of a folder that nothing speaks for. */
const HELP =
  'whoever made this folder could have made all of it. Name the digest of its manifest with --manifest-digest, as ' +
  '`modelgate fetch --json` tells it where the repository can be asked, or of its event with --event-digest, as the ' +
  'line Modelgate-Ledger of its tag has it; or verify its attestations with --attestations or --trusted-root';

/**
 * Compares the manifest with what is known of it from outside of its folder: digests that were given, or an attestation.
 * Without any of these nothing is known, and that counts.
 */
export function checkAnchor(given: GivenAnchor, found: FoundAnchor): Check[] {
  const checks: Check[] = [];
  for (const [what, wanted, is] of [
    ['manifest', given.manifest, found.manifest],
    ['event', given.event, found.event],
  ] as const) {
    if (wanted === undefined) continue;
    const fault = `the ${what} has the digest ${is ?? '(there is none that names this manifest)'} instead of ${wanted}`;
    checks.push(judge(MANIFEST_FILE, TEXT, is === wanted ? undefined : fault, `${what} ${wanted}, as it was given`));
  }
  if (checks.length > 0 || found.inLedger) return checks;
  if (found.attested) return [pass(MANIFEST_FILE, TEXT, 'an attestation names it')];
  return [leaveOpen(MANIFEST_FILE, TEXT, HELP, true)];
}
