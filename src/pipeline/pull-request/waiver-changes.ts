import { Waivers } from '../../config/schema/governance.ts';
import type { Waiver } from '../../config/schema/modelgate.ts';
import { parseYaml } from '../../config/yaml-document.ts';
import { UserMistake } from '../../errors.ts';
import type { PromiseChange } from '../../evidence/schema/verdict.ts';

/**
 * What a waivers file excuses otherwise than an earlier version of it. One more waiver lowers the bar. A text is undefined
 * where the file is not there; one that cannot be read is told as one change.
 */
export function compareWaivers(file: string, before: string | undefined, after: string | undefined): PromiseChange[] {
  if (before === after) return [];
  const [old, now] = [parse(file, before), parse(file, after)];
  if (!old || !now) {
    const tell = (waivers: Waiver[] | undefined) => (waivers ? `${waivers.length} waivers` : 'cannot be read');
    return [{ file, subject: 'waivers', change: 'changed', before: tell(old), after: tell(now) }];
  }
  const ids = [...new Set([...old, ...now].map(({ waives }) => waives))];
  return ids.flatMap((id): PromiseChange[] => {
    const [one, other] = [old, now].map((waivers) => describe(waivers.find(({ waives }) => waives === id)));
    if (one === other) return [];
    const change = one === undefined ? 'loosened' : other === undefined ? 'tightened' : 'changed';
    return [{ file, subject: `the waiver of ${id}`, change, before: one ?? null, after: other ?? null }];
  });
}

function describe(waiver: Waiver | undefined): string | undefined {
  return waiver && `through ${waiver.expires}, by ${waiver.author}, approved by ${waiver.approver}: ${waiver.reason}`;
}

function parse(file: string, text: string | undefined): Waiver[] | undefined {
  if (text === undefined || text.split(/\r\n|\n|\r/).every((line) => /^\uFEFF?\s*(?:#|$)/.test(line))) return [];
  try {
    return parseYaml<Waiver[]>(text, { file, schema: Waivers }).value;
  } catch (error) {
    if (error instanceof UserMistake) return undefined;
    throw error;
  }
}
