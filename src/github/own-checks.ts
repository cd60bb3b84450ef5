import { nameAnnotation } from './check-output.ts';
import type { Client } from './client.ts';
import { type HiddenState, parseState } from './hidden-state.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** What makes a check run ours: its name, its external id, and the app that made it. */
export interface CheckIdentity {
  readonly repository: RepositoryName;
  readonly name: string;
  readonly headSha: string;
  /** `modelgate:<run id>`. */
  readonly externalId: string;
  /** The short name of the app whose token we hold (`readAppName`): another app may use our names. */
  readonly app: string;
}

export interface OwnCheck {
  readonly id: number;
  readonly url: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly state: HiddenState;
}

export type CheckFields = NonNullable<Parameters<Client['rest']['checks']['update']>[0]>;
type Written = Omit<CheckFields, 'owner' | 'repo' | 'check_run_id' | 'name'>;

type Answer = {
  id: number;
  html_url: string | null;
  status: string;
  conclusion: string | null;
  external_id: string | null;
  output: { summary: string | null };
  app: { slug?: string } | null;
};

/** What the external ids of all our checks begin with. */
const PREFIX = 'modelgate:';

/** The check runs of ours on one commit. */
export class OwnChecks {
  readonly #client: Client;
  readonly #identity: CheckIdentity;
  readonly #told = new Map<number, OwnCheck>();
  /** The newest check of another run with this name, by id; 0 where there is none. */
  #rival = 0;

  constructor(client: Client, identity: CheckIdentity) {
    this.#client = client;
    this.#identity = identity;
  }

  /** All of ours by ascending id, with what was made a moment ago and lists may not know yet. */
  async look(): Promise<OwnCheck[]> {
    const { repository, name, headSha, externalId, app } = this.#identity;
    const all: Answer[] = await this.#client.paginate(this.#client.rest.checks.listForRef, {
      ...nameParameters(repository),
      ref: headSha,
      check_name: name,
      filter: 'all',
      per_page: 100,
    });
    const ofApp = all.filter((check) => check.app?.slug === app);
    const ours = ofApp.filter((check) => check.external_id === externalId).map(readCheck);
    const others = ofApp.filter((check) => check.external_id !== externalId && check.external_id?.startsWith(PREFIX));
    this.#rival = Math.max(this.#rival, ...others.map(({ id }) => id));
    const known = new Map([...this.#told, ...ours.map((check) => [check.id, check] as const)]);
    return [...known.values()].sort((a, b) => a.id - b.id);
  }

  /**
   * The newest of ours, unless another run has made one since: of several checks of a name GitHub goes by the newest, so
   * to be heard this run needs another.
   */
  async findHeard(): Promise<OwnCheck | undefined> {
    const last = (await this.look()).at(-1);
    return last !== undefined && last.id > this.#rival ? last : undefined;
  }

  async create(fields: Written): Promise<OwnCheck> {
    const { repository, name, headSha, externalId } = this.#identity;
    const { data } = await this.#client.rest.checks.create({
      ...nameParameters(repository),
      name,
      head_sha: headSha,
      external_id: externalId,
      ...fields,
    } as Parameters<Client['rest']['checks']['create']>[0] & object);
    const check = readCheck(data);
    this.#told.set(check.id, check);
    return check;
  }

  async change(id: number, fields: Written): Promise<OwnCheck> {
    const place = { ...nameParameters(this.#identity.repository), check_run_id: id };
    return readCheck((await this.#client.rest.checks.update({ ...place, ...fields } as CheckFields)).data);
  }

  async read(id: number): Promise<OwnCheck> {
    const place = { ...nameParameters(this.#identity.repository), check_run_id: id };
    return readCheck((await this.#client.rest.checks.get(place)).data);
  }

  /** The names of the annotations that the check has (`nameAnnotation`). */
  async readAnnotations(id: number): Promise<Set<string>> {
    const place = { ...nameParameters(this.#identity.repository), check_run_id: id, per_page: 100 };
    const all = await this.#client.paginate(this.#client.rest.checks.listAnnotations, place);
    return new Set(all.map(nameAnnotation));
  }
}

function readCheck({ id, html_url, status, conclusion, output }: Answer): OwnCheck {
  const state = parseState(output.summary?.split('\n', 1)[0]);
  return { id, url: html_url ?? '', status, conclusion, state };
}
