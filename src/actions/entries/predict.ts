import { runAction } from '../action.ts';

await runAction({ stages: ['predict'], draws: false });
