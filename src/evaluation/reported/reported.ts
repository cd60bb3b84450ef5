import { extname } from 'node:path/posix';
import type { EvaluateConfig } from '../../config/schema/modelgate.ts';
import { suggest } from '../../config/suggestion.ts';
import { USUAL_LEVEL } from '../../config/usual-level.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import { stripLine } from '../../log.ts';
import type { Unmeasured } from '../sources.ts';
import { listNumberKeys, parseTree, type Tree } from './document.ts';
import { type ReadNumber, readClassificationReport, readHarness, readMlflow, readPlain } from './formats.ts';

export type ReportedConfig = NonNullable<EvaluateConfig['reported']>[number];
type Format = NonNullable<ReportedConfig['format']>;

const READERS: Readonly<Record<Format, ReadNumber>> = {
  json: readPlain,
  yaml: readPlain,
  'classification-report': readClassificationReport,
  'lm-evaluation-harness': readHarness,
  mlflow: readMlflow,
};
/** Keys that a suggestion chooses from. */
const MAX_KEYS = 200;
/** Characters of a key that a reason tells. */
const MAX_KEY = 80;
/** Keys that a reason lists. */
const MAX_SHOWN = 8;

/** The numbers of one file, as metrics that are marked as reported; what cannot be read has its reason. */
export function parseReported(config: ReportedConfig, text: string | Unmeasured): Metric[] {
  const names = Object.entries(config.metrics);
  const parsed = typeof text === 'string' ? parseTree(text, findSyntax(config)) : text;
  return names.map(([name, { key, direction }]) => {
    const from = { path: config.path, key };
    const head = { name, source: 'reported', from } as const;
    if ('reason' in parsed) return { ...head, n: 0, value: null, reason: `\`${config.path}\`: ${parsed.reason}` };
    const number = READERS[findFormat(config)](parsed.tree, key);
    if (!number) return { ...head, n: 0, value: null, reason: describeAbsence(config.path, key, parsed.tree) };
    const { value, n, limits, noLimits, method = '' } = number;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return { ...head, n, value: null, reason: `\`${key}\` in \`${config.path}\` is ${describe(value)}` };
    }
    if (number.direction !== undefined && number.direction !== direction) {
      const reason = `\`${config.path}\` says that of \`${key}\` ${number.direction} is better, and modelgate.yml says ${direction}`;
      return { ...head, n, value: null, reason };
    }
    if (limits) return { ...head, n, value, interval: { ...limits, level: USUAL_LEVEL, method } };
    return { ...head, n, value, ...(noLimits === undefined ? {} : { noInterval: noLimits }) };
  });
}

function findFormat({ format, path }: ReportedConfig): Format {
  return format ?? (/^\.ya?ml$/.test(extname(path).toLowerCase()) ? 'yaml' : 'json');
}

/** Only the plain formats are written in YAML as well. */
function findSyntax(config: ReportedConfig): 'json' | 'yaml' {
  return findFormat(config) === 'yaml' ? 'yaml' : 'json';
}

function describeAbsence(path: string, key: string, tree: Tree): string {
  // Somebody else's file: a key of it is no longer than a name, and in one line.
  const known = listNumberKeys(tree, MAX_KEYS).map(shortenKey);
  const [near] = /^Did you mean `.*`\?/.exec(suggest(key, known)) ?? [];
  const shown = known.slice(0, MAX_SHOWN).map((name) => `\`${name}\``);
  const has =
    known.length === 0
      ? 'it has no numbers'
      : `its numbers are ${shown.join(', ')}${known.length > MAX_SHOWN ? ', …' : ''}`;
  return `\`${path}\` has no \`${key}\`; ${near ? `${near.replace('Did', 'did')} ` : ''}${has}`;
}

function shortenKey(key: string): string {
  const characters = Array.from(stripLine(key));
  return characters.length > MAX_KEY ? `${characters.slice(0, MAX_KEY - 1).join('')}…` : characters.join('');
}

function describe(value: unknown): string {
  if (typeof value === 'number') return `${value}, which is no number to judge by`;
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}, not a number`;
  return value === null
    ? 'empty'
    : `a ${Array.isArray(value) ? 'list' : typeof value === 'object' ? 'mapping' : typeof value}, not a number`;
}
