import type { ActionDefinition } from './action.ts';

/** The actions that run stages, by the names of their entries. */
export const STAGE_ACTIONS = {
  run: { stages: ['data', 'train', 'predict', 'score', 'gate'], draws: true },
  'validate-data': { stages: ['data'], draws: false },
  train: { stages: ['train'], draws: false },
  predict: { stages: ['predict'], draws: false },
  score: { stages: ['score'], draws: false },
  gate: { stages: ['gate'], draws: false },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
