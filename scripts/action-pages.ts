import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../src/identity.ts';

const ROOT = join(import.meta.dirname, '..');

/** What the job of an action must grant, with the reason; the others ask for `contents: read` alone. */
export const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  plan: [
    'contents: read # to read the configuration of the head',
    'actions: read # to find earlier evidence with the same inputs',
    "pull-requests: read # to see whether a fork's change was approved",
  ],
  subject: [
    'contents: read # to know the tip of the base branch',
    'actions: read # to read the run that is judged',
    'pull-requests: read # to find the pull request',
  ],
  judge: [
    'contents: read # to read files of the head as data',
    'actions: read # to read the artifacts of the candidate and of the baseline',
    'pull-requests: read # to read reviews',
  ],
  report: [
    'actions: read # to read the run and the evidence',
    'checks: write # to open and complete the checks',
    'pull-requests: write # to write the comment',
  ],
};
const PLAIN = ['contents: read # to check out the repository; the action asks for nothing else'];

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  readonly outputs: Record<string, { description: string }>;
}

/** The README of one action, from its action.yml alone. */
export function renderActionPage(folder: string, text: string): string {
  const action = parse(text) as ActionFile;
  const cell = (words: string) => words.replaceAll('|', '\\|');
  const inputs = Object.entries(action.inputs).map(
    ([name, input]) => `| \`${name}\` | ${cell(input.description)} | ${input.default ? `\`${input.default}\`` : ''} |`,
  );
  const permissions = PERMISSIONS[folder.replace('actions/', '')] ?? PLAIN;
  const example = action.inputs['config']
    ? 'config: modelgate.yml'
    : action.inputs['phase']
      ? 'phase: open'
      : 'workflow: .github/workflows/model.yml';
  const outputs = Object.entries(action.outputs).map(
    ([name, output]) => `| \`${name}\` | ${cell(output.description)} |`,
  );
  return `# ${action.name}

${action.description}

\`\`\`yaml
permissions:
${permissions.map((line) => `  ${line}`).join('\n')}
steps:
  - uses: ${REPOSITORY}/${folder}@v0
    with:
      ${example}
\`\`\`

## Inputs

| input | what it is | default |
| --- | --- | --- |
${inputs.join('\n')}

## Outputs

| output | what it is |
| --- | --- |
${outputs.join('\n')}

This page is made from \`action.yml\`.
`;
}

/** Every action below \`actions/\` with the page that belongs to it. */
export async function renderActionPages(): Promise<Map<string, string>> {
  const names = (await readdir(join(ROOT, 'actions'))).sort();
  const pages = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(join(ROOT, 'actions', name, 'action.yml'), 'utf8');
    return [`actions/${name}/README.md`, renderActionPage(`actions/${name}`, text)];
  });
  return new Map(await Promise.all(pages));
}

/** Writes the pages. */
export async function writeActionPages(): Promise<void> {
  for (const [path, page] of await renderActionPages()) await writeFile(join(ROOT, path), page);
}
