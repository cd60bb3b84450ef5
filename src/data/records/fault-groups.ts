import type { ErrorObject } from 'ajv/dist/2020.js';

/** Records that break one keyword of a schema at one place; `required` once for each name that is missing. */
export interface FaultGroup {
  readonly keyword: string;
  /** The place in a record as a JSON Pointer, `*` for any element of a list; empty for the record itself. */
  readonly place: string;
  /** What the keyword asks, as the validator says it. */
  readonly text: string;
  /** Records, each once. */
  count: number;
  /** The first records, and what stands there where it is no list or object. */
  readonly examples: { readonly row: number; readonly value: string | undefined }[];
}

const MAX_EXAMPLES = 5;
/** More different faults than this are counted and not told apart. */
const MAX_GROUPS = 50;

/** Gathers what is wrong with records, by what they break. */
export class FaultGroups {
  /** Records with at least one fault. */
  broken = 0;
  /** Records whose faults would have made one group more than are told apart. */
  untold = 0;
  readonly #groups = new Map<string, FaultGroup>();

  add(row: number, faults: readonly ErrorObject[]): void {
    if (faults.length === 0) return;
    this.broken += 1;
    const seen = new Set<string>();
    let untold = false;
    for (const fault of faults) {
      const place = fault.instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*');
      const missing = nameMissing(fault);
      const key = JSON.stringify([fault.schemaPath, place, missing]);
      if (seen.has(key)) continue;
      seen.add(key);
      const group = this.#groups.get(key) ?? this.#open(key, fault, place, missing);
      if (!group) {
        untold = true;
        continue;
      }
      group.count += 1;
      if (group.examples.length < MAX_EXAMPLES) group.examples.push({ row, value: showScalar(fault.data) });
    }
    if (untold) this.untold += 1;
  }

  /** The most frequent first. */
  list(): FaultGroup[] {
    return [...this.#groups.values()].sort((one, other) => other.count - one.count);
  }

  #open(key: string, fault: ErrorObject, place: string, missing: string | undefined): FaultGroup | undefined {
    if (this.#groups.size >= MAX_GROUPS) return undefined;
    const { keyword, message = keyword } = fault;
    const text = missing === undefined ? message : `must have ${JSON.stringify(missing)}`;
    const group: FaultGroup = { keyword, place, text, count: 0, examples: [] };
    this.#groups.set(key, group);
    return group;
  }
}

/** Which of the names that a schema asks for a record does not have. */
function nameMissing({ keyword, params }: ErrorObject): string | undefined {
  return keyword === 'required' ? String(params['missingProperty']) : undefined;
}

function showScalar(value: unknown): string | undefined {
  return typeof value === 'object' || value === undefined ? undefined : String(value);
}
