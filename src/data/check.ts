import { posix } from 'node:path';
import { listDatasets, listTableDatasets, type Project } from '../config/project.ts';
import { type Engine, openEngine } from '../engine/connection.ts';
import { watchTables } from '../engine/file-marks.ts';
import type { LibraryOptions } from '../engine/library.ts';
import { describePace, Pace } from '../engine/pace.ts';
import { findDamage } from '../engine/parquet-table.ts';
import { type Problem, UserMistake } from '../errors.ts';
import { worstOutcome } from '../evidence/document.ts';
import { createEnvelope, type Provenance } from '../evidence/envelope.ts';
import type { CrossCheck, DataEvidence, DatasetEvidence } from '../evidence/schema/data.ts';
import { during, type Progress, type Step } from '../progress.ts';
import { checkCrosswise, findCrossProblems } from './crosswise/cross-checks.ts';
import { checkDatabaseDataset } from './database/check.ts';
import { type DatabaseSource, readDatabaseSources } from './database/sources.ts';
import { type CheckedDataset, checkDataset } from './dataset-check.ts';
import { type OpenedDataset, openDataset } from './dataset-opening.ts';
import { countOf } from './findings/wording.ts';
import { showName } from './naming.ts';
import { recodeSources } from './recoded-files.ts';
import { type DatasetSource, readSources, withoutRepeats } from './sources.ts';
import { tellUncovered } from './uncovered-tables.ts';

interface DataInput {
  readonly project: Project;
  readonly provenance: Provenance;
  /** The folder for what does not fit into memory. */
  readonly temporary: string;
  /** Bytes that the engine may hold; half of the machine's without it. */
  readonly memory?: number;
  readonly library: LibraryOptions;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Names of data sets whose values are written down nowhere. */
  readonly hidden?: readonly string[];
}

/**
 * Checks every data set against its contract, and the data sets against each other. What the data come to is in the
 * document; throws UserMistake when a file is missing or broken, or a contract cannot be understood.
 */
export async function checkData(input: DataInput): Promise<DataEvidence> {
  const { project, provenance } = input;
  const started = provenance.now();
  const mistakes = findCrossProblems(project);
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const files = await readSources(project);
  const remote = await readDatabaseSources(project);
  const sources = files.map((source) => tellUncovered(source, [...files, ...remote]));
  const tables = remote.map((source) => tellUncovered(source, [...files, ...remote]));
  const { datasets, checks } = sources.length > 0 ? await checkSources(input, sources) : { datasets: [], checks: [] };
  const found = [...datasets.map(({ evidence }) => evidence), ...(await checkTables(input, tables))];
  const order = listDatasets(project.config).map(([name]) => name);
  const sorted = found.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  const findings = sorted.flatMap((evidence) => evidence.findings);
  const decisive = [...findings, ...checks].filter(({ level }) => level !== 'warn');
  return {
    ...createEnvelope({ kind: 'data', provenance, started, parents: [] }),
    outcome: worstOutcome(decisive.map(({ outcome }) => outcome)),
    datasets: sorted,
    checks,
  };
}

async function checkSources(
  input: DataInput,
  sources: readonly DatasetSource[],
): Promise<{ datasets: CheckedDataset[]; checks: CrossCheck[] }> {
  const { temporary } = input;
  const requireUnchanged = await watchTables(
    sources.flatMap(({ files }) => files.map(({ path, table }) => ({ ...table, path }))),
  );
  const pace = new Pace();
  const readable = await recodeSources(sources, temporary, { ...input, pace });
  try {
    const checked = await checkReadable({ ...input, pace }, readable.sources);
    // What was counted before and after would be of two data sets.
    await requireUnchanged();
    return checked;
  } catch (error) {
    if (!(error instanceof UserMistake)) await requireUnchanged();
    throw error;
  } finally {
    await readable.remove();
  }
}

/** What is checked, and where it is told how far that is. */
interface Checking extends DataInput {
  readonly pace: Pace;
}

async function checkReadable(
  input: Checking,
  sources: readonly DatasetSource[],
): Promise<{ datasets: CheckedDataset[]; checks: CrossCheck[] }> {
  const { library, temporary, memory, signal, pace } = input;
  // Ends what still runs beside when this ends.
  const stop = new AbortController();
  const files = sources.flatMap((source) => source.files.map(({ table }) => table));
  const paths = [...new Set(files.map(({ path }) => path))];
  const limits = { pace, ...(memory ? { memory } : {}), ...(signal ? { signal } : {}) };
  const engine = await openEngine({ files: paths, library, temporary, ...limits });
  try {
    const opened = await openDatasets(engine, input, sources, stop.signal);
    const datasets = await checkDatasets(engine, input, opened);
    return { datasets, checks: await checkCrosswise(engine, input.project, datasets, input) };
  } catch (error) {
    if (!(error instanceof UserMistake) && !signal?.aborted) throw (await findDamage(engine, files)) ?? error;
    throw error;
  } finally {
    stop.abort();
    await engine.close();
  }
}

/** Opens all data sets before it checks the first: a contract may refer from one to another. */
async function openDatasets(
  engine: Engine,
  { progress, signal, pace }: Checking,
  sources: readonly DatasetSource[],
  stop: AbortSignal,
): Promise<OpenedDataset[]> {
  const stopped = AbortSignal.any([stop, ...(signal ? [signal] : [])]);
  return collect(sources, async (source) => {
    const step = progress.start(`Reading the data set ${showName(source.name)}`, () => describePace(pace));
    const opened = await during(step, () => openDataset(engine, source, { signal: stopped, pace }));
    step.done(`Read the data set ${showName(source.name)}: ${countOf(opened.table.rows, 'row')}`);
    return opened;
  });
}

async function checkDatasets(
  engine: Engine,
  { project, provenance, progress, hidden = [], library, temporary, memory, signal, pace }: Checking,
  opened: readonly OpenedDataset[],
): Promise<CheckedDataset[]> {
  const database = { library, temporary, pace, ...(memory ? { memory } : {}), ...(signal ? { signal } : {}) };
  const all = opened.map(({ source, table }) => ({ name: source.name, table, contract: source.contract }));
  return collect(opened, async (dataset) => {
    const { source, table } = dataset;
    const rows = countOf(table.rows, 'row');
    const step = progress.start(`Checking the data set ${showName(source.name)}`, () => describePace(pace, rows));
    const showValues = !hidden.includes(source.name) && mayShowValues(project, source);
    const options = { showValues, database, all, now: provenance.now() };
    const checked = await during(step, () => checkDataset(engine, dataset, options));
    tell(step, checked.evidence);
    return checked;
  });
}

/** Checks the data sets that are tables of databases, each where it lies. */
async function checkTables(
  { project, provenance, progress, hidden = [], library, signal }: DataInput,
  sources: readonly DatabaseSource[],
): Promise<DatasetEvidence[]> {
  const all = new Map(listTableDatasets(project.config));
  const options = { environment: library.environment, now: provenance.now(), all, signal };
  return collect(sources, async (source) => {
    // A server does not say how far it is.
    const step = progress.start(`Checking the data set ${showName(source.name)}`, () => undefined);
    const showValues = !hidden.includes(source.name);
    const evidence = await during(step, () => checkDatabaseDataset(source, { ...options, showValues }));
    tell(step, evidence);
    return evidence;
  });
}

/** Ends the step of a data set that was checked. What only warns does not keep it from being done. */
function tell(step: Step, evidence: DatasetEvidence): void {
  const blocked = evidence.findings.some(({ outcome, level }) => outcome !== 'pass' && level !== 'warn');
  if (blocked) step.fail(describeDataset(evidence));
  else step.done(describeDataset(evidence));
}

/** Does something with each, one after another, and throws the user’s mistakes of all together. */
async function collect<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const problems: Problem[] = [];
  for (const item of items) {
    try {
      results.push(await work(item));
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserMistake(withoutRepeats(problems));
  return results;
}

/** The test set’s values are written down only where `reveal` says so. */
function mayShowValues({ config }: Project, { files }: DatasetSource): boolean {
  const { evaluate } = config;
  if (evaluate?.labels === undefined || evaluate.reveal === 'rows') return true;
  const labels = posix.normalize(evaluate.labels.path);
  return !files.some(({ shown }) => shown === labels);
}

function describeDataset(evidence: DatasetEvidence): string {
  const open = evidence.findings.filter(({ outcome }) => outcome !== 'pass').length;
  const total = evidence.findings.length;
  const came =
    total === 0 ? 'no contract' : open === 0 ? `all ${total} checks pass` : `${open} of ${total} checks do not pass`;
  return `${showName(evidence.name)}: ${countOf(evidence.rows, 'row')}, ${came}`;
}
