/** A successful run for a push to the default branch, of the same workflow in the same repository. */
export interface EarlierRun {
  readonly id: number;
  /** The commit that was pushed, which is the one that the run judged. */
  readonly commit: string;
}

/** What the runs of the default branch left behind: the only source of baselines, and of evidence that is used again. */
export interface EarlierRuns {
  /** The successful runs, newest first, and how many others there are; the run that asks is not among them. */
  list(): Promise<{ readonly runs: readonly EarlierRun[]; readonly others: number } | { readonly fault: string }>;
  /**
   * Unpacks the artifact `modelgate-judged` of exactly that run into a folder, its digest compared with the one that the
   * API tells. A fault when it has expired, is missing or is not what the API says. Its content is still hostile.
   */
  fetchJudged(run: EarlierRun): Promise<{ readonly folder: string } | { readonly fault: string }>;
}

/** An earlier run on the way back from a commit; `distance` counts first-parent commits from the first ancestor. */
export interface Ancestor {
  readonly run: EarlierRun;
  readonly distance: number;
}

/** The runs of these ancestors, the nearest first; of several runs of a commit the newest. */
export function findAncestors(runs: readonly EarlierRun[], ancestors: readonly string[]): Ancestor[] {
  return ancestors.flatMap((commit, distance) => {
    const run = runs.find((one) => one.commit === commit);
    return run ? [{ run, distance }] : [];
  });
}

/** Asks every question once, whoever repeats it. */
export function rememberRuns(source: EarlierRuns): EarlierRuns {
  let listed: ReturnType<EarlierRuns['list']> | undefined;
  const fetched = new Map<number, ReturnType<EarlierRuns['fetchJudged']>>();
  return {
    list() {
      listed ??= source.list();
      return listed;
    },
    fetchJudged(run) {
      const answer = fetched.get(run.id) ?? source.fetchJudged(run);
      fetched.set(run.id, answer);
      return answer;
    },
  };
}
