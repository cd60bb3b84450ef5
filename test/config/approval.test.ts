import { describe, expect, test } from 'vitest';
import { findConfigProblems } from '../../src/config/consistency.ts';
import type { Approval } from '../../src/config/schema/governance.ts';
import { Modelgate } from '../../src/config/schema/modelgate.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';
import { UserMistake } from '../../src/errors.ts';

function findProblems(control: object): [found: string, fix: string | undefined][] {
  const text = JSON.stringify({
    version: 1,
    model: 'penguins',
    governance: { controls: [{ id: 'signed', ...control }] },
  });
  try {
    parseYaml(text, { file: 'm.yml', schema: Modelgate, findProblems: findConfigProblems });
    return [];
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.problems.map(({ found, fix }) => [found, fix]);
  }
}

describe('an approval control', () => {
  test.each<Approval>([
    { users: ['ada'] },
    { users: ['@Ada', 'bo_corp'], count: 2 },
    { teams: ['octo-org/ml-leads'], count: 9 },
    { teams: ['@octo-org/ml.leads'] },
    { 'code-owners-of': 'MODEL_CARD.md' },
    { users: ['ada'], teams: ['o/t'], 'code-owners-of': 'docs/x.md', count: 3 },
  ])('may be %j', (approval) => {
    expect(findProblems({ approval })).toEqual([]);
  });

  test.each<[what: string, control: object, found: string, fix: string]>([
    ['nobody', { approval: {} }, 'the approval of `signed` names nobody who may give it', 'Add `users`, `teams` or'],
    [
      'only a count',
      { approval: { count: 2 } },
      'the approval of `signed` names nobody who may give it',
      'Add `users`, `teams` or `code-owners-of`.',
    ],
    [
      'more than may approve',
      { approval: { users: ['ada', '@Ada'], count: 2 } },
      '`count` is 2, and 1 user may approve',
      'Name more users, or ask for fewer approvals.',
    ],
    [
      'no approval at all',
      { approval: { users: ['ada'], count: 0 } },
      '`governance.controls[0].approval.count` is 0; it must be at least 1',
      'Allowed: a whole number of at least 1.',
    ],
    [
      'a team for a user',
      { approval: { users: ['org/team'] } },
      '`governance.controls[0].approval.users[0]` is "org/team"',
      'Allowed: a GitHub login such as ada.',
    ],
    [
      'a user for a team',
      { approval: { teams: ['ada'] } },
      '`governance.controls[0].approval.teams[0]` is "ada"',
      'Allowed: a team of an organization such as octo-org/ml-leads.',
    ],
    [
      'an empty list',
      { approval: { users: [] } },
      'the list `governance.controls[0].approval.users` is empty; at least 1 entry',
      'Allowed: a list of GitHub logins such as ada.',
    ],
    [
      'a misspelt key',
      { approval: { user: ['ada'] } },
      'unknown key `user` in `governance.controls[0].approval`',
      'Did you mean `users`? Allowed: users, teams, code-owners-of, count.',
    ],
    [
      'a misspelt kind',
      { aproval: { users: ['ada'] } },
      'unknown key `aproval` in `governance.controls[0]`',
      'Did you mean `approval`?',
    ],
    [
      'a path that leaves',
      { approval: { 'code-owners-of': '../x' } },
      '`governance.controls[0].approval.code-owners-of` is "../x": it leaves the repository',
      'a path inside the repository',
    ],
    [
      'two kinds',
      { approval: { users: ['ada'] }, document: 'CARD.md' },
      'the control `signed` has 2 of document, metric, checklist and approval',
      'A control has exactly one of them.',
    ],
    [
      'a list of logins',
      { approval: ['ada'] },
      '`governance.controls[0].approval` is the list ["ada"]; it must be a mapping',
      'Allowed: a mapping with the keys users, teams, code-owners-of, count.',
    ],
  ])('with %s is a mistake', (_what, control, found, fix) => {
    const problems = findProblems(control);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.[0]).toBe(found);
    expect(problems[0]?.[1]).toContain(fix);
  });
});

test('the id of the control that a first modelgate.yml is held to is taken', () => {
  const problem = ['the id `bootstrap` is taken', expect.stringContaining('choose another')];
  expect(findProblems({ id: 'bootstrap', document: 'CARD.md' })).toEqual([problem]);
});
