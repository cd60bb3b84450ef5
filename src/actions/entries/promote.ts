import { runPromote } from '../release/promote.ts';
import { performAction } from '../shell.ts';

await performAction(runPromote);
