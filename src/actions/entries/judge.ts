import { runJudge } from '../pull-request/judge.ts';
import { performAction } from '../shell.ts';

await performAction(runJudge);
