import { expect, test } from 'vitest';
import { computeEventDigest, examineLedger, nameEventFile } from '../../../src/registry/ledger/chain.ts';
import { type Anchor, findLedgerFaults } from '../../../src/registry/ledger/verification.ts';
import { makeLedger, writeEvents } from '../../registry/ledger/chains.ts';
import {
  draftHealth,
  draftPromotion,
  draftRelease,
  draftRollback,
  draftVerdict,
} from '../../registry/ledger/drafts.ts';

const DRAFTS = [
  draftRelease('churn', 'v1.0.0'),
  draftPromotion('churn', 'production', 1, 'v1.0.0'),
  { kind: 'drift', id: 'drift:1', model: 'churn' },
  draftHealth('churn', 'production', 'v1.0.0', true, '1'),
  draftVerdict('churn', '1'),
  draftRelease('churn', 'v1.1.0'),
  draftPromotion('churn', 'production', 2, 'v1.1.0'),
  draftRollback('churn', 'production', 3, 'v1.0.0', 'v1.1.0'),
];

/** Every bit of every byte would be eight times the work, and tell no more. */
const MASKS = [0x01, 0x20];

test('whatever byte of whatever event is changed, the event is named', () => {
  const files = writeEvents(DRAFTS);
  const anchors: Anchor[] = makeLedger(DRAFTS).events.flatMap((event) => {
    if (!('tag' in event)) return [];
    const head = { sequence: event.sequence, digest: computeEventDigest(event) };
    return [{ where: `the tag ${event.tag}`, head, tag: event.tag }];
  });
  let changes = 0;
  for (const [path, bytes] of files) {
    for (const [at, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[at] = byte ^ (MASKS[at % MASKS.length] ?? 1);
      const { ledger, faults } = examineLedger(new Map(files).set(path, changed));
      const all = [...faults, ...findLedgerFaults(ledger, anchors, { tags: [], releases: [] })].filter(
        ({ unfinished }) => !unfinished,
      );
      const named = all.some(({ where, found }) => `${where} ${found}`.includes(path));
      if (!named) throw new Error(`Byte ${at} of ${path} was changed, and found was ${JSON.stringify(all)}`);
      changes += 1;
    }
  }
  expect(changes).toBeGreaterThan(5000);
  expect(files.has(nameEventFile(DRAFTS.length))).toBe(true);
});
