/** One commit's people, as the API tells them. */
export interface CommitPeople {
  readonly message: string;
  /** Logins that GitHub matched, of the author and the committer. */
  readonly logins: readonly string[];
  /** Names and addresses as the commit has them. */
  readonly written: readonly { readonly name: string; readonly email: string }[];
}

const TRAILER = /^co-authored-by:\s*(.*?)\s*<([^<>]*)>\s*$/gim;
/** The address that GitHub gives to those who hide theirs: `123+login@users.noreply.github.com`. */
const HIDDEN = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/i;

/**
 * Everybody who wrote the commits: logins where GitHub or the address tells them, and otherwise names and addresses as
 * found. No order, each once. GitHub itself, which commits what the web editor wrote, is nobody.
 */
export function listCoAuthors(commits: readonly CommitPeople[]): string[] {
  const found = new Set<string>();
  for (const { message, logins, written } of commits) {
    const named = [...message.matchAll(TRAILER)].map(([, name = '', email = '']) => ({ name, email }));
    for (const login of logins) found.add(login);
    for (const { name, email } of [...written, ...named]) {
      const [, login] = HIDDEN.exec(email) ?? [];
      for (const word of login === undefined ? [name, email] : [login]) found.add(word);
    }
  }
  for (const nobody of ['', 'web-flow', 'GitHub', 'noreply@github.com']) found.delete(nobody);
  return [...found];
}
