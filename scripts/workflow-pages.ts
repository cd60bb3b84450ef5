import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../src/identity.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = '.github/workflows';

interface Described {
  readonly description: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

interface WorkflowFile {
  readonly name: string;
  readonly on: {
    readonly workflow_call?: {
      readonly inputs?: Record<string, Described>;
      readonly secrets?: Record<string, Described>;
      readonly outputs?: Record<string, Described>;
    };
  };
  readonly jobs: Record<string, { name: string; permissions: Record<string, string>; uses?: string }>;
}

/** The page of one reusable workflow, from its file alone. */
export function renderWorkflowPage(file: string, text: string): string {
  const { name, on, jobs } = parse(text) as WorkflowFile;
  const { inputs = {}, secrets = {}, outputs = {} } = on.workflow_call ?? {};
  // The comment above `on:` says what the workflow is for.
  const purpose = [...text.slice(0, text.indexOf('\non:')).matchAll(/^# (.*)$/gm)].map(([, line]) => line).join('\n');
  const cell = (words: string) => words.replaceAll('|', '\\|').trim();
  const list = (entries: readonly string[], heading: string) =>
    entries.length > 0 ? [`## ${heading}`, ...entries] : [];
  const rows = Object.entries(inputs).map(([key, input]) => {
    const standard = input.default === undefined || input.default === '' ? '' : `\`${String(input.default)}\``;
    return `| \`${key}\` | ${input.type} | ${cell(input.description)} | ${standard} |`;
  });
  const grants = Object.values(jobs).flatMap((job) =>
    Object.entries(job.permissions).map(
      ([scope, level]) => `| ${job.name.replaceAll('$', '')} | \`${scope}: ${level}\` |`,
    ),
  );
  const blocks = [
    `# ${name}`,
    purpose,
    ['```yaml', 'jobs:', '  model:', `    uses: ${REPOSITORY}/${FOLDER}/${file}@v0`, '```'].join('\n'),
    'The folder [workflows](../../workflows) holds callers to copy, with the permissions that they grant.',
    ...list([['| input | type | what it is | default |', '| --- | --- | --- | --- |', ...rows].join('\n')], 'Inputs'),
    ...(Object.keys(secrets).length > 0 ? list([renderPairs('secret', secrets, cell)], 'Secrets') : []),
    ...(Object.keys(outputs).length > 0 ? list([renderPairs('output', outputs, cell)], 'Outputs') : []),
    ...list([['| job | permission |', '| --- | --- |', ...grants].join('\n')], 'What its jobs may do'),
    `This page is made from \`${FOLDER}/${file}\`.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderPairs(title: string, pairs: Record<string, Described>, cell: (words: string) => string): string {
  const rows = Object.entries(pairs).map(([key, { description }]) => `| \`${key}\` | ${cell(description)} |`);
  return [`| ${title} | what it is |`, '| --- | --- |', ...rows].join('\n');
}

/** Every reusable workflow with its page. */
export async function renderWorkflowPages(): Promise<Map<string, string>> {
  const files = (await readdir(join(ROOT, FOLDER))).filter((file) => file.startsWith('model-')).sort();
  const pages = files.map(async (file): Promise<[string, string]> => {
    const text = await readFile(join(ROOT, FOLDER, file), 'utf8');
    return [`docs/workflows/${file.replace(/\.yml$/, '.md')}`, renderWorkflowPage(file, text)];
  });
  return new Map(await Promise.all(pages));
}

/** Writes the pages. */
export async function writeWorkflowPages(): Promise<void> {
  await mkdir(join(ROOT, 'docs/workflows'), { recursive: true });
  for (const [path, page] of await renderWorkflowPages()) await writeFile(join(ROOT, path), page);
}
