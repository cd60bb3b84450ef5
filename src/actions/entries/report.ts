import { runReport } from '../pull-request/report.ts';
import { performAction } from '../shell.ts';

await performAction(runReport);
