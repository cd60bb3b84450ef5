import { computeAuc, computeAucInterval, type PlaceSums } from '../statistics/delong.ts';
import { renderKnownClasses } from './class-names.ts';
import { LEVEL, type Measured, withInterval } from './measured.ts';

/** The area under the ROC curve of a positive class; `classes` are those found, for the reason. */
export function computeRankMetric(sums: PlaceSums | undefined, positive: string, classes: readonly string[]): Measured {
  const auc = sums && computeAuc(sums);
  if (!auc) {
    const side = sums?.positives === 0 ? 'of' : 'outside';
    return {
      reason: `no row is ${side} the class \`${positive}\`, so there is nothing to rank it against${renderKnownClasses(positive, classes)}`,
    };
  }
  return { value: auc.value, ...withInterval(computeAucInterval(auc, LEVEL), 'DeLong') };
}
