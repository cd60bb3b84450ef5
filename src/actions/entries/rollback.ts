import { runRollback } from '../release/rollback.ts';
import { performAction } from '../shell.ts';

await performAction(runRollback);
