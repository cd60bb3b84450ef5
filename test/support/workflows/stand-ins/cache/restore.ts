import { restoreCache } from '@actions/cache';
import { readFlag, readInput, refuseInput, runAction, writeOutput, writeState } from '../action-io.ts';

await runAction(async () => {
  refuseInput('enableCrossOsArchive', 'false');
  const key = readInput('key');
  writeState('key', key);
  const options = { lookupOnly: readFlag('lookup-only') };
  const found = await restoreCache(readLines('path'), key, readLines('restore-keys'), options);
  if (found === undefined && readFlag('fail-on-cache-miss')) {
    throw new Error(`Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: ${key}`);
  }
  writeState('found', found ?? '');
  if (found !== undefined) writeOutput('cache-hit', String(found === key));
});

function readLines(name: string): string[] {
  return readInput(name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
