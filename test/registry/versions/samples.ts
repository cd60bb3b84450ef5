import type { ReleaseEvent } from '../../../src/evidence/schema/ledger.ts';
import type { Manifest } from '../../../src/evidence/schema/manifest.ts';
import type { Package } from '../../../src/registry/package/package.ts';
import { fakeDigest } from '../../support/evidence.ts';

export const SHAPE = { task: 'binary-classification', inputs: ['age'], outputs: ['churned'], classes: ['no', 'yes'] };

/** A package of a model. Whatever is told apart by its name gets a digest of it. */
export function createPackage(overrides: Partial<Package> & { readonly data?: string } = {}): Package {
  const { data = 'data', ...rest } = overrides;
  return {
    model: 'churn',
    commit: 'c'.repeat(40),
    modelDigest: fakeDigest('model'),
    contentDigest: fakeDigest('new content'),
    interface: SHAPE,
    evidence: [],
    files: [],
    facts: {
      verdict: fakeDigest('verdict'),
      outcome: 'pass',
      metrics: [],
      rules: [],
      controls: [],
      waivers: [],
      data: [{ name: 'train', sha256: fakeDigest(data) }],
      files: [],
    },
    ...rest,
  };
}

export function createRelease(version: string, overrides: Partial<ReleaseEvent> = {}): ReleaseEvent {
  return {
    ...createPackage().facts,
    schemaVersion: 1,
    sequence: 1,
    previous: null,
    kind: 'release',
    id: `release:churn:${version}`,
    created: '2026-11-22T09:00:00Z',
    model: 'churn',
    actor: 'ann',
    run: null,
    tool: { name: 'modelgate', version: '0.1.0' },
    version,
    tag: `churn@${version}`,
    commit: 'b'.repeat(40),
    prerelease: version.includes('-'),
    manifest: fakeDigest('manifest'),
    modelDigest: fakeDigest('model'),
    contentDigest: fakeDigest(version),
    reference: null,
    ...overrides,
  };
}

export function createManifest(overrides: Partial<Manifest> = {}): Manifest {
  const sha256 = fakeDigest('model.bin');
  return {
    schemaVersion: 1,
    model: 'churn',
    version: 'v1.0.0',
    commit: 'b'.repeat(40),
    created: '2026-11-22T09:00:00Z',
    tool: { name: 'modelgate', version: '0.1.0' },
    repository: null,
    modelDigest: fakeDigest('model'),
    contentDigest: fakeDigest('content'),
    interface: SHAPE,
    evidence: [],
    files: [
      {
        path: 'out/model.bin',
        role: 'model',
        mediaType: 'application/octet-stream',
        size: 5,
        sha256,
        assets: [{ name: 'model.bin', size: 5, sha256 }],
      },
    ],
    storage: null,
    ...overrides,
  };
}
