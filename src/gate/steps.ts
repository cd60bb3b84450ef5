/**
 * Work that stops between two steps, of which each may take long: limits by resampling hear nothing while they are computed.
 * Whoever goes on decides whether to.
 */
export type Steps<T> = Generator<undefined, T, undefined>;
