import { runAction } from '../action.ts';

await runAction({ stages: ['data', 'train', 'predict', 'score', 'gate'], draws: true });
