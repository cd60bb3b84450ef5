import type { Stage } from '../../../src/config/stages.ts';
import type { LedgerDraft } from '../../../src/evidence/schema/ledger.ts';
import type { Client } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import type { LedgerStore } from '../../../src/registry/ledger/ledger.ts';
import type { AskedPromotion } from '../../../src/registry/promotion/asked.ts';
import { type Promoted, type PromoteOptions, promote } from '../../../src/registry/promotion/promote.ts';
import { type RollBackOptions, type RolledBack, rollBack } from '../../../src/registry/promotion/rollback.ts';
import type { Scene } from '../../../src/registry/promotion/scene.ts';
import { startBusyGitHub } from '../../github/fault-ring.ts';
import { connect } from '../../github/hub.ts';
import type { GitHub, Repository } from '../../support/github/start.ts';
import { draftRelease } from '../ledger/drafts.ts';

/** What a job that promotes is granted. */
export const PERMISSIONS = {
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  actions: 'read',
} as const;
export const OURS = 'github-actions[bot]';
export const BEGIN = Date.parse('2026-11-01T00:00:00Z');
export const HOUR = 3600_000;

type ReleaseMore = Partial<Extract<LedgerDraft, { kind: 'release' }>>;

/** A stage without any condition. */
export function plainStage(name: string, more: Partial<Stage> = {}): Stage {
  return {
    name,
    from: undefined,
    soakSeconds: 0,
    controls: [],
    approval: undefined,
    prereleases: false,
    environment: name,
    ...more,
  };
}

/** A local GitHub with one repository and versions of models in it; its ledger's clock stands where the test puts it. */
export class World implements AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  /** Milliseconds. */
  time = BEGIN;
  stages: Stage[] = [plainStage('staging'), plainStage('production')];

  private constructor(github: GitHub, repository: Repository) {
    this.github = github;
    this.repository = repository;
  }

  static async open(): Promise<World> {
    const github = await startBusyGitHub();
    const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
    for (const login of ['ada', 'bo', 'cy']) repository.addCollaborator(login, 'write');
    repository.addCollaborator('tim', 'triage');
    return new World(github, repository);
  }

  get place() {
    const { owner, name, fullName, id } = this.repository;
    return { owner, name, fullName, id };
  }

  readonly now = (): Date => new Date(this.time);

  connect(permissions: Parameters<typeof connect>[2] = PERMISSIONS): Client {
    return connect(this.github, this.repository, permissions);
  }

  openLedger(client = this.connect()): LedgerStore {
    return openLedger(client, this.place, { now: this.now, random: () => 0.5 });
  }

  /** Publishes a version on a commit of its own, as far as promotions look at it. */
  async addVersion(version: string, { model = 'churn', ...more }: ReleaseMore = {}): Promise<string> {
    const commit = await this.repository.commit({ branch: 'main', files: { [`${model}.txt`]: version } });
    const draft = draftRelease(model, version, { commit, ...more });
    await this.openLedger().append(() => ({ append: draft }));
    const { rest } = this.connect();
    const place = { owner: this.repository.owner, repo: this.repository.name };
    await rest.repos.createRelease({ ...place, tag_name: `${model}@${version}`, target_commitish: commit });
    return commit;
  }

  scene(more: Partial<Scene> = {}): Scene {
    const client = more.client ?? this.connect();
    return {
      client,
      repository: this.place,
      ledger: this.openLedger(client),
      stages: this.stages,
      actor: 'ada',
      author: OURS,
      run: null,
      now: this.now,
      verify: async () => [],
      ...more,
    };
  }

  async promote(version: string, stage: string, more: Partial<PromoteOptions> = {}): Promise<Promoted> {
    const asked: AskedPromotion = { model: 'churn', version, stage, reason: 'It is better', requestedBy: 'ada' };
    return await promote({ ...this.scene(more), asked, ...more });
  }

  async rollBack(stage: string, { to, ...more }: Partial<RollBackOptions> & { to?: string } = {}): Promise<RolledBack> {
    const asked = { model: 'churn', stage, to, reason: 'It is *worse*', requestedBy: 'ada' };
    return await rollBack({ ...this.scene(more), asked, ...more });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
  }
}

/** A run of a workflow. */
export function runOf(id: number, attempt = 1) {
  return { id, attempt, url: `https://github.invalid/octo/zoo/actions/runs/${id}` };
}
