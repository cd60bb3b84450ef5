import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { findConfigProblems } from '../../config/consistency.ts';
import { Modelgate } from '../../config/schema/modelgate.ts';
import { parseYaml } from '../../config/yaml-document.ts';
import { parseContract } from '../../data/contract/contract.ts';
import type { Answers } from './answers.ts';
import { renderCallers } from './callers.ts';
import { renderConfig } from './config-text.ts';
import { renderContract } from './contract-text.ts';
import { addIgnored, listIgnored } from './ignore-text.ts';
import type { PlannedFile } from './planned-files.ts';
import type { LabelsProfile } from './profile.ts';
import type { Packages, Scene } from './scene.ts';

/** Makes every file in memory, and reads each as the program will read it. Nothing is written. */
export async function planFiles(
  scene: Scene,
  answers: Answers,
  profile: LabelsProfile,
  workflow: string,
): Promise<PlannedFile[]> {
  const place = (path: string) => posix.join(scene.way, path);
  const contractPath = `contracts/${answers.model}.odcs.yaml`;
  const classes = profile.columns.find(({ name }) => name === answers.label)?.values?.length;
  const config = renderConfig(answers, contractPath, classes);
  const contract = renderContract(answers, profile);
  requireReadable(place('modelgate.yml'), config, place(contractPath), contract);
  const { branch, runner, installer, forks } = answers;
  const callers = await renderCallers({
    ...{ branch, runner, installer, forks },
    name: workflow,
    config: place('modelgate.yml'),
    requirements: installer === 'none' ? undefined : scene.packages[installer as keyof Packages],
  });
  const ignored = await planIgnored(scene, answers);
  return [
    { path: place('modelgate.yml'), content: config },
    { path: place(contractPath), content: contract },
    ...[...callers].map(([path, content]) => ({ path, content })),
    ...(ignored ? [{ path: place('.gitignore'), content: ignored, adds: true }] : []),
  ];
}

async function planIgnored(scene: Scene, answers: Answers): Promise<Buffer | undefined> {
  const before = await readFile(posix.join(scene.folder, '.gitignore')).catch(() => undefined);
  return addIgnored(before, listIgnored(answers));
}

/** Throws what the program would say of these files, so that no file of ours is refused later. */
function requireReadable(configFile: string, config: string, contractFile: string, contract: string): void {
  const depth = configFile.split('/').length - 1;
  parseYaml(config, { file: configFile, depth, schema: Modelgate, findProblems: findConfigProblems });
  parseContract(contract, { file: contractFile, tables: [] });
}
