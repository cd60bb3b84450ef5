import type { Task } from '../schema/modelgate.ts';

/** Which way a metric is good. A property of the metric, never of a rule. */
export type Direction = 'higher' | 'lower';

/** What a metric needs beside labels and predictions. */
export type MetricNeed = 'scores' | 'positive' | 'group' | 'costs' | 'limits';

/** The number that stands behind the `@` of a metric's name, as in `ndcg@10`. */
export interface MetricParameter {
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
  readonly whole: boolean;
  /** Whether the name may stand without it. */
  readonly optional: boolean;
}

export interface MetricDescription {
  readonly direction: Direction;
  readonly tasks: readonly Task[];
  readonly needs: readonly MetricNeed[];
  /** The name in reports. */
  readonly title: string;
  /** The function of scikit-learn or fairlearn that it agrees with. */
  readonly reference: string;
  /** The least and the greatest value that it can have; infinite where there is no bound. */
  readonly range: readonly [least: number, greatest: number];
  readonly parameter?: MetricParameter;
}

export const CLASSIFICATION = ['binary-classification', 'multiclass-classification'] as const;
export const MULTICLASS = ['multiclass-classification'] as const;
export const REGRESSION = ['regression'] as const;
export const RANKING = ['ranking'] as const;
export const SHARE = [0, 1] as const;
export const UNBOUNDED = [0, Number.POSITIVE_INFINITY] as const;

/** A description; what is left out is the commonest: no needs, values from 0 to 1, no parameter. */
export function describe(
  title: string,
  direction: Direction,
  tasks: readonly Task[],
  reference: string,
  rest: Partial<Pick<MetricDescription, 'needs' | 'range' | 'parameter'>> = {},
): MetricDescription {
  return { title, direction, tasks, reference, needs: [], range: SHARE, ...rest };
}
