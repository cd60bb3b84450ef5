import { ApiFault } from '../fault.ts';
import type { RepositoryState } from '../repository.ts';
import type { Token } from '../tokens.ts';

/** A rule as GitHub writes it. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Record<string, unknown>;
}

/** Rules for branches or tags of some names. */
export interface RulesetRecord {
  readonly id: number;
  name: string;
  target: 'branch' | 'tag' | 'push';
  enforcement: 'active' | 'evaluate' | 'disabled';
  bypassActors: readonly { actor_id?: number | null; actor_type: string; bypass_mode?: string }[];
  conditions: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  rules: readonly Rule[];
  readonly created: Date;
  updated: Date;
}

/** The rulesets of a repository, oldest first; for `RepositoryState.part`. */
export function keepRulesets(_: RepositoryState): RulesetRecord[] {
  return [];
}

/** The active rulesets that a full ref falls under. */
export function findRulesets(repository: RepositoryState, ref: string): RulesetRecord[] {
  const target = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  const matches = (pattern: string) =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && ref === `refs/heads/${repository.defaultBranch}`) ||
    writePattern(pattern).test(ref);
  return repository
    .part(keepRulesets)
    .filter((ruleset) => ruleset.enforcement === 'active' && ruleset.target === target)
    .filter(({ conditions }) => conditions.include.some(matches) && !conditions.exclude.some(matches));
}

/** What rules may forbid of a ref. */
export type RefChange = 'creation' | 'update' | 'deletion' | 'non_fast_forward';

const WORDS: Record<RefChange, string> = {
  creation: 'Cannot create ref due to creations being restricted.',
  update: 'Cannot update this protected ref.',
  deletion: 'Cannot delete this protected ref.',
  non_fast_forward: 'Cannot force-push to this branch',
};

/** Throws GitHub's 422 for a change of a ref that a ruleset forbids to everybody but those it names. */
export function refuseByRules(
  repository: RepositoryState,
  ref: string,
  change: RefChange,
  token: Token | undefined,
): void {
  const forbids = ({ rules, bypassActors }: RulesetRecord) =>
    rules.some((rule) => rule.type === change) &&
    !bypassActors.some((actor) => actor.actor_type === 'Integration' && actor.actor_id === token?.app?.id);
  if (findRulesets(repository, ref).some(forbids)) throw violate(change);
}

/** GitHub's 422 for a ref that something protects: a ruleset, or an immutable release. */
export function violate(change: RefChange): ApiFault {
  return new ApiFault(422, `Repository rule violations found\n\n${WORDS[change]}\n\n`);
}

/** A name pattern of a ruleset as Ruby's `File.fnmatch` reads it: `*` stays within a segment, `**` and a slash crosses them. */
function writePattern(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
