import { runAction } from '../action.ts';

await runAction({ stages: ['score'], draws: false });
