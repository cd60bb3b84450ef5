import { computeSha256 } from '../../../src/evidence/digest.ts';
import type { FileRole } from '../../../src/evidence/schema/manifest.ts';
import { SILENT } from '../../../src/progress.ts';
import type { Package } from '../../../src/registry/package/package.ts';

/** What a file of a test's package is, by its folder. */
export function nameRole(path: string): FileRole {
  return path.startsWith('evidence/') ? 'evidence' : 'model';
}

/** A package of files; `model` are those of the model. */
export function composePackage(
  commit: string,
  files: Package['files'],
  content: string,
  model: Package['files'],
): Package {
  const digests = model.map(({ path, sha256, size }) => ({ path, sha256, size }));
  return {
    model: 'churn',
    commit,
    modelDigest: computeSha256(JSON.stringify(digests)),
    contentDigest: computeSha256(content),
    interface: { task: 'binary', inputs: ['age'], outputs: ['churned'], classes: ['no', 'yes'] },
    evidence: [],
    files,
    facts: {
      verdict: computeSha256('verdict'),
      outcome: 'pass',
      metrics: [],
      rules: [],
      controls: [],
      waivers: [],
      data: [{ name: 'train', sha256: computeSha256('data') }],
      files: digests,
    },
  };
}

/** What publishing is asked for, but for where. */
export function composeOptions(made: Package) {
  return {
    package: made,
    created: '2026-11-20T12:00:00.000Z',
    actor: 'ada',
    run: null,
    renderNotes: ({ version }: { version: string }) => `Notes of ${version}`,
    phase: 'all' as const,
    progress: SILENT,
  };
}
