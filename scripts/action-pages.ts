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
  baselines: ['contents: read # to check out, and to read the ledger and the releases'],
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
    'contents: write # to count the verdict in the ledger, where modelgate.yml has a budget',
    'pull-requests: write # to write the comment',
  ],
  publish: [
    'contents: write # to write the ledger, the tag and the release',
    'actions: read # to read the artifacts of the verdict and of the model',
    'pull-requests: read # to name the pull requests of the release in its notes',
    'id-token: write # only where actions/attest signs between its phases',
    'attestations: write # only where actions/attest signs between its phases',
  ],
  promote: [
    'contents: write # to write the ledger and the tag, and to send the dispatch',
    'deployments: write # to make the deployment',
    'issues: write # to ask for approval in an issue, and to close it',
    'actions: read # to read who approved the environment',
  ],
  rollback: [
    'contents: write # to write the ledger and the tag, and to send the dispatch',
    'deployments: write # to make the deployment',
    'issues: write # to open the incident issue',
    'actions: read # to know the run that the ledger names',
  ],
  verify: [
    'contents: read # to read the ledger, the tags and the releases',
    'deployments: read # to compare the ledger with what the deployments say of it',
    'attestations: read # to read what was attested',
  ],
};

/** What the example gives to an action, where `config` alone will not do. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  report: ['phase: open'],
  subject: ['workflow: .github/workflows/model.yml'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub
  baselines: ['phase: find', 'token: ${{ github.token }}'],
  fetch: ['reference: churn@production', 'to: model'],
  verify: ['reference: churn@production'],
  promote: ['phase: plan', 'version: v1.4.0', 'stage: production'],
  rollback: ['stage: production', 'reason: complaints since noon'],
  site: ['to: site'],
};
/** What whoever uses an action has to know beside its inputs. */
const NOTES: Readonly<Record<string, string>> = {
  score:
    'Under `reveal: verdict` or with `gates.budget` the run folder holds the numbers until a gate that decides in the same job has run, and nothing else shows them: do not upload that folder, nor keep it in a cache.',
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
  const note = NOTES[folder.replace('actions/', '')];
  const example = EXAMPLES[folder.replace('actions/', '')] ?? ['config: modelgate.yml'];
  const outputs = Object.entries(action.outputs).map(
    ([name, output]) => `| \`${name}\` | ${cell(output.description)} |`,
  );
  return `# ${action.name}

${action.description}
${note === undefined ? '' : `\n${note}\n`}
\`\`\`yaml
permissions:
${permissions.map((line) => `  ${line}`).join('\n')}
steps:
  - uses: ${REPOSITORY}/${folder}@v0
    with:
${example.map((line) => `      ${line}`).join('\n')}
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
