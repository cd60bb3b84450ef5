import type { LedgerDraft } from '../../../src/evidence/schema/ledger.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const COMMIT = '1'.repeat(40);

type DraftOf<K extends LedgerDraft['kind']> = Extract<LedgerDraft, { kind: K }>;

function describeActor(model: string) {
  return { model, actor: 'ada', run: { id: 7, attempt: 1, url: 'https://github.invalid/octo/zoo/actions/runs/7' } };
}

/** A version that was accepted. */
export function draftRelease(model: string, version: string, more: Partial<DraftOf<'release'>> = {}): LedgerDraft {
  return {
    kind: 'release',
    id: `release:${model}:${version}`,
    ...describeActor(model),
    version,
    tag: `${model}@${version}`,
    commit: COMMIT,
    prerelease: version.includes('-'),
    manifest: DIGEST,
    modelDigest: DIGEST,
    contentDigest: DIGEST,
    verdict: DIGEST,
    outcome: 'pass',
    metrics: [{ name: 'accuracy', value: 0.912_345_678_912_345, n: 200 }],
    rules: [{ id: 'accuracy', outcome: 'pass', waived: false }],
    controls: [],
    waivers: [],
    data: [{ name: 'train', sha256: DIGEST }],
    files: [{ path: 'model.bin', sha256: DIGEST, size: 3 }],
    reference: null,
    ...more,
  };
}

function describePlace(model: string, stage: string, counter: number, version: string, from: string | null) {
  const tag = `${model}#${stage}#${counter}`;
  return { ...describeActor(model), stage, version, counter, tag, commit: COMMIT, from, requestedBy: 'ada' };
}

/** A version that was put into a stage. */
export function draftPromotion(
  model: string,
  stage: string,
  counter: number,
  version: string,
  more: Partial<DraftOf<'promotion'>> = {},
): LedgerDraft {
  const place = describePlace(model, stage, counter, version, null);
  return { kind: 'promotion', id: `promotion:${place.tag}`, ...place, reason: '', approvals: [], ...more };
}

/** A stage that went back to a version. */
export function draftRollback(
  model: string,
  stage: string,
  counter: number,
  version: string,
  from: string,
): LedgerDraft {
  const place = describePlace(model, stage, counter, version, from);
  return { kind: 'rollback', id: `rollback:${place.tag}`, ...place, reason: 'It was slow' };
}

/** A verdict that was counted. */
export function draftVerdict(model: string, id: string, more: Partial<DraftOf<'verdict'>> = {}): LedgerDraft {
  const digests = { modelDigest: DIGEST, predictions: DIGEST, testSet: DIGEST, config: DIGEST };
  const asked = { budget: 'test-2026', commit: COMMIT, outcome: 'fail' as const, ...digests };
  return { kind: 'verdict', id: `verdict:test-2026:${id}`, ...describeActor(model), ...asked, ...more };
}

/** What was seen of a version in a stage. */
export function draftHealth(model: string, stage: string, version: string, healthy: boolean, id: string): LedgerDraft {
  return { kind: 'health', id: `health:${id}`, ...describeActor(model), stage, version, healthy, reason: '' };
}
