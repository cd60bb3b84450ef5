import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runJudge } from '../../src/actions/pull-request/judge.ts';
import { MODELS, pack } from './project.ts';
import { type Ended, perform, type Step } from './step.ts';
import { MODEL, World } from './world.ts';

/** What the job that judges hands on: whether it passed, and the files of its artifact where it could make one. */
export interface Judged {
  readonly passed: boolean;
  readonly files: Readonly<Record<string, Buffer>> | undefined;
}

/** Checks out what judges, judges, and reads what the step left to upload. */
export async function judge(
  world: World,
  ref: string,
  inputs: Readonly<Record<string, string>>,
  run: (work: Step['work'], step: Pick<Step, 'inputs' | 'folder'>) => Promise<Ended>,
): Promise<Judged> {
  const folder = await world.checkOut(world.repository, ref);
  const all = { ...inputs, 'team-token': world.createTeamToken() };
  const { passed, outputs } = await run(runJudge, { folder, inputs: all });
  return { passed, files: outputs['judged'] ? await readFolder(outputs['judged']) : undefined };
}

async function readFolder(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const files: Record<string, Buffer> = {};
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files[name] = await readFile(path);
  }
  return files;
}

/** What was judged, without the times and what is computed from them. */
export function describeJudged({ passed, files }: Judged): string {
  const documents = Object.entries(files ?? {}).filter(([name]) => name.endsWith('.json'));
  const drop = (key: string, value: unknown) => (['created', 'timing', 'parents'].includes(key) ? undefined : value);
  const told = documents.map(([name, bytes]) => [name, JSON.stringify(JSON.parse(bytes.toString()), drop)]);
  return JSON.stringify([passed, told], null, 1);
}

/** A world in which the earlier run of the default branch was judged too. */
export async function openWorld(options: { readonly fork: boolean }): Promise<World> {
  const world = await World.open(options);
  const { files } = await judgeEarlier(world);
  if (files === undefined) throw new Error('The earlier run could not be judged');
  world.earlier.addArtifact('modelgate-judged', await pack(files));
  return world;
}

async function judgeEarlier(world: World): Promise<Judged> {
  const { github, repository, base, earlier } = world;
  const payload = await github.createEvent.push(repository, { after: base });
  const environment = await world.describe({ event: 'push', payload, run: earlier, workflow: MODEL });
  const token = await world.createToken('model-judge.yml', 'judge');
  const config = JSON.stringify(MODELS.map((model) => `${model}/modelgate.yml`));
  return judge(world, base, { config, token }, (work, step) => perform({ work, environment, ...step }));
}
