import { runPlan } from '../pull-request/plan.ts';
import { performAction } from '../shell.ts';

await performAction(runPlan);
