import { runPublish } from '../release/publish.ts';
import { performAction } from '../shell.ts';

await performAction(runPublish);
