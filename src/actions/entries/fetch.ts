import { runFetch } from '../release/fetch.ts';
import { performAction } from '../shell.ts';

await performAction(runFetch);
