import type { RepositoryState } from '../repository.ts';

/** A label that a repository has. Issues and pull requests name theirs. */
export interface LabelRecord {
  readonly id: number;
  name: string;
  /** Six hexadecimal digits. */
  color: string;
  description: string | null;
}

/** What GitHub colours a label with that is made by putting it on an issue. */
const GREY = 'ededed';

/** The labels of a repository; for `RepositoryState.part`. */
export function keepLabels(repository: RepositoryState): LabelRecords {
  return new LabelRecords(repository);
}

/** The labels of a repository, in the order in which they were made. Names do not differ by case. */
export class LabelRecords {
  readonly all: LabelRecord[] = [];
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  find(name: string): LabelRecord | undefined {
    return this.all.find((label) => label.name.toLowerCase() === name.toLowerCase());
  }

  add(name: string, more: { color?: string; description?: string | null } = {}): LabelRecord {
    const { color = GREY, description = null } = more;
    const label = { id: this.#repository.world.nextId(), name, color, description };
    this.all.push(label);
    return label;
  }

  /** The label of a name, made where it is missing. */
  ensure(name: string): LabelRecord {
    return this.find(name) ?? this.add(name);
  }
}
