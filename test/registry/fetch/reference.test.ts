import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import type { Ledger } from '../../../src/registry/ledger/ledger.ts';
import { parseReference, resolveReference } from '../../../src/registry/reference.ts';

const VERSIONS = ['v1.0.0', 'v1.2.0', 'v1.3.0', 'v2.0.0-rc.1'];
const releases = VERSIONS.map((version) => ({ kind: 'release', model: 'churn', version, tag: `churn@${version}` }));
const place = (version: string, counter: number, kind = 'promotion') => ({
  ...{ kind, model: 'churn', stage: 'production', version, created: '2026-11-23T00:00:00Z', counter },
  tag: `churn#production#${counter}`,
});
const events = [...releases, place('v1.3.0', 1), place('v1.0.0', 2, 'rollback')] as unknown as LedgerEvent[];
const ledger: Ledger = { events, head: undefined, commit: undefined };
const published = VERSIONS.filter((version) => version !== 'v1.3.0').map((version) => ({
  tagName: `churn@${version}`,
  draft: false,
}));

const resolve = (text: string, ...tags: string[]) =>
  resolveReference(parseReference(text), ledger, published, new Set(tags)).version;

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

test('a version that GTO withdrew is chosen by nobody, and found by its name and in its stage', () => {
  expect(resolve('churn@latest', 'churn@v1.2.0!')).toBe('v1.0.0');
  expect(resolve('churn@^1.2', 'churn@v1.0.0!')).toBe('v1.2.0');
  expect(() => resolve('churn@^1.2', 'churn@v1.2.0!')).toThrow('there is no version `churn@^1.2`');
  expect(resolve('churn@v1.2.0', 'churn@v1.2.0!')).toBe('v1.2.0');
  expect(resolve('churn@production', 'churn@v1.0.0!')).toBe('v1.0.0');
});

test('a ledger that is older than the tags of a stage is not believed', () => {
  expect(resolve('churn@production', 'churn#production#2', 'churn#staging#9', 'chur#production#9')).toBe('v1.0.0');
  expect(() => resolve('churn@production', 'churn#production#10', 'churn#production#9')).toThrow(
    /the tag churn#production#10 is newer than .*\(churn#production#2\).*modelgate verify --ledger/s,
  );
  expect(() => resolve('churn@staging', 'churn#staging#1')).toThrow('the tag churn#staging#1 is newer');
});
