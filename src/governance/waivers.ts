import type { Locate } from '../config/place.ts';
import { Waivers } from '../config/schema/governance.ts';
import type { Waiver } from '../config/schema/modelgate.ts';
import { suggest } from '../config/suggestion.ts';
import { parseYaml, type YamlSource } from '../config/yaml-document.ts';
import { type Problem, UserMistake } from '../errors.ts';
import type { WaiverState } from '../evidence/schema/verdict.ts';
import type { GovernanceFiles } from './sources.ts';

/** The shortest reason that says something, without the white space around it; the schema counts that too. */
const MIN_REASON = 10;

/**
 * Says of every waiver whether it holds on `today` (YYYY-MM-DD, in UTC); it holds through the day that it names.
 * Throws UserMistake, with everything at once, on a file that is missing or broken, an id that nothing has, and
 * an id that is waived twice. An expired waiver, or one approved by its author, is inactive and says why.
 */
export function decideWaivers(files: GovernanceFiles, today: string): WaiverState[] {
  if (files.waivers === undefined) return [];
  const { source, place } = files.waivers;
  if (source.state !== 'read') {
    const why = source.state === 'missing' ? 'which is not there' : `which cannot be read: ${source.reason}`;
    const fix = 'Create it; `[]` says that nothing is waived.';
    throw new UserMistake({ ...place, found: `\`governance.waivers\` names ${source.path}, ${why}`, fix });
  }
  const { value, locate } = parseWaivers(source.text, source.file);
  const problems = value.flatMap((waiver, index) => findProblems(waiver, index, value, files.waivable, locate));
  if (problems.length > 0) throw new UserMistake(problems);
  return value.map((waiver) => ({ ...waiver, ...judge(waiver, today) }));
}

/** Parses a waivers file; one of nothing but comments waives nothing. Throws UserMistake on what the schema refuses. */
export function parseWaivers(text: string, file: string): YamlSource<Waiver[]> {
  const isBlank = text.split(/\r\n|\n|\r/).every((line) => /^\uFEFF?\s*(?:#|$)/.test(line));
  return parseYaml<Waiver[]>(isBlank ? '[]' : text, { file, schema: Waivers });
}

/** Marks the rules or controls whose id an active waiver names. Their outcomes stay as they are. */
export function markWaived<T extends { readonly id: string; readonly waived: boolean }>(
  results: readonly T[],
  waivers: readonly WaiverState[],
): T[] {
  const active = new Set(waivers.filter((waiver) => waiver.active).map((waiver) => waiver.waives));
  return results.map((result) => ({ ...result, waived: active.has(result.id) }));
}

function findProblems(
  waiver: Waiver,
  index: number,
  all: readonly Waiver[],
  waivable: readonly string[],
  locate: Locate,
): Problem[] {
  const problems: Problem[] = [];
  const report = (key: keyof Waiver, found: string, fix: string) => {
    problems.push({ ...locate([index, key]), found, fix });
  };
  if (!waivable.includes(waiver.waives)) {
    report('waives', `there is no rule or control \`${waiver.waives}\``, suggest(waiver.waives, waivable));
  } else if (all.findIndex((other) => other.waives === waiver.waives) < index) {
    report('waives', `\`${waiver.waives}\` is waived twice`, 'Keep one waiver for each rule or control.');
  }
  if (waiver.reason.trim().length < MIN_REASON) {
    report('reason', 'the reason is mostly white space', `Allowed: a reason of at least ${MIN_REASON} characters.`);
  }
  for (const key of ['author', 'approver'] as const) {
    if (normalisePerson(waiver[key]) === '') report(key, `\`${key}\` names nobody`, 'Write a name or a GitHub login.');
  }
  return problems;
}

function judge(waiver: Waiver, today: string): Pick<WaiverState, 'active' | 'note'> {
  if (normalisePerson(waiver.author) === normalisePerson(waiver.approver)) {
    return { active: false, note: 'its author approved it; somebody else must' };
  }
  if (waiver.expires < today) return { active: false, note: `expired: it held through ${waiver.expires}` };
  return { active: true, note: '' };
}

/** `@Ada`, ` ada `, `ADA` and `ada <ada@example.org>` are one person; invisible characters do not make another. */
function normalisePerson(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/<[^>]*>/g, '')
    .trim()
    .replace(/^@+/, '')
    .trim()
    .toLowerCase();
}
