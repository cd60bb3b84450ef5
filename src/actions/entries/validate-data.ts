import { runAction } from '../action.ts';

await runAction({ stages: ['data'], draws: false });
