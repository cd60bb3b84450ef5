import { describe, expect, test } from 'vitest';
import type { Stage } from '../../../src/config/stages.ts';
import type { LedgerDraft, LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import type { Ledger } from '../../../src/registry/ledger/ledger.ts';
import type { Agreement } from '../../../src/registry/promotion/agreement.ts';
import { decidePromotion, type PromotionFacts } from '../../../src/registry/promotion/decision.ts';
import { computeStay } from '../../../src/registry/promotion/stay.ts';
import { draftPromotion, draftRelease, draftRollback } from '../ledger/drafts.ts';
import { BEGIN, HOUR, plainStage } from './world.ts';

/** A ledger of drafts, one each hour. */
function createLedger(...drafts: readonly LedgerDraft[]): Ledger {
  const tool = { name: 'modelgate', version: '0' };
  const events = drafts.map((draft, index) => {
    const created = new Date(BEGIN + index * HOUR).toISOString();
    return { schemaVersion: 1, sequence: index + 1, previous: null, created, tool, ...draft } as LedgerEvent;
  });
  return { events, head: undefined, commit: undefined };
}

const RELEASE = draftRelease('churn', 'v1.0.0', {
  rules: [
    { id: 'good', outcome: 'pass', waived: false },
    { id: 'bad', outcome: 'fail', waived: false },
    { id: 'open', outcome: 'cannot-measure', waived: false },
    { id: 'first', outcome: 'not-applicable', waived: false },
    { id: 'excused', outcome: 'pass', waived: true },
  ],
  controls: [{ id: 'card', outcome: 'pass', waived: false }],
});
const put = (stage: string, version: string) => draftPromotion('churn', stage, 1, version, { id: 'x' });
const back = (stage: string, version: string, from: string) => draftRollback('churn', stage, 1, version, from);

const PRODUCTION = plainStage('production');
const at = (hours: number) => new Date(BEGIN + hours * HOUR);

function decide(stage: Stage, ledger: Ledger, more: Partial<PromotionFacts> = {}, version = 'v1.0.0') {
  const asked = { model: 'churn', version, stage: stage.name, reason: '', requestedBy: 'ada' };
  const agreement: Agreement = { state: 'needless' };
  const stages = [plainStage('staging'), stage];
  return decidePromotion(asked, { stages, ledger, published: true, agreement, now: at(100), ...more });
}

const tell = (decision: ReturnType<typeof decide>) =>
  decision.state === 'refused' ? decision.refusals.map(({ ground, found }) => `${ground}: ${found}`) : decision.state;

describe('a version may come in', () => {
  test('where nothing is asked', () => {
    expect(decide(PRODUCTION, createLedger(RELEASE))).toMatchObject({ state: 'allowed', from: null });
  });

  test('in the place of what is there', () => {
    const ledger = createLedger(RELEASE, put('production', 'v0.9.0'));
    expect(decide(PRODUCTION, ledger)).toMatchObject({ state: 'allowed', from: 'v0.9.0' });
  });

  test('unless it is there already, whatever the stage asks for', () => {
    const ledger = createLedger(RELEASE, put('production', 'v1.0.0'));
    const strict = plainStage('production', { controls: ['bad'], from: ['staging'] });
    expect(decide(strict, ledger, { published: false })).toMatchObject({ state: 'live', event: { version: 'v1.0.0' } });
  });

  test('only if it exists', () => {
    expect(tell(decide(PRODUCTION, createLedger(RELEASE), {}, 'v1.0.1'))).toEqual([
      'version: there is no version churn@v1.0.1',
    ]);
    expect(tell(decide(PRODUCTION, createLedger(RELEASE), { published: false }))).toEqual([
      'release: the release churn@v1.0.0 is not published',
    ]);
  });

  test.each([
    ['good', 'allowed'],
    ['card', 'allowed'],
    ['bad', ['controls: production needs `bad`, and it came to fail in the verdict of churn@v1.0.0']],
    ['open', ['controls: production needs `open`, and it came to cannot-measure in the verdict of churn@v1.0.0']],
    ['first', ['controls: production needs `first`, and it came to not-applicable in the verdict of churn@v1.0.0']],
    ['excused', ['controls: production needs `excused`, and it was waived in the verdict of churn@v1.0.0']],
    ['gone', ['controls: production needs `gone`, and it is not there in the verdict of churn@v1.0.0']],
  ])('of a control %s: %j', (id, told) => {
    expect(tell(decide(plainStage('production', { controls: [id] }), createLedger(RELEASE)))).toEqual(told);
  });

  test('only from where the stage says', () => {
    const stage = plainStage('production', { from: ['staging', 'canary'] });
    expect(tell(decide(stage, createLedger(RELEASE)))).toEqual([
      'transition: churn@v1.0.0 has never been in staging and has never been in canary, and production takes versions from there only',
    ]);
    expect(decide(stage, createLedger(RELEASE, put('canary', 'v1.0.0'))).state).toBe('allowed');
    // It was there, and another took its place: it has come that way.
    expect(decide(stage, createLedger(RELEASE, put('staging', 'v1.0.0'), put('staging', 'v2.0.0'))).state).toBe(
      'allowed',
    );
  });

  test('where pre-releases may, if it is one', () => {
    const ledger = createLedger(draftRelease('churn', 'v2.0.0-rc.1'));
    expect(tell(decide(PRODUCTION, ledger, {}, 'v2.0.0-rc.1'))).toEqual([
      'prerelease: churn@v2.0.0-rc.1 is a pre-release, and production takes none',
    ]);
    expect(tell(decide(plainStage('production', { prereleases: true }), ledger, {}, 'v2.0.0-rc.1'))).toBe('allowed');
  });

  test('not where it was rolled back from', () => {
    const stage = plainStage('production', { from: ['staging'] });
    const ledger = createLedger(
      RELEASE,
      put('staging', 'v0.9.0'),
      put('staging', 'v1.0.0'),
      back('staging', 'v0.9.0', 'v1.0.0'),
    );
    expect(tell(decide(stage, ledger))).toEqual([expect.stringContaining('was rolled back from in staging')]);
  });

  test('with every reason against it at once', () => {
    const stage = plainStage('production', { from: ['staging'], controls: ['bad', 'excused'] });
    const missing = { state: 'missing', by: 'issue', reason: 'nobody agreed', fix: 'Ask.', refused: [] } as const;
    const decision = decide(stage, createLedger(RELEASE), { published: false, agreement: missing });
    expect(decision).toMatchObject({ state: 'refused', waits: undefined });
    expect(decision.state === 'refused' && decision.refusals.map(({ ground }) => ground)).toEqual([
      'release',
      'transition',
      'controls',
      'controls',
      'approval',
    ]);
  });

  test('once somebody agrees, where that alone is missing', () => {
    const missing = { state: 'missing', by: 'environment', reason: 'nobody agreed', fix: 'Ask.', refused: [] } as const;
    expect(decide(PRODUCTION, createLedger(RELEASE), { agreement: missing })).toMatchObject({ waits: 'environment' });
  });
});

describe('soak', () => {
  const stage = plainStage('production', { from: ['staging'], soakSeconds: 7200 });
  const soak = (now: number, ...drafts: readonly LedgerDraft[]) =>
    decide(stage, createLedger(RELEASE, ...drafts), { now: at(now) });

  test('ends to the second, and says how much is missing and until when', () => {
    const placed = put('staging', 'v1.0.0');
    expect(soak(3, placed).state).toBe('allowed');
    const decision = soak(1.5, placed);
    expect(decision).toMatchObject({
      refusals: [
        {
          ground: 'soak',
          found: 'churn@v1.0.0 was in staging for 30m, and production asks for 2h: 1h30m are missing',
          fix: 'Ask again at 2026-11-01T03:00:00Z; until then it must stay in staging.',
        },
      ],
    });
  });

  test('does not go on once the version has left, and says so', () => {
    expect(soak(50, put('staging', 'v1.0.0'), put('staging', 'v2.0.0'))).toMatchObject({
      refusals: [{ found: expect.stringContaining('1h are missing'), fix: expect.stringContaining('no longer there') }],
    });
  });

  test('adds up over several stays, and begins anew after a rollback from it', () => {
    const twice = [
      put('staging', 'v1.0.0'),
      put('staging', 'v2.0.0'),
      put('staging', 'v1.0.0'),
      put('staging', 'v2.0.0'),
    ];
    expect(soak(50, ...twice).state).toBe('allowed');
    const left = [
      put('staging', 'v1.0.0'),
      put('x', 'v1'),
      back('staging', 'v0.9.0', 'v1.0.0'),
      put('staging', 'v1.0.0'),
    ];
    expect(soak(5, ...left)).toMatchObject({ refusals: [{ found: expect.stringContaining('for 1h,') }] });
  });
});

test('a stay counts no time where a clock ran backwards', () => {
  const ledger = createLedger(RELEASE, put('staging', 'v1.0.0'));
  expect(computeStay(ledger, 'churn', 'staging', 'v1.0.0', at(0))).toEqual({
    entered: true,
    present: true,
    abandoned: false,
    seconds: 0,
  });
  expect(computeStay(ledger, 'fraud', 'staging', 'v1.0.0', at(9))).toMatchObject({ entered: false, seconds: 0 });
});
