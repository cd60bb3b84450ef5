import { listProjectFiles } from './project-files.ts';

/** The parameters of the example with another learning rate; with 0 it learns nothing. Trains a little faster. */
export function changeParams(rate: number): Record<string, string> {
  return { 'params.yaml': `epochs: 100\nlearning-rate: ${rate}\nl2: 0.001\nseed: 7\ncheckpoint-every: 20\n` };
}

/** The modelgate.yml of the example with one text replaced. Throws where it does not have that text. */
export async function changeConfig(from: string, to: string): Promise<Record<string, string>> {
  const { 'modelgate.yml': text = '' } = await listProjectFiles();
  if (!text.includes(from)) throw new Error(`modelgate.yml has no ${from}`);
  return { 'modelgate.yml': text.replace(from, to) };
}

/** The modelgate.yml of the example with one more control: the approval of one person. */
export function requireApproval(login: string): Promise<Record<string, string>> {
  const waivers = '  waivers: governance/waivers.yml';
  return changeConfig(waivers, `    - { id: looked-at, approval: { users: [${login}] } }\n${waivers}`);
}

/** The same without a budget, so that the run itself tells what it comes to. */
export function dropBudget(files: Record<string, string>): Record<string, string> {
  const { 'modelgate.yml': text = '' } = files;
  return { ...files, 'modelgate.yml': text.replace(/^ *budget:.*\n/m, '') };
}
