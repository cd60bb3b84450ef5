import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { notFound } from '../fault.ts';
import { satisfies } from '../permissions.ts';
import { findRulesets, keepRulesets, type Rule, type RulesetRecord } from '../records/rulesets.ts';
import { includesRole } from '../repository.ts';
import { writeTime } from '../world.ts';

interface RulesetBody {
  readonly name?: string;
  readonly target?: RulesetRecord['target'];
  readonly enforcement?: RulesetRecord['enforcement'];
  readonly bypass_actors?: RulesetRecord['bypassActors'];
  readonly conditions?: { readonly ref_name?: { readonly include?: string[]; readonly exclude?: string[] } };
  readonly rules?: readonly Rule[];
}

/** Rulesets of a repository. Those of refs hold for the routes of refs and releases, not for `git push`. */
export const rulesetRoutes: Routes = {
  'repos/get-repo-rulesets': (call: Call) => {
    const all = call.repository.part(keepRulesets);
    return answerList(
      call,
      all.map((ruleset) => showRuleset(call, ruleset)),
    );
  },
  'repos/get-repo-ruleset': (call: Call) => ({ status: 200, body: showWhole(call, findRuleset(call)) }),
  'repos/create-repo-ruleset': (call: Call<RulesetBody>): Answer => {
    const now = call.world.now();
    const ruleset: RulesetRecord = {
      id: call.world.nextId(),
      name: call.body.name ?? '',
      target: call.body.target ?? 'branch',
      enforcement: 'active',
      bypassActors: [],
      conditions: { include: [], exclude: [] },
      rules: [],
      created: now,
      updated: now,
    };
    change(call, ruleset);
    call.repository.part(keepRulesets).push(ruleset);
    return { status: 201, body: showWhole(call, ruleset) };
  },
  'repos/update-repo-ruleset': (call: Call<RulesetBody>): Answer => {
    const ruleset = findRuleset(call);
    change(call, ruleset);
    return { status: 200, body: showWhole(call, ruleset) };
  },
  'repos/delete-repo-ruleset': (call: Call): Answer => {
    const all = call.repository.part(keepRulesets);
    all.splice(all.indexOf(findRuleset(call)), 1);
    return { status: 204 };
  },
  /** The rules that hold for a branch, whether it is there or not. */
  'repos/get-branch-rules': (call: Call) => {
    const found = findRulesets(call.repository, `refs/heads/${call.params['branch']}`);
    const source = { ruleset_source_type: 'Repository', ruleset_source: call.repository.fullName };
    return answerList(
      call,
      found.flatMap(({ id, rules }) => rules.map((rule) => ({ ...rule, ...source, ruleset_id: id }))),
    );
  },
};

function findRuleset(call: Call): RulesetRecord {
  const found = call.repository.part(keepRulesets).find((one) => one.id === Number(call.params['ruleset_id']));
  if (found === undefined) throw notFound();
  return found;
}

function change(call: Call<RulesetBody>, ruleset: RulesetRecord): void {
  const { name, target, enforcement, bypass_actors, conditions, rules } = call.body;
  if (name !== undefined) ruleset.name = name;
  if (target !== undefined) ruleset.target = target;
  if (enforcement !== undefined) ruleset.enforcement = enforcement;
  if (bypass_actors !== undefined) ruleset.bypassActors = bypass_actors;
  if (rules !== undefined) ruleset.rules = rules;
  if (conditions?.ref_name !== undefined) {
    ruleset.conditions = { include: conditions.ref_name.include ?? [], exclude: conditions.ref_name.exclude ?? [] };
  }
  ruleset.updated = call.world.now();
}

function showRuleset(call: Call, ruleset: RulesetRecord): Record<string, unknown> {
  const { id, name, target, enforcement } = ruleset;
  return {
    ...{ id, name, target, enforcement, node_id: `RRS_${id}` },
    source_type: 'Repository',
    source: call.repository.fullName,
    created_at: writeTime(ruleset.created),
    updated_at: writeTime(ruleset.updated),
    _links: {
      self: { href: `${call.repository.apiUrl}/rulesets/${id}` },
      html: { href: `${call.repository.htmlUrl}/rules/${id}` },
    },
  };
}

/** Who may go round the rules, only those see who may change them. */
function showWhole(call: Call, ruleset: RulesetRecord): Record<string, unknown> {
  const { token, repository } = call;
  const need = { anyOf: [{ permission: 'administration', level: 'write' }], publicly: false } as const;
  const user = token?.kind === 'user' && includesRole(repository.roleOf(token.login), 'admin');
  const administers = user || (token !== undefined && token.kind !== 'user' && satisfies(token.permissions, need));
  return {
    ...showRuleset(call, ruleset),
    conditions: { ref_name: ruleset.conditions },
    rules: ruleset.rules,
    ...(administers && { bypass_actors: ruleset.bypassActors, current_user_can_bypass: 'never' }),
  };
}
