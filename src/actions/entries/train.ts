import { runAction } from '../action.ts';

await runAction({ stages: ['train'], draws: false });
