import { runBaselines } from '../pull-request/baselines.ts';
import { performAction } from '../shell.ts';

await performAction(runBaselines);
