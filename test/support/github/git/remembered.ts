const FULL_NAMES = /^[0-9a-f]{40}(\.\.[0-9a-f]{40})?$/;

/**
 * Asks git once what it tells of commits by their full names, and of ranges of them: that never changes, and a process costs
 * more than everything else that a request needs.
 */
export function remember<Names extends readonly (string | undefined)[], T>(
  ask: (folder: string, ...names: Names) => Promise<T>,
): (folder: string, ...names: Names) => Promise<T> {
  const known = new Map<string, T>();
  return async (folder, ...names) => {
    const key = JSON.stringify([folder, ...names]);
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const answer = await ask(folder, ...names);
    if (names.every((name) => name !== undefined && FULL_NAMES.test(name))) known.set(key, answer);
    return answer;
  };
}
