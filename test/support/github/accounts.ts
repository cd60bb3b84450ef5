/** A user, a bot or an organization. */
export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot' | 'Organization';
}

/** Accounts and teams. An account exists from the first time that somebody names it. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();
  readonly #teams = new Map<string, Set<string>>();
  readonly #world: { nextId(): number };

  constructor(world: { nextId(): number }) {
    this.#world = world;
  }

  /** The account of a login; logins do not differ by case. One that ends in `[bot]` is a bot. */
  ensure(login: string, type: Account['type'] = login.endsWith('[bot]') ? 'Bot' : 'User'): Account {
    const known = this.find(login);
    if (known !== undefined) return known;
    // The id of github-actions[bot] is the same everywhere.
    const id = login === 'github-actions[bot]' ? 41_898_282 : this.#world.nextId();
    const account = { login, id, type };
    this.#accounts.set(login.toLowerCase(), account);
    return account;
  }

  find(login: string): Account | undefined {
    return this.#accounts.get(login.toLowerCase());
  }

  findById(id: number): Account | undefined {
    return [...this.#accounts.values()].find((account) => account.id === id);
  }

  /** `name` is `organization/team`, both as in an address. */
  setTeam(name: string, logins: readonly string[]): void {
    this.ensure(name.split('/')[0] ?? '', 'Organization');
    for (const login of logins) this.ensure(login);
    this.#teams.set(name.toLowerCase(), new Set(logins.map((login) => login.toLowerCase())));
  }

  /** The logins of a team, in lower case. */
  findTeam(name: string): ReadonlySet<string> | undefined {
    return this.#teams.get(name.toLowerCase());
  }

  isMember(organization: string, login: string): boolean {
    return [...this.#teams].some(
      ([name, logins]) => name.startsWith(`${organization.toLowerCase()}/`) && logins.has(login.toLowerCase()),
    );
  }
}
