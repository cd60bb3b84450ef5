import { matchesGlob, resolve } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { readFlag, readInput, readVariable, refuseInput, runAction, warn, writeOutput } from '../action-io.ts';

await runAction(async () => {
  refuseInput('skip-decompress', 'false');
  const [name, ids] = [readInput('name'), readInput('artifact-ids')];
  if (name && ids) throw new Error("Inputs 'name' and 'artifact-ids' cannot be used together.");
  const folder = resolve(readVariable('GITHUB_WORKSPACE'), readInput('path') || '.');
  const client = new DefaultArtifactClient();
  const options = createOptions();
  const artifacts = await findArtifacts(client, name, ids, options);
  // One that was asked for by name, or alone by id, goes into the folder itself; others each into a folder of theirs.
  const flat = name !== '' || readFlag('merge-multiple') || (ids !== '' && artifacts.length === 1);
  for (const artifact of artifacts) {
    const path = flat ? folder : resolve(folder, artifact.name);
    const expectedHash = artifact.digest;
    const found = await client.downloadArtifact(artifact.id, {
      path,
      ...(expectedHash === undefined ? {} : { expectedHash }),
      ...options,
    });
    if (found.digestMismatch) reportMismatch(artifact.name);
  }
  writeOutput('download-path', folder);
});

type Options = NonNullable<Parameters<DefaultArtifactClient['listArtifacts']>[0]>;
type Artifact = Awaited<ReturnType<DefaultArtifactClient['listArtifacts']>>['artifacts'][number];

// With a token the artifacts of another run or repository are found through the API.
function createOptions(): Options {
  const token = readInput('github-token');
  if (token === '') return {};
  const [repositoryOwner = '', repositoryName = ''] = readInput('repository').split('/');
  const workflowRunId = Number(readInput('run-id'));
  return { findBy: { token, workflowRunId, repositoryOwner, repositoryName } };
}

async function findArtifacts(
  client: DefaultArtifactClient,
  name: string,
  ids: string,
  options: Options,
): Promise<Artifact[]> {
  if (name !== '') return [(await client.getArtifact(name, options)).artifact];
  const { artifacts } = await client.listArtifacts({ latest: true, ...options });
  if (ids !== '') {
    const wanted = ids.split(',').map((id) => Number(id.trim()));
    const found = artifacts.filter(({ id }) => wanted.includes(id));
    if (found.length === 0) throw new Error(`None of the provided artifact IDs were found: ${ids}`);
    return found;
  }
  const pattern = readInput('pattern');
  return pattern === '' ? artifacts : artifacts.filter((artifact) => matchesGlob(artifact.name, pattern));
}

function reportMismatch(name: string): void {
  const message = `Artifact ${name} does not have the digest that was uploaded`;
  const reaction = readInput('digest-mismatch');
  if (reaction === 'error') throw new Error(message);
  if (reaction === 'warn') warn(message);
}
