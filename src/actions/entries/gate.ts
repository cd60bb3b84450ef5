import { runAction } from '../action.ts';

await runAction({ stages: ['gate'], draws: false });
