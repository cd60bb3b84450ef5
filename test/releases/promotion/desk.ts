import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REAL_DELAYS } from '../../../src/github/delays.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { makeClone, runCommand } from '../../registry/ledger/clone.ts';
import { Place } from '../../registry/publish/place.ts';
import { createModel, packRun } from '../../registry/verify/released.ts';
import type { NewToken } from '../../support/github/tokens.ts';
import { keepMoment } from './moment.ts';

const STAGES = `  - staging
  - production
  - { name: reviewed, approval: { count: 1 } }
  - { name: audited, from: [staging], soak: 1d, controls: [review], approval: { count: 2 } }
`;

const CONTROLS = 'governance: { mode: enforce, controls: [{ id: review, document: CARD.md, sections: [Use] }] }\n';

/** A modelgate.yml of the model churn with these stages. */
export function writeConfig(stages = STAGES, model = 'churn'): string {
  return `version: 1\nmodel: ${model}\n${CONTROLS}stages:\n${stages}`;
}

/** Somebody at a terminal, in a clone of a repository in which two versions were published: `v1.0.0` and `v2.0.0`. */
export class Desk implements AsyncDisposable {
  readonly place: Place;
  readonly folder: string;
  readonly #clone: AsyncDisposable;
  /** Makes everything on GitHub be as it was. */
  readonly restore: () => Promise<void>;

  private constructor(place: Place, clone: Awaited<ReturnType<typeof makeClone>>, restore: () => Promise<void>) {
    this.place = place;
    this.folder = clone.folder;
    this.#clone = clone;
    this.restore = restore;
  }

  static async open(): Promise<Desk> {
    // The pauses between writes are GitHub's wish alone.
    Object.assign(REAL_DELAYS, { second: 0 });
    const place = await Place.open();
    const { repository } = place;
    repository.addCollaborator('ada', 'write');
    await repository.commit({ branch: 'main', files: { 'modelgate.yml': writeConfig() } });
    for (const bump of ['minor', 'major'] as const) {
      await place.moveOn();
      const { made } = await packRun(place, createModel());
      const { state } = await publishVersion(place.options(made, { bump }));
      if (state !== 'published') throw new Error(`nothing was published: ${state}`);
    }
    return new Desk(place, await makeClone(repository), await keepMoment(place));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clone[Symbol.asyncDispose]();
    await this.place[Symbol.asyncDispose]();
  }

  /** Writes the modelgate.yml that is here, and nowhere else. */
  async edit(text: string): Promise<void> {
    await writeFile(join(this.folder, 'modelgate.yml'), text);
  }

  async remove(): Promise<void> {
    await rm(join(this.folder, 'modelgate.yml'));
  }

  /** Merges a modelgate.yml; null removes it. */
  async merge(text: string | null): Promise<void> {
    await this.place.repository.commit({ branch: 'main', files: { 'modelgate.yml': text } });
  }

  token(more: Partial<NewToken> = {}): string {
    const { github, repository } = this.place;
    return github.createToken({ repository, kind: 'user', login: 'ada', ...more });
  }

  /** What a person types in the clone, with a token; an empty one is none. */
  run(args: readonly string[], token = this.token(), more: NodeJS.ProcessEnv = {}) {
    const { apiUrl } = this.place.github;
    const environment = { GITHUB_API_URL: apiUrl, ...(token !== '' && { GITHUB_TOKEN: token }), ...more };
    return runCommand([...args, '--config', join(this.folder, 'modelgate.yml')], environment);
  }

  /** What was written since so many requests: operations by name. */
  writes(since: number): string[] {
    const asked = this.place.github.requests.slice(since);
    return asked
      .filter(({ method, operation }) => method !== 'GET' && operation !== 'graphql')
      .map((one) => one.operation);
  }

  /** What there is of stages: tags by git, deployments with their last state, dispatches are counted by their counters. */
  async see() {
    const { repository, github } = this.place;
    const sent = github.announced.filter(({ event }) => event === 'repository_dispatch');
    return {
      events: (await this.place.readEvents())
        .slice(2)
        .map((event) => `${event.kind} ${'version' in event ? event.version : ''}`),
      deployments: repository.inspect.deployments().map(({ ref, statuses }) => `${ref} ${statuses.at(-1)?.state}`),
      counters: sent.map(({ payload }) => (payload['client_payload'] as { counter: number }).counter),
      issues: repository.inspect.issues().length,
    };
  }
}
