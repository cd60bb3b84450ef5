import { expect, test } from 'vitest';
import { checkAnchor } from '../../../src/registry/verify/anchor.ts';

const [MANIFEST, EVENT, OTHER] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`);
const found = { manifest: String(MANIFEST), event: EVENT };
const outcomes = (...question: Parameters<typeof checkAnchor>) =>
  checkAnchor(...question).map(({ outcome, counts }) => `${outcome}${counts ? '' : ' (does not count)'}`);

test('a manifest that nobody else knows is not verified, whatever lies beside it', () => {
  expect(outcomes({}, found)).toEqual(['cannot-measure']);
  expect(checkAnchor({}, found)[0]?.reason).toMatch(/--manifest-digest.*--event-digest.*--trusted-root/);
  expect(outcomes({}, { ...found, attested: true })).toEqual(['pass']);
  expect(outcomes({}, { ...found, inLedger: true })).toEqual([]);
});

test('digests from elsewhere must be those of the manifest and of its event', () => {
  expect(outcomes({ manifest: MANIFEST, event: EVENT }, found)).toEqual(['pass', 'pass']);
  expect(outcomes({ manifest: OTHER }, { ...found, attested: true })).toEqual(['fail']);
  expect(outcomes({ event: OTHER }, { ...found, inLedger: true })).toEqual(['fail']);
  expect(outcomes({ event: EVENT }, { ...found, event: undefined })).toEqual(['fail']);
});
