import { averaged } from './averaged/averaged.ts';
import { calibrated, calibrationGroups } from './calibrated/calibrated.ts';
import { counted } from './counted/counted.ts';
import { fairness } from './fairness/fairness.ts';
import type { Family, GroupFamily } from './family.ts';
import { ordered } from './ordered/ordered.ts';
import { ranked } from './ranked/ranked.ts';

/** What computes metrics on one part of the rows. Each metric is answered by one. */
export const FAMILIES: readonly Family<unknown>[] = [counted, averaged, ordered, ranked, calibrated];

/** What compares the groups of a column. */
export const GROUP_FAMILIES: readonly GroupFamily<unknown>[] = [fairness, calibrationGroups];
