import type { Config } from '../config/schema/modelgate.ts';

export type Reveal = 'verdict' | 'metrics' | 'rows';

/** What a report may show of the test set. Where the file is silent: the numbers, but nothing of single rows. */
export function resolveReveal(config: Config): Reveal {
  return config.evaluate?.reveal ?? 'metrics';
}
