import { CLASSES, type Row } from './rows.ts';

/**
 * Count metrics row by row, as slowly as their definitions read; NaN where anything is divided by 0. Each is the definition
 * in the user guide of scikit-learn, "Classification metrics", with `sample_weight`.
 */
export function computeNaively(metric: string, rows: readonly Row[], side: number, positive: number): number {
  const [name = '', parameter = '1'] = metric.split('@');
  const beta = Number(parameter);
  const weigh = (holds: (truth: number, answer: number) => boolean) =>
    rows.reduce((sum, row) => sum + (holds(row.truth, row.answers[side] ?? -1) ? (row.weight ?? 1) : 0), 0);
  const all = weigh(() => true);
  const precision = (c: number) =>
    divide(
      weigh((t, p) => t === c && p === c),
      weigh((_, p) => p === c),
    );
  const recall = (c: number) =>
    divide(
      weigh((t, p) => t === c && p === c),
      weigh((t) => t === c),
    );
  const f = (c: number) => {
    const hit = weigh((t, p) => t === c && p === c);
    const missed = weigh((t, p) => t === c && p !== c);
    const wrong = weigh((t, p) => t !== c && p === c);
    return divide((1 + beta ** 2) * hit, (1 + beta ** 2) * hit + beta ** 2 * missed + wrong);
  };
  const known = CLASSES.map((_, c) => c).filter((c) => rows.some((r) => r.truth === c || r.answers[side] === c));
  const macro = (of: (c: number) => number) => known.reduce((sum, c) => sum + of(c), 0) / known.length;
  const weighted = (of: (c: number) => number) => {
    const own = known.filter((c) => weigh((t) => t === c) > 0);
    return own.reduce(
      (sum, c) =>
        sum +
        divide(
          weigh((t) => t === c),
          all,
        ) *
          of(c),
      all === 0 ? Number.NaN : 0,
    );
  };
  const agreement = divide(
    weigh((t, p) => t === p),
    all,
  );
  const share = (holds: (truth: number, answer: number) => boolean) => divide(weigh(holds), all);
  switch (name) {
    case 'accuracy':
      return agreement;
    case 'balanced-accuracy':
    case 'macro-recall':
      return macro(recall);
    case 'macro-precision':
      return macro(precision);
    case 'macro-f1':
    case 'macro-f-beta':
      return macro(f);
    case 'micro-f-beta':
    case 'micro-precision':
      return divide(
        weigh((t, p) => t === p),
        all,
      );
    case 'weighted-precision':
      return weighted(precision);
    case 'weighted-recall':
      return weighted(recall);
    case 'weighted-f1':
    case 'weighted-f-beta':
      return weighted(f);
    case 'precision':
      return precision(positive);
    case 'recall':
      return recall(positive);
    case 'f1':
    case 'f-beta':
      return f(positive);
    case 'specificity':
      return divide(
        weigh((t, p) => t !== positive && p !== positive),
        weigh((t) => t !== positive),
      );
    case 'cohen-kappa': {
      const chance = known.reduce((sum, c) => sum + share((t) => t === c) * share((_, p) => p === c), 0);
      return Math.abs(1 - chance) < 1e-12 ? Number.NaN : (agreement - chance) / (1 - chance);
    }
    case 'mcc': {
      // The correlation of the two indicator matrices, summed over classes.
      const covary = (f: (t: number, p: number, c: number) => number, g: typeof f) =>
        known.reduce((sum, c) => {
          const mean = (of: typeof f) =>
            rows.reduce((s, r) => s + (r.weight ?? 1) * of(r.truth, r.answers[side] ?? -1, c), 0) / all;
          return sum + mean((t, p) => f(t, p, c) * g(t, p, c)) - mean(f) * mean(g);
        }, 0);
      const truth = (t: number, _: number, c: number) => Number(t === c);
      const answer = (_: number, p: number, c: number) => Number(p === c);
      const below = covary(truth, truth) * covary(answer, answer);
      return below < 1e-12 ? Number.NaN : covary(truth, answer) / Math.sqrt(below);
    }
    default:
      throw new Error(`no oracle for ${metric}`);
  }
}

function divide(above: number, below: number): number {
  return below === 0 ? Number.NaN : above / below;
}
