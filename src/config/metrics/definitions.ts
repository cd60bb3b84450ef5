/** What a metric is, and where its limits come from; both as they stand in the reference of modelgate.yml. */
export interface MetricDefinition {
  /** TP, FP, FN and TN are the rows, or their weights, of one class against all others. */
  readonly definition: string;
  readonly limits: string;
}

const SHARE = 'Wilson or Clopper–Pearson; paired: Tango or exact, McNemar at 0';
const ANSWERED = 'Wilson or Clopper–Pearson; paired: resampled counts';
const COUNTS = 'resampled counts (BCa)';
const AREA = 'DeLong';
const STEPS = 'the influence of each row, or resampled rows';
const MEAN = 'Student’s t, corrected for skewness; paired t';
const SMOOTH = 'Student’s t of the linearised function';
const MEDIAN = 'order statistics; paired: resampled rows';
const BINS = 'those of the bins together';
const GROUPS = 'those of every two groups';

const OVER = {
  macro: 'of the classes, the mean',
  micro: 'of all classes’ TP, FP and FN together, which is the accuracy',
  weighted: 'of the classes, the mean by their rows',
};
const OF = {
  precision: 'TP / (TP + FP)',
  recall: 'TP / (TP + FN)',
  f1: '2 TP / (2 TP + FP + FN)',
  'f-beta': '(1 + β²) TP / ((1 + β²) TP + β² FN + FP)',
};

const AVERAGED = Object.fromEntries(
  Object.entries(OVER).flatMap(([average, over]) =>
    Object.entries(OF).map(([metric, formula]) => {
      const isShare = average === 'micro' || `${average}-${metric}` === 'weighted-recall';
      return [`${average}-${metric}`, { definition: `${formula} ${over}`, limits: isShare ? SHARE : COUNTS }];
    }),
  ),
);

const RATIO = 'the smallest share over the largest';
const GAP = 'the largest share less the smallest';
const POSITIVES = 'of the rows predicted as the class, by group';
const HITS = 'of the rows of the class that are predicted as it, by group';
const RIGHT = 'of the rows predicted as the class that are of it, by group';
const ODDS = 'of the rows of the class, and of the others, that are predicted as it, by group; the worse of the two';

/** By the name in `METRICS`. */
export const DEFINITIONS: Readonly<Record<string, MetricDefinition>> = {
  accuracy: { definition: 'the share of rows that are predicted right', limits: SHARE },
  'balanced-accuracy': { definition: 'the mean recall of the classes', limits: COUNTS },
  ...AVERAGED,
  mcc: {
    definition: 'the correlation of true and predicted class: Gorodkin (2004); of two classes Matthews (1975)',
    limits: COUNTS,
  },
  'cohen-kappa': {
    definition: '(pₒ − pₑ) / (1 − pₑ), the agreement beyond that of chance: Cohen (1960)',
    limits: COUNTS,
  },
  precision: { definition: OF.precision, limits: ANSWERED },
  recall: { definition: OF.recall, limits: SHARE },
  f1: { definition: OF.f1, limits: ANSWERED },
  'f-beta': { definition: `${OF['f-beta']}: van Rijsbergen (1979)`, limits: COUNTS },
  specificity: { definition: 'TN / (TN + FP)', limits: SHARE },
  cost: { definition: 'the mean of `evaluate.costs` by true and predicted class', limits: COUNTS },
  'top-k-accuracy': { definition: 'the share of rows whose true class has one of the k highest scores', limits: SHARE },
  'roc-auc': {
    definition: 'the share of pairs of a row of the class and another in which it scores higher, a tie counting half',
    limits: AREA,
  },
  'roc-auc-ovr': { definition: 'ROC AUC of each class against the others, the mean', limits: AREA },
  'roc-auc-ovr-weighted': {
    definition: 'ROC AUC of each class against the others, the mean by their rows',
    limits: AREA,
  },
  'roc-auc-ovo': { definition: 'ROC AUC of each two classes, both ways, the mean: Hand and Till (2001)', limits: AREA },
  'roc-auc-ovo-weighted': { definition: 'ROC AUC of each two classes, the mean by the rows of both', limits: AREA },
  'average-precision': {
    definition: 'Σ (Rₙ − Rₙ₋₁) Pₙ over the scores as thresholds, R recall and P precision',
    limits: STEPS,
  },
  'macro-average-precision': { definition: 'average precision of each class, the mean', limits: STEPS },
  'log-loss': { definition: 'the mean of −ln of the true class’s score, cut at 2⁻⁵²', limits: MEAN },
  brier: {
    definition: 'the mean of (score − truth)²; of more classes summed over them: Brier (1950)',
    limits: MEAN,
  },
  ece: {
    definition: 'Σ |rows right − sum of top scores| / n over 15 bins of equal width: Naeini et al. (2015)',
    limits: BINS,
  },
  'adaptive-ece': {
    definition: 'the same over 15 bins of equally many rows: Nixon et al. (2019)',
    limits: BINS,
  },
  'demographic-parity-difference': { definition: `${GAP}, ${POSITIVES}`, limits: GROUPS },
  'demographic-parity-ratio': { definition: `${RATIO}, ${POSITIVES}`, limits: GROUPS },
  'equalized-odds-difference': { definition: `${GAP}, ${ODDS}: Hardt et al. (2016)`, limits: GROUPS },
  'equalized-odds-ratio': { definition: `${RATIO}, ${ODDS}`, limits: GROUPS },
  'equal-opportunity-difference': { definition: `${GAP}, ${HITS}: Hardt et al. (2016)`, limits: GROUPS },
  'equal-opportunity-ratio': { definition: `${RATIO}, ${HITS}`, limits: GROUPS },
  'predictive-parity-difference': { definition: `${GAP}, ${RIGHT}: Chouldechova (2017)`, limits: GROUPS },
  'predictive-parity-ratio': { definition: `${RATIO}, ${RIGHT}`, limits: GROUPS },
  'calibration-difference': { definition: 'the largest `ece` of a group less the smallest', limits: BINS },
  mae: { definition: 'the mean of |e|, e prediction less truth', limits: MEAN },
  mse: { definition: 'the mean of e²', limits: MEAN },
  rmse: { definition: 'the root of the mean of e²', limits: SMOOTH },
  r2: { definition: '1 − Σ e² / Σ (truth − its mean)²', limits: SMOOTH },
  mape: { definition: 'the mean of |e| / |truth|, a truth of 0 taken for 2⁻⁵²', limits: MEAN },
  smape: { definition: 'the mean of 2 |e| / (|truth| + |prediction|), 0 where both are 0', limits: MEAN },
  'median-absolute-error': { definition: 'the median of |e|', limits: MEDIAN },
  pinball: {
    definition: 'the mean of α (truth − prediction) where that is at least 0, else of (1 − α) (prediction − truth)',
    limits: MEAN,
  },
  'explained-variance': { definition: '1 − Var(e) / Var(truth)', limits: SMOOTH },
  'interval-coverage': { definition: 'the share of rows whose truth lies between the predicted limits', limits: SHARE },
  ndcg: {
    definition: 'Σ relevance / log₂(1 + place) by the most that it could be, ties averaged, the mean over queries',
    limits: MEAN,
  },
  map: { definition: 'the mean precision at the places of the relevant items, the mean over queries', limits: MEAN },
  mrr: { definition: '1 over the place of the first relevant item, the mean over queries', limits: MEAN },
  'recall-at': { definition: 'the share of the relevant items among the first k, the mean over queries', limits: MEAN },
};
