import type { Project } from '../config/project.ts';
import { type Engine, openEngine } from '../engine/connection.ts';
import type { LibraryOptions } from '../engine/library.ts';
import { type Problem, UserMistake } from '../errors.ts';
import { worstOutcome } from '../evidence/document.ts';
import { createEnvelope, type Provenance } from '../evidence/envelope.ts';
import type { CrossCheck, DataEvidence } from '../evidence/schema/data.ts';
import type { Progress } from '../progress.ts';
import { checkCrosswise, findCrossProblems } from './cross-checks.ts';
import { type CheckedDataset, checkDataset } from './dataset-check.ts';
import { showName } from './naming.ts';
import { type DatasetSource, readSources, withoutRepeats } from './sources.ts';
import { countOf } from './wording.ts';

interface DataInput {
  readonly project: Project;
  readonly provenance: Provenance;
  /** The folder for what does not fit into memory. */
  readonly temporary: string;
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
  const sources = await readSources(project);
  const { datasets, checks } = sources.length > 0 ? await checkSources(input, sources) : { datasets: [], checks: [] };
  const findings = datasets.flatMap(({ evidence }) => evidence.findings);
  const decisive = [...findings, ...checks].filter(({ level }) => level !== 'warn');
  return {
    ...createEnvelope({ kind: 'data', provenance, started, parents: [] }),
    outcome: worstOutcome(decisive.map(({ outcome }) => outcome)),
    datasets: datasets.map(({ evidence }) => evidence),
    checks,
  };
}

async function checkSources(
  input: DataInput,
  sources: readonly DatasetSource[],
): Promise<{ datasets: CheckedDataset[]; checks: CrossCheck[] }> {
  const { library, temporary, signal } = input;
  const files = [...new Set(sources.map(({ path }) => path))];
  const engine = await openEngine({ files, library, temporary, ...(signal ? { signal } : {}) });
  try {
    const datasets = await checkDatasets(engine, input, sources);
    return { datasets, checks: await checkCrosswise(engine, input.project, datasets, input.progress) };
  } finally {
    await engine.close();
  }
}

async function checkDatasets(
  engine: Engine,
  { project, progress, hidden = [] }: DataInput,
  sources: readonly DatasetSource[],
): Promise<CheckedDataset[]> {
  const checked: CheckedDataset[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    const step = progress.start(`Checking the data set ${showName(source.name)}`);
    try {
      const showValues = !hidden.includes(source.name) && mayShowValues(project, source.config.path);
      const dataset = await checkDataset(engine, source, { showValues });
      checked.push(dataset);
      const blocked = dataset.evidence.findings.some(({ outcome, level }) => outcome !== 'pass' && level !== 'warn');
      if (blocked) step.fail(describeDataset(dataset));
      else step.done(describeDataset(dataset));
    } catch (error) {
      step.fail();
      if (!(error instanceof UserMistake)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserMistake(withoutRepeats(problems));
  return checked;
}

/** The test set’s values are written down only where `reveal` says so. */
function mayShowValues({ config }: Project, path: string): boolean {
  const { evaluate } = config;
  return evaluate?.labels?.path !== path || evaluate.reveal === 'rows';
}

function describeDataset({ source, evidence }: CheckedDataset): string {
  const open = evidence.findings.filter(({ outcome }) => outcome !== 'pass').length;
  const total = evidence.findings.length;
  const came =
    total === 0 ? 'no contract' : open === 0 ? `all ${total} checks pass` : `${open} of ${total} checks do not pass`;
  return `${showName(source.name)}: ${countOf(evidence.rows, 'row')}, ${came}`;
}
