import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../src/identity.ts';

const ROOT = join(import.meta.dirname, '..');

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs: Record<string, { description: string; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

/** The README of one action, from its action.yml alone. */
export function renderActionPage(folder: string, text: string): string {
  const action = parse(text) as ActionFile;
  const cell = (words: string) => words.replaceAll('|', '\\|');
  const inputs = Object.entries(action.inputs).map(
    ([name, input]) => `| \`${name}\` | ${cell(input.description)} | ${input.default ? `\`${input.default}\`` : ''} |`,
  );
  const outputs = Object.entries(action.outputs).map(
    ([name, output]) => `| \`${name}\` | ${cell(output.description)} |`,
  );
  return `# ${action.name}

${action.description}

\`\`\`yaml
permissions:
  contents: read # to check out the repository; the action asks for nothing else
steps:
  - uses: ${REPOSITORY}/${folder}@v0
    with:
      config: modelgate.yml
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
