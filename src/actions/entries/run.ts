import { runAction } from '../action.ts';
import { STAGE_ACTIONS } from '../stage-actions.ts';

await runAction(STAGE_ACTIONS.run);
