import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { readInput, readVariable, refuseInput, runAction, writeOutput } from '../action-io.ts';

await runAction(async () => {
  refuseInput('include-hidden-files', 'false');
  const path = readInput('path');
  if (!statSync(path).isDirectory()) throw new Error(`${path} is no folder`);
  const temporary = readVariable('RUNNER_TEMP');
  const archive = join(temporary, 'artifact.tar');
  // Pages takes what a link leads to, never the link.
  const links = ['--dereference', '--hard-dereference'];
  execFileSync('tar', [...links, '--directory', path, '--exclude=.[^/]*', '-cf', archive, '.']);
  const days = { retentionDays: Number(readInput('retention-days')) };
  const { id } = await new DefaultArtifactClient().uploadArtifact(readInput('name'), [archive], temporary, days);
  writeOutput('artifact_id', String(id));
});
