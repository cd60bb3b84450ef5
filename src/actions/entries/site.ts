import { runSite } from '../release/site.ts';
import { performAction } from '../shell.ts';

await performAction(runSite);
