import { CLASSIFICATION, describe, type MetricDescription } from './description.ts';

const GROUPS = { needs: ['positive', 'group'] } as const;
const FAIRLEARN = 'fairlearn.metrics';

/** Metrics between the groups of a column. A difference is best at 0, a ratio at 1. */
export const FAIRNESS_METRICS: Readonly<Record<string, MetricDescription>> = {
  'demographic-parity-difference': describe(
    'Demographic parity difference',
    'lower',
    CLASSIFICATION,
    `${FAIRLEARN}.demographic_parity_difference`,
    GROUPS,
  ),
  'demographic-parity-ratio': describe(
    'Demographic parity ratio',
    'higher',
    CLASSIFICATION,
    `${FAIRLEARN}.demographic_parity_ratio`,
    GROUPS,
  ),
  'equalized-odds-difference': describe(
    'Equalized odds difference',
    'lower',
    CLASSIFICATION,
    `${FAIRLEARN}.equalized_odds_difference`,
    GROUPS,
  ),
  'equalized-odds-ratio': describe(
    'Equalized odds ratio',
    'higher',
    CLASSIFICATION,
    `${FAIRLEARN}.equalized_odds_ratio`,
    GROUPS,
  ),
  'equal-opportunity-difference': describe(
    'Equal opportunity difference',
    'lower',
    CLASSIFICATION,
    `${FAIRLEARN}.equal_opportunity_difference`,
    GROUPS,
  ),
  'equal-opportunity-ratio': describe(
    'Equal opportunity ratio',
    'higher',
    CLASSIFICATION,
    `${FAIRLEARN}.equal_opportunity_ratio`,
    GROUPS,
  ),
  'predictive-parity-difference': describe(
    'Predictive parity difference',
    'lower',
    CLASSIFICATION,
    'precision_score by group, largest less smallest',
    GROUPS,
  ),
  'predictive-parity-ratio': describe(
    'Predictive parity ratio',
    'higher',
    CLASSIFICATION,
    'precision_score by group, smallest over largest',
    GROUPS,
  ),
  'calibration-difference': describe(
    'Calibration difference',
    'lower',
    CLASSIFICATION,
    'expected calibration error by group, largest less smallest',
    { needs: ['scores', 'group'] },
  ),
};
