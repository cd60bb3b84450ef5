import type { Columns } from './joined.ts';

/** 60 rows of two classes with ties, scored by two models; the oracles have them from the same formulas. */
export function listBinaryRows(): Columns & { readonly truth: number[]; readonly weight: number[] } {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const truth = (7 * i) % 5 < 2 ? 1 : 0;
    const [first, second] = [((13 * i) % 17) / 16, ((11 * i) % 13) / 12];
    return {
      truth,
      first: truth === 1 ? (first + 0.4) / 1.4 : first / 1.4,
      second: truth === 1 ? (second + 0.6) / 1.6 : second / 1.6,
      weight: 1 + (i % 4) / 2,
    };
  });
  return {
    truth: rows.map(({ truth }) => truth),
    score_0_0: rows.map(({ first }) => first),
    score_1_0: rows.map(({ second }) => second),
    weight: rows.map(({ weight }) => weight),
  };
}

/** 60 rows of three classes, 26, 17 and 17 of them. */
export function listMulticlassRows(): Columns & { readonly truth: number[]; readonly weight: number[] } {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const truth = [0, 0, 1, 2, 1, 0, 2][i % 7] ?? 0;
    const parts = [
      ((5 * i) % 11) + 1 + (truth === 0 ? 3 : 0),
      ((3 * i) % 7) + 1 + (truth === 1 ? 3 : 0),
      ((2 * i) % 5) + 1 + (truth === 2 ? 2 : 0),
    ];
    const sum = parts.reduce((total, part) => total + part, 0);
    return { truth, scores: parts.map((part) => part / sum), weight: 1 + (i % 4) / 2 };
  });
  const scores = (at: number) => rows.map((row) => row.scores[at] ?? 0);
  return {
    truth: rows.map(({ truth }) => truth),
    score_0_0: scores(0),
    score_0_1: scores(1),
    score_0_2: scores(2),
    weight: rows.map(({ weight }) => weight),
  };
}

/** Columns without some of them. */
export function omit(columns: Columns, ...names: string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));
}
