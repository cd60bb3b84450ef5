import { runVerify } from '../release/verify.ts';
import { performAction } from '../shell.ts';

await performAction(runVerify);
