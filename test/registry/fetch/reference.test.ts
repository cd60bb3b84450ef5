import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import type { Ledger } from '../../../src/registry/ledger/ledger.ts';
import { parseReference, resolveReference } from '../../../src/registry/reference.ts';

const VERSIONS = ['v1.0.0', 'v1.2.0', 'v1.3.0', 'v2.0.0-rc.1'];
const releases = VERSIONS.map((version) => ({ kind: 'release', model: 'churn', version, tag: `churn@${version}` }));
const place = (version: string, kind = 'promotion') => ({
  ...{ kind, model: 'churn', stage: 'production', version, created: '2026-11-23T00:00:00Z' },
});
const events = [...releases, place('v1.3.0'), place('v1.0.0', 'rollback')] as unknown as LedgerEvent[];
const ledger: Ledger = { events, head: undefined, commit: undefined };
const published = VERSIONS.filter((version) => version !== 'v1.3.0').map((version) => ({
  tagName: `churn@${version}`,
  draft: false,
}));

const resolve = (text: string) => resolveReference(parseReference(text), ledger, published).version;

test.each([
  ['churn@v1.2.0', 'v1.2.0'],
  ['churn@1.2.0', 'v1.2.0'],
  ['churn@^1.0', 'v1.2.0'],
  ['churn@latest', 'v1.2.0'],
  ['churn@^2.0.0-rc.0', 'v2.0.0-rc.1'],
  ['churn@production', 'v1.0.0'],
])('%s is %s: published versions, the newest placing of a stage, pre-releases only when named', (text, version) => {
  expect(resolve(text)).toBe(version);
});

test('a version whose release is not published does not exist', () => {
  expect(() => resolve('churn@v1.3.0')).toThrow('is in the ledger, but its release is not published');
  expect(() => resolve('churn@^2')).toThrow('The newest are churn@v2.0.0-rc.1, churn@v1.2.0, churn@v1.0.0');
  expect(() => resolve('other@latest')).toThrow('No version of other is published');
});
