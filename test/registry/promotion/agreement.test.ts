import { describe, expect, test } from 'vitest';
import type { Approval } from '../../../src/config/schema/governance.ts';
import { type AgreementFacts, countAgreement } from '../../../src/registry/promotion/agreement.ts';
import type { Askers } from '../../../src/registry/promotion/asked.ts';
import { plainStage } from './world.ts';

const OWNERS = new Map([
  ['ada', 'admin'],
  ['bo', 'write'],
  ['cy', 'write'],
  ['tim', 'triage'],
] as const);

const comment = (login: string) => ({ login, by: 'issue', url: null }) as const;
const review = (login: string) => ({ login, by: 'environment', url: null }) as const;

function count(
  approval: Approval | undefined,
  given: AgreementFacts['given'],
  { askers = { requestedBy: 'ada' }, ...more }: Partial<AgreementFacts> & { askers?: Askers } = {},
) {
  const people = { owners: OWNERS, teams: new Map([['octo/leads', ['bo', 'cy']]]), codeOwners: 'MODEL.md @cy' };
  const facts: AgreementFacts = { reviewed: false, given, people, folder: '', ...more };
  const agreement = countAgreement(plainStage('production', { approval }), askers, facts);
  if (agreement.state === 'given') return agreement.approvals.map(({ login }) => login);
  if (agreement.state === 'missing') return { by: agreement.by, refused: agreement.refused.map(({ login }) => login) };
  return agreement.state;
}

describe('an agreement', () => {
  test('is needless where nothing asks for one', () => {
    expect(count(undefined, [])).toBe('needless');
  });

  test.each<[what: string, approval: Approval | undefined, given: AgreementFacts['given'], counted: unknown]>([
    ['anybody who may write', {}, [comment('bo')], ['bo']],
    ['nobody who may only triage', {}, [comment('tim')], { by: 'issue', refused: ['tim'] }],
    ['nobody whose role is not known', {}, [comment('eve')], { by: 'issue', refused: ['eve'] }],
    ['never who asked', {}, [comment('ada')], { by: 'issue', refused: ['ada'] }],
    ['never who asked, whatever the case', {}, [comment('ADA')], { by: 'issue', refused: ['ADA'] }],
    ['never who asked, though named', { users: ['ada', 'bo'] }, [comment('ada')], { by: 'issue', refused: ['ada'] }],
    ['whom modelgate.yml names', { users: ['@Tim'] }, [comment('tim')], ['tim']],
    ['nobody else then', { users: ['tim'] }, [comment('bo')], { by: 'issue', refused: ['bo'] }],
    ['members of a team', { teams: ['octo/leads'] }, [comment('cy')], ['cy']],
    ['nobody of a team that is not known', { teams: ['octo/x'] }, [comment('cy')], { by: 'issue', refused: ['cy'] }],
    ['a code owner', { 'code-owners-of': 'MODEL.md' }, [comment('cy')], ['cy']],
    ['no other then', { 'code-owners-of': 'MODEL.md' }, [comment('bo')], { by: 'issue', refused: ['bo'] }],
    ['nobody where a file has no owner', { 'code-owners-of': 'x' }, [comment('bo')], { by: 'issue', refused: ['bo'] }],
    ['two where two are asked for', { count: 2 }, [comment('bo'), comment('cy')], ['bo', 'cy']],
    ['one person once', { count: 2 }, [comment('bo'), comment('Bo')], { by: 'issue', refused: [] }],
  ])('counts %s', (_what, approval, given, counted) => {
    expect(count(approval, given)).toEqual(counted);
  });

  test.each<[what: string, approval: Approval | undefined, given: AgreementFacts['given'], counted: unknown]>([
    ['is asked of the reviewers', undefined, [], { by: 'environment', refused: [] }],
    ['is given by whom GitHub let in', undefined, [review('eve')], ['eve']],
    ['is not given by who asked and let it in', undefined, [review('ada')], { by: 'issue', refused: ['ada'] }],
    ['is not given by a comment', undefined, [comment('bo')], { by: 'environment', refused: ['bo'] }],
    ['needs a reviewer whom modelgate.yml names', { users: ['cy'] }, [review('bo')], { by: 'issue', refused: ['bo'] }],
    ['adds up from both', { count: 2 }, [review('bo'), comment('cy')], ['bo', 'cy']],
  ])('for an environment with reviewers %s', (_what, approval, given, counted) => {
    expect(count(approval, given, { reviewed: true })).toEqual(counted);
  });

  test('of a reviewed run counts for nothing where the environment has no reviewers', () => {
    expect(count(undefined, [review('bo')])).toBe('needless');
  });

  test('is never given by who ran the run again', () => {
    const askers = { requestedBy: 'ada', triggeredBy: ['Bo'] };
    expect(count({}, [comment('bo')], { askers })).toEqual({ by: 'issue', refused: ['bo'] });
    expect(count({}, [comment('bo'), comment('cy')], { askers })).toEqual(['cy']);
  });

  test.each([{ requestedBy: 'github-actions[bot]' }, { requestedBy: 'ada', triggeredBy: ['robot[bot]'] }])(
    'cannot be given where an app asks, whoever gives it: %j',
    (askers) => {
      expect(count({}, [comment('bo')], { askers })).toEqual({ by: undefined, refused: [] });
      expect(count(undefined, [review('bo')], { askers, reviewed: true })).toEqual({ by: undefined, refused: [] });
      expect(count(undefined, [], { askers })).toBe('needless');
    },
  );

  test('of reviewers is asked once a run: another attempt needs a new run, or enough comments', () => {
    expect(count(undefined, [], { reviewed: true, again: true })).toEqual({ by: undefined, refused: [] });
    expect(count({ users: ['cy'] }, [comment('cy')], { reviewed: true, again: true })).toEqual(['cy']);
    expect(count({}, [], { again: true })).toEqual({ by: 'issue', refused: [] });
  });

  test('looks for code owners beside modelgate.yml', () => {
    const people = { owners: OWNERS, teams: new Map(), codeOwners: '/models/churn/MODEL.md @cy' };
    const approval = { 'code-owners-of': 'MODEL.md' };
    expect(count(approval, [comment('cy')], { people, folder: 'models/churn' })).toEqual(['cy']);
    expect(count(approval, [comment('cy')], { people })).toEqual({ by: 'issue', refused: ['cy'] });
  });
});
