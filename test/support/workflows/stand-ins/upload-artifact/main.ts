import { lstatSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { create } from '@actions/glob';
import { readFlag, readInput, readVariable, refuseInput, runAction, warn, writeOutput } from '../action-io.ts';

await runAction(async () => {
  refuseInput('archive', 'true');
  const [name, path, missing] = [readInput('name'), readInput('path'), readInput('if-no-files-found')];
  if (path === '') throw new Error('Input required and not supplied: path');
  if (!['warn', 'error', 'ignore'].includes(missing)) throw new Error(`Unrecognized if-no-files-found: ${missing}`);
  const { files, root } = await findFiles(path);
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
    if (missing === 'error') throw new Error(message);
    if (missing === 'warn') warn(message);
    return;
  }
  const client = new DefaultArtifactClient();
  if (readFlag('overwrite')) await deleteOld(client, name);
  const days = Number(readInput('retention-days'));
  const { id, digest } = await client.uploadArtifact(name, files, root, {
    compressionLevel: Number(readInput('compression-level')),
    ...(days > 0 ? { retentionDays: days } : {}),
  });
  writeOutput('artifact-id', String(id));
  writeOutput('artifact-digest', String(digest));
  const run = `${readVariable('GITHUB_SERVER_URL')}/${readVariable('GITHUB_REPOSITORY')}/actions/runs`;
  writeOutput('artifact-url', `${run}/${readVariable('GITHUB_RUN_ID')}/artifacts/${id}`);
});

/** The files below what the lines of `path` name, and the folder that their names in the zip start from. */
async function findFiles(path: string): Promise<{ files: string[]; root: string }> {
  const globber = await create(path, {
    excludeHiddenFiles: !readFlag('include-hidden-files'),
    followSymbolicLinks: true,
    implicitDescendants: true,
    omitBrokenSymbolicLinks: true,
  });
  const found = await globber.glob();
  const files = found.filter((file) => !lstatSync(file).isDirectory());
  const searched = globber.getSearchPaths();
  const [first = ''] = searched;
  if (searched.length > 1) return { files, root: findCommonFolder(searched) };
  return { files, root: files.length === 1 && files[0] === first ? dirname(first) : first };
}

function findCommonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let folder = first;
  const holds = (path: string) => !relative(folder, path).startsWith('..');
  while (!others.every(holds) && folder !== sep) folder = dirname(folder);
  return folder;
}

async function deleteOld(client: DefaultArtifactClient, name: string): Promise<void> {
  try {
    await client.deleteArtifact(name);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ArtifactNotFoundError')) throw error;
  }
}
