import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { keepIssues } from '../records/issues.ts';
import { keepLabels, type LabelRecord } from '../records/labels.ts';
import { keepPulls } from '../records/pulls.ts';

interface LabelBody {
  readonly name?: string;
  readonly new_name?: string;
  readonly color?: string;
  readonly description?: string | null;
}

type LabelNames = { readonly labels?: readonly (string | { readonly name: string })[] };

/** In characters; GitHub's answers name the numbers. */
const NAME_LIMIT = 50;
const DESCRIPTION_LIMIT = 100;

/** The labels of a repository, and those on issues and pull requests. */
export const labelRoutes: Routes = {
  'issues/list-labels-for-repo': (call: Call) => {
    const all = call.repository.part(keepLabels).all;
    return answerList(
      call,
      all.map((label) => showLabel(call, label)),
    );
  },
  'issues/create-label': (call: Call<LabelBody>): Answer => {
    const { name = '', color, description } = call.body;
    refuseWrong(call.body);
    if (call.repository.part(keepLabels).find(name)) throw invalid('Label', 'name', 'already_exists');
    const more = { ...(color !== undefined && { color }), ...(description !== undefined && { description }) };
    return { status: 201, body: showLabel(call, call.repository.part(keepLabels).add(name, more)) };
  },
  'issues/get-label': (call: Call): Answer => ({ status: 200, body: showLabel(call, findLabel(call)) }),
  'issues/update-label': (call: Call<LabelBody>): Answer => {
    const label = findLabel(call);
    const { new_name = label.name, color = label.color, description = label.description } = call.body;
    refuseWrong({ ...call.body, name: new_name });
    const other = call.repository.part(keepLabels).find(new_name);
    if (other !== undefined && other !== label) throw invalid('Label', 'name', 'already_exists');
    for (const names of listLabelled(call)) replace(names, label.name, new_name);
    Object.assign(label, { name: new_name, color, description });
    return { status: 200, body: showLabel(call, label) };
  },
  'issues/delete-label': (call: Call): Answer => {
    const label = findLabel(call);
    const { all } = call.repository.part(keepLabels);
    all.splice(all.indexOf(label), 1);
    for (const names of listLabelled(call)) replace(names, label.name);
    return { status: 204 };
  },
  'issues/list-labels-on-issue': (call: Call) => answerNames(call, findNames(call)),
  'issues/add-labels': (call: Call<LabelNames>): Answer => {
    const names = findNames(call);
    for (const name of readNames(call)) if (!names.includes(name)) names.push(name);
    return answerNames(call, names);
  },
  'issues/set-labels': (call: Call<LabelNames>): Answer => {
    const names = findNames(call);
    names.splice(0, names.length, ...new Set(readNames(call)));
    return answerNames(call, names);
  },
  'issues/remove-label': (call: Call): Answer => {
    const names = findNames(call);
    const name = call.repository.part(keepLabels).find(call.params['name'] ?? '')?.name ?? '';
    if (!names.includes(name)) throw new ApiFault(404, 'Label does not exist');
    replace(names, name);
    return answerNames(call, names);
  },
};

/** A label as GitHub's answers have it. */
export function showLabel(call: Pick<Call, 'repository'>, label: LabelRecord): Record<string, unknown> {
  const { id, name, color, description } = label;
  const url = `${call.repository.apiUrl}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: `LA_${id}`, url, name, color, description, default: false };
}

function answerNames(call: Call, names: readonly string[]): Answer {
  const labels = names.map((name) => showLabel(call, call.repository.part(keepLabels).ensure(name)));
  return answerList(call, labels);
}

/** The names of a body, each with a label, in the spelling that the label has. */
function readNames(call: Call<LabelNames>): string[] {
  const asked = call.body.labels ?? [];
  return asked.map((one) => call.repository.part(keepLabels).ensure(typeof one === 'string' ? one : one.name).name);
}

/** The names of the labels on an issue or a pull request, to be changed in place. */
function findNames(call: Call): string[] {
  const number = Number(call.params['issue_number']);
  const issue = call.repository.part(keepIssues).find((one) => one.number === number);
  const found = issue ?? call.repository.part(keepPulls).find(number);
  if (found === undefined) throw notFound();
  return found.labels;
}

function findLabel(call: Call): LabelRecord {
  const label = call.repository.part(keepLabels).find(call.params['name'] ?? '');
  if (label === undefined) throw notFound();
  return label;
}

function listLabelled(call: Call): string[][] {
  return [...call.repository.part(keepIssues), ...call.repository.part(keepPulls).all].map(({ labels }) => labels);
}

function replace(names: string[], name: string, by?: string): void {
  const at = names.indexOf(name);
  if (at >= 0) names.splice(at, 1, ...(by === undefined ? [] : [by]));
}

function refuseWrong({ name = '', color, description }: LabelBody): void {
  if (name === '') throw invalid('Label', 'name', 'missing_field');
  if (name.length > NAME_LIMIT) {
    throw invalid('Label', 'name', 'custom', `name is too long (maximum is ${NAME_LIMIT} characters)`);
  }
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid');
  if ((description ?? '').length > DESCRIPTION_LIMIT) {
    throw invalid('Label', 'description', 'custom', `is too long (maximum is ${DESCRIPTION_LIMIT} characters)`);
  }
}
