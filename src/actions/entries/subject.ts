import { runSubject } from '../pull-request/subject.ts';
import { performAction } from '../shell.ts';

await performAction(runSubject);
