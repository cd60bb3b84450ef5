import { gatherSiteFacts, type SiteSources } from '../../../src/cli/registry/site-facts.ts';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import type { LedgerDraft, LedgerMetric, ReleaseEvent } from '../../../src/evidence/schema/ledger.ts';
import type { SiteFacts } from '../../../src/report/site/facts.ts';
import { makeLedger } from '../../registry/ledger/chains.ts';

const COMMIT = 'c0ffee'.repeat(6).padEnd(40, '0');
export const BUILT = new Date('2026-06-01T08:30:00Z');

/** A metric with an interval of a width. */
export function createNumber(name: string, value: number | null, width = 0.02): LedgerMetric {
  if (value === null) return { name, value, n: 0 };
  return { name, value, n: 1000, interval: { low: value - width, high: value + width, level: 0.95, method: 'Wilson' } };
}

type ReleaseDraft = Extract<LedgerDraft, { kind: 'release' }>;

/** The event of a version, made of its own name unless told otherwise. */
export function createRelease(model: string, version: string, changes: Partial<ReleaseEvent> = {}): ReleaseDraft {
  const digest = (text: string) => computeSha256(`${model} ${version} ${text}`);
  return {
    kind: 'release',
    id: `release:${model}:${version}`,
    model,
    actor: 'ada',
    run: { id: 4711, attempt: 1, url: 'https://github.com/octo/zoo/actions/runs/4711' },
    version,
    tag: `${model}@${version}`,
    commit: COMMIT,
    prerelease: version.includes('-'),
    manifest: digest('manifest'),
    modelDigest: digest('model'),
    contentDigest: digest('content'),
    verdict: digest('verdict'),
    outcome: 'pass',
    metrics: [createNumber('accuracy', 0.9), createNumber('log-loss', 0.3)],
    rules: [{ id: 'good-enough', outcome: 'pass', waived: false }],
    controls: [{ id: 'card', outcome: 'pass', waived: false }],
    waivers: [],
    data: [
      { name: 'train', sha256: digest('train') },
      { name: 'test', sha256: computeSha256('test') },
    ],
    files: [{ path: 'out/model.json', sha256: digest('model.json'), size: 48_213 }],
    reference: null,
    ...changes,
  };
}

interface Placed {
  readonly reason?: string;
  readonly from?: string | null;
  readonly kind?: 'promotion' | 'rollback';
  readonly counter?: number;
  readonly url?: string | null;
}

/** The event of a version that comes into a stage. */
export function createPlacing(model: string, stage: string, version: string, placed: Placed = {}): LedgerDraft {
  const { kind = 'promotion', counter = 1, from = null, reason = 'It soaked for a week.' } = placed;
  const event = {
    ...{ id: `${kind}:${model}:${stage}:${counter}`, model, actor: 'github-actions[bot]', run: null },
    ...{ stage, version, counter, tag: `${model}#${stage}#${counter}`, commit: COMMIT, from, requestedBy: 'grace' },
  };
  if (kind === 'rollback') return { ...event, kind, reason };
  const url = placed.url === undefined ? 'https://github.com/octo/zoo/issues/7' : placed.url;
  return { ...event, kind, reason, approvals: [{ login: 'hedy', by: 'issue', url }] };
}

/** What was seen of a version in a stage. */
export function createSign(model: string, stage: string, version: string, healthy: boolean, id: string): LedgerDraft {
  const reason = healthy ? 'No alarm for a day.' : 'The share of empty answers rose to 12%.';
  return { kind: 'health', id, model, actor: 'monitor', run: null, stage, version, healthy, reason };
}

/** The facts of a site with these events. */
export function createFacts(drafts: readonly LedgerDraft[], sources: Partial<SiteSources> = {}): SiteFacts {
  return gatherSiteFacts({
    ledger: makeLedger(drafts),
    repository: 'octo/zoo',
    serverUrl: 'https://github.com',
    built: BUILT,
    tags: new Set(),
    published: undefined,
    stages: new Map(),
    ...sources,
  });
}

/** Three models: one with a life, one that reveals its verdicts only, one with one version. */
export function listZoo(): LedgerDraft[] {
  const churn = (version: string, accuracy: number, loss: number, changes: Partial<ReleaseEvent> = {}) =>
    createRelease('churn', version, {
      metrics: [
        createNumber('accuracy', accuracy),
        createNumber('log-loss', loss, 0.03),
        { name: 'latency', value: 12 + accuracy, n: 50 },
      ],
      ...changes,
    });
  return [
    churn('v1.0.0', 0.842, 0.41),
    createPlacing('churn', 'staging', 'v1.0.0', { counter: 1 }),
    churn('v1.1.0-rc.1', 0.861, 0.385),
    churn('v1.1.0', 0.874, 0.36),
    createPlacing('churn', 'production', 'v1.0.0', { counter: 1 }),
    createPlacing('churn', 'staging', 'v1.1.0', { counter: 2, from: 'v1.0.0' }),
    createRelease('fraud', 'v1.0.0', { metrics: [] }),
    createPlacing('churn', 'production', 'v1.1.0', { counter: 2, from: 'v1.0.0', reason: 'Better on every slice.' }),
    churn('v1.2.0', 0.869, 0.371, {
      controls: [
        { id: 'card', outcome: 'pass', waived: false },
        { id: 'bias-review', outcome: 'fail', waived: true },
      ],
      waivers: [
        { waives: 'bias-review', reason: 'The reviewers meet in March.', approver: 'hedy', expires: '2026-03-31' },
      ],
    }),
    createPlacing('churn', 'staging', 'v1.2.0', { counter: 3, from: 'v1.1.0' }),
    createPlacing('churn', 'production', 'v1.2.0', { counter: 3, from: 'v1.1.0', reason: 'The quarter begins.' }),
    createSign('churn', 'production', 'v1.2.0', false, 'health:1'),
    createPlacing('churn', 'production', 'v1.1.0', {
      ...{ kind: 'rollback', counter: 4, from: 'v1.2.0', reason: 'Too many empty answers since Monday.' },
    }),
    createRelease('tides', 'v0.1.0', { metrics: [createNumber('rmse', 4.2, 0.4)], controls: [] }),
    churn('v1.3.0-rc.1', 0.888, 0.342),
    churn('v1.3.0', 0.893, 0.33, {
      files: [{ path: 'out/model.json', sha256: computeSha256('large'), size: 7e9 }],
      reference: `ghcr.io/octo/churn@${computeSha256('oci')}`,
    }),
    createPlacing('churn', 'staging', 'v1.3.0', { counter: 4, from: 'v1.2.0' }),
    createSign('churn', 'production', 'v1.1.0', true, 'health:2'),
  ];
}

/** The facts of the three models, with a stage that nothing was ever put into, and a version that was withdrawn. */
export function createZooFacts(): SiteFacts {
  const drafts = listZoo();
  const tags = drafts.flatMap((draft) => (draft.kind === 'release' ? [draft.tag] : []));
  return createFacts(drafts, {
    tags: new Set([...tags, 'churn@v1.2.0!']),
    published: new Set(tags.filter((tag) => tag !== 'churn@v1.3.0-rc.1')),
    stages: new Map([['churn', ['staging', 'canary', 'production']]]),
  });
}

/** A model with many versions and five metrics, every fifth a pre-release, promoted every tenth. */
export function listMany(count: number, model = 'churn'): LedgerDraft[] {
  const wave = (index: number, size: number) => Math.sin(index / 37) * size + (((index * 7919) % 101) / 101) * size;
  return Array.from({ length: count }, (_, index): LedgerDraft[] => {
    const version = index % 5 === 4 ? `v1.${index}.0-rc.1` : `v1.${index}.0`;
    const metrics = [
      createNumber('accuracy', 0.85 + wave(index, 0.04)),
      createNumber('macro-f1', 0.8 + wave(index, 0.05)),
      createNumber('log-loss', 0.4 - wave(index, 0.08), 0.03),
      createNumber('ece', 0.05 + wave(index, 0.01), 0.01),
      createNumber('roc-auc', 0.9 + wave(index, 0.03), 0.01),
    ];
    const placing = createPlacing(model, index % 20 === 0 ? 'production' : 'staging', version, { counter: index + 1 });
    return [createRelease(model, version, { metrics }), ...(index % 10 === 0 ? [placing] : [])];
  }).flat();
}
