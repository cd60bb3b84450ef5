import { runCandidate } from '../pull-request/candidate.ts';
import { performAction } from '../shell.ts';

await performAction(runCandidate);
