import { listDatasets } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { compareContracts } from '../../data/changes/contract-changes.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { PromiseChange } from '../../evidence/schema/verdict.ts';
import { type CommitFiles, findEntries, fromRoot } from './commit-files.ts';
import { compareWaivers } from './waiver-changes.ts';

/** A larger contract or waivers file is not compared: 1 MiB. */
const MAX_BYTES = 1024 * 1024;

/** A commit and its configuration; without one, nothing was promised. */
export interface Side {
  readonly commit: string;
  readonly config: Config | undefined;
}

/** What the contracts and the waivers of one commit promise otherwise than those of another. */
export async function listPromiseChanges(
  files: CommitFiles,
  file: string,
  before: Side,
  after: Side,
): Promise<PromiseChange[]> {
  const read = (side: Side, path: string | undefined) => readText(files, side.commit, file, path);
  const found: PromiseChange[] = [];
  for (const [old, now] of pairFiles(before.config, after.config, 'contract')) {
    found.push(...compareContracts(now ?? old ?? '', await read(before, old), await read(after, now)));
  }
  for (const [old, now] of pairFiles(before.config, after.config, 'record-schema')) {
    found.push(...compareSchemas(now ?? old ?? '', await read(before, old), await read(after, now)));
  }
  const [old, now] = [before.config?.governance?.waivers, after.config?.governance?.waivers];
  found.push(...compareWaivers(now ?? old ?? '', await read(before, old), await read(after, now)));
  return found;
}

/** A schema of records says too much in too many ways to be compared in parts. */
function compareSchemas(file: string, before: string | undefined, after: string | undefined): PromiseChange[] {
  if (before === after) return [];
  const tell = (text: string | undefined) => (text === undefined ? null : `sha256 ${computeSha256(text).slice(0, 12)}`);
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ file, subject: 'the schema of the records', change, before: tell(before), after: tell(after) }];
}

/** The files of each data set that promise one kind of thing, before and after, each pair once. */
function pairFiles(
  before: Config | undefined,
  after: Config | undefined,
  key: 'contract' | 'record-schema',
): [string | undefined, string | undefined][] {
  const list = (config: Config | undefined) =>
    new Map(config ? listDatasets(config).map(([name, dataset]) => [name, dataset[key]]) : []);
  const [old, now] = [list(before), list(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const pairs = names.map((name): [string | undefined, string | undefined] => [old.get(name), now.get(name)]);
  return [...new Map(pairs.map((pair) => [JSON.stringify([pair[0] ?? null, pair[1] ?? null]), pair])).values()];
}

async function readText(
  files: CommitFiles,
  commit: string,
  file: string,
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const full = fromRoot(file, path);
  const entry = (await findEntries(files, commit, [full])).get(full);
  if (entry?.kind !== 'file' || entry.size > MAX_BYTES) return undefined;
  return Buffer.from(await files.read(entry, MAX_BYTES)).toString('utf8');
}

/** That the test set is another, in rows; without `after` the head has none any more. */
export function describeTestSetChange(
  path: string,
  before: EvaluationEvidence | undefined,
  after: EvaluationEvidence | undefined,
): PromiseChange {
  const tell = (evaluation: EvaluationEvidence | undefined) =>
    evaluation?.join ? `${evaluation.join.labels} ${evaluation.join.labels === 1 ? 'row' : 'rows'}` : null;
  const change = after ? 'changed' : 'removed';
  return { file: path, subject: 'rows', change, before: tell(before), after: tell(after) };
}
