import { DefaultArtifactClient } from '@actions/artifact';
import { readInput, readVariable, refuseInput, runAction, writeOutput } from '../action-io.ts';

// What is deployed is the artifact, which a test looks at; there is no site.
await runAction(async () => {
  refuseInput('preview', 'false');
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL']) {
    throw new Error('Ensure GITHUB_TOKEN has permission "id-token: write".');
  }
  await new DefaultArtifactClient().getArtifact(readInput('artifact_name'));
  const [owner = '', name = ''] = readVariable('GITHUB_REPOSITORY').split('/');
  writeOutput('page_url', `https://${owner}.github.io/${name}/`);
});
