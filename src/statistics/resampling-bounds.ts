/** Resamples that must lie beyond a limit: its place is then known to about a fifth of the tail. */
export const MIN_BEYOND = 20;
/** Resamples of an interval at 95 %: the standard error of a limit is then about 1.5 % of the interval's width. */
export const RESAMPLES = 2000;
export const MAX_RESAMPLES = 200_000;
/** Resamples × cells, or rows, beyond which there are no limits: some seconds of work. */
export const MAX_WORK = 40_000_000;
