/** A kind of row: how likely it is, and what it adds to a mean. */
export interface Kind {
  readonly share: number;
  readonly value: number;
}

const LEVELS = 40;
/** How much a score moves, on the scale of its log-odds, where the baseline has another. */
const MOVE = 1;

/**
 * The log loss of calibrated scores: they follow a beta distribution with the mean `prevalence`, on a grid, and a row is
 * positive with the probability that its score says.
 */
export function listLosses(prevalence: number): Kind[] {
  return listScores(prevalence).flatMap(({ share, value: score }) => [
    { share: share * score, value: -Math.log(score) },
    { share: share * (1 - score), value: -Math.log(1 - score) },
  ]);
}

/** The loss of the candidate less that of the baseline, whose log-odds are off by one, either way, on a share of the rows. */
export function listLossDifferences(prevalence: number, disagreement: number): Kind[] {
  const moved = listScores(prevalence).flatMap(({ share, value: score }) =>
    [-MOVE, MOVE].flatMap((move) => {
      const other = 1 / (1 + Math.exp(-Math.log(score / (1 - score)) - move));
      const half = (share * disagreement) / 2;
      return [
        { share: half * score, value: Math.log(other) - Math.log(score) },
        { share: half * (1 - score), value: Math.log(1 - other) - Math.log(1 - score) },
      ];
    }),
  );
  return [{ share: 1 - disagreement, value: 0 }, ...moved];
}

/** Losses between 0.05 and 0.95, and some of 5. */
export function listRareLosses(share: number): Kind[] {
  const small = Array.from({ length: 10 }, (_, at) => ({ share: (1 - share) / 10, value: 0.05 + 0.1 * at }));
  return [...small, { share, value: 5 }];
}

/** The differences of models that are alike up to 0.05 either way, but for a loss of 5 that only the candidate has. */
export function listRareDifferences(share: number): Kind[] {
  return [
    { share: (1 - share) / 2, value: -0.05 },
    { share: (1 - share) / 2, value: 0.05 },
    { share, value: 5 },
  ];
}

function listScores(prevalence: number): Kind[] {
  const [a, b] = [2 * prevalence, 2 * (1 - prevalence)];
  const grid = Array.from({ length: LEVELS }, (_, at) => {
    const score = 1 / (1 + Math.exp(-12 * ((at + 0.5) / LEVELS) + 6));
    // The density by the log-odds is that by the score times s (1 − s).
    return { share: score ** a * (1 - score) ** b, value: score };
  });
  const total = grid.reduce((sum, { share }) => sum + share, 0);
  return grid.map(({ share, value }) => ({ share: share / total, value }));
}
