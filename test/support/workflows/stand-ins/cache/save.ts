import { saveCache } from '@actions/cache';
import { readInput, runAction } from '../action-io.ts';

await runAction(async () => {
  // The key that the step was started with: what it is made of may have changed since.
  const { STATE_found: found, STATE_key: key = '' } = process.env;
  if (found === key) return;
  const paths = readInput('path')
    .split('\n')
    .map((line) => line.trim());
  await saveCache(paths.filter(Boolean), key);
});
