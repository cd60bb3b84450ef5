import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/config/schema/governance.ts';
import { decideApproval, listAskedTeams } from '../../src/governance/approval-control.ts';
import { TEAM_FIX } from '../../src/governance/approvers.ts';
import type { ApprovalFacts } from '../../src/governance/sources.ts';
import { approve, createFacts, OLD } from './approvals.ts';

const decide = (approval: Approval, facts: Partial<ApprovalFacts>, file = 'modelgate.yml') =>
  decideApproval(approval, createFacts(facts), file);
const outcomeOf = (approval: Approval, facts: Partial<ApprovalFacts>) => decide(approval, facts).outcome;

describe('an approval control', () => {
  it('passes when enough of those who may approve have approved the head commit', () => {
    expect(decide({ users: ['ada', 'bo'], count: 2 }, { reviews: [approve('Ada'), approve('bo')] })).toEqual({
      outcome: 'pass',
      reason: 'The commit 1111111 is approved by Ada and bo.',
    });
  });

  it('asks for one approval where no count is given, and counts one person once', () => {
    const reviews = [approve('ada'), approve('ADA', { submitted: '2026-11-22T10:00:00Z' })];
    expect(outcomeOf({ users: ['ada'] }, { reviews })).toBe('pass');
    expect(outcomeOf({ users: ['ada', 'bo'], count: 2 }, { reviews })).toBe('fail');
  });

  it('fails with who approved, who does not count and why, and how many are missing', () => {
    const reviews = [
      approve('ada'),
      approve('bo', { commit: OLD }),
      approve('cy'),
      approve('dan'),
      approve('eve', { state: 'CHANGES_REQUESTED' }),
      approve('fay', { state: 'DISMISSED' }),
      approve('gus'),
    ];
    const users = ['ada', 'bo', 'dan', 'eve', 'fay', 'gus', 'author'];
    const facts = {
      reviews: [...reviews, approve('author')],
      coAuthors: ['Gus <1+gus@users.noreply.github.com>', 'dan'],
    };
    expect(decide({ users, count: 3 }, facts)).toEqual({
      outcome: 'fail',
      reason:
        'ada approved 1111111; 2 more approvals are needed, from ada, bo, dan, eve, fay, gus or author. Not counted: ' +
        'bo approved another commit, 2222222; cy is not among those who may approve; dan wrote a part of it; ' +
        'eve asks for changes; fay approved or refused, and the review was dismissed; gus wrote a part of it; ' +
        'author opened the pull request.',
    });
  });

  it('says that nobody has approved', () => {
    expect(decide({ users: ['@ada'] }, {}).reason).toBe(
      'Nobody who counts has approved the commit 1111111; 1 approval is needed, from ada.',
    );
  });

  it.each([
    ['a request for changes', 'CHANGES_REQUESTED', 'fail'],
    ['a dismissal', 'DISMISSED', 'fail'],
    ['a comment', 'COMMENTED', 'pass'],
  ] as const)('takes an approval back, or not, by %s after it', (_what, state, outcome) => {
    const reviews = [approve('ada'), approve('ada', { state, submitted: '2026-11-22T10:00:00Z' })];
    expect(outcomeOf({ users: ['ada'] }, { reviews })).toBe(outcome);
    expect(outcomeOf({ users: ['ada'] }, { reviews: reviews.toReversed() })).toBe(outcome);
  });

  it('does not take a comment, or a state that nobody knows, for an approval', () => {
    for (const state of ['COMMENTED', 'PENDING'] as 'COMMENTED'[]) {
      expect(outcomeOf({ users: ['ada'] }, { reviews: [approve('ada', { state })] })).toBe('fail');
    }
  });

  it('takes the later in the list of two reviews of one second', () => {
    const reviews = [approve('ada'), approve('ada', { state: 'CHANGES_REQUESTED' })];
    expect(outcomeOf({ users: ['ada'] }, { reviews })).toBe('fail');
    expect(outcomeOf({ users: ['ada'] }, { reviews: reviews.toReversed() })).toBe('pass');
  });

  it.each([
    'ada',
    'ADA',
    '@ada',
    'Ada Lovelace <123+Ada@users.noreply.github.com>',
    '123+ada@users.noreply.github.com',
    'ada@users.noreply.github.com',
    '<ada@users.noreply.github.example.com>',
    'ada <ada@example.org>',
  ])('does not count an approval of ada by the co-author %j', (coAuthor) => {
    expect(outcomeOf({ users: ['ada'] }, { reviews: [approve('Ada')], coAuthors: [coAuthor] })).toBe('fail');
  });

  it.each(['bo', 'Bo <ada@example.org>', '1+adam@users.noreply.github.com', '', '<>'])(
    'counts an approval of ada beside the co-author %j',
    (coAuthor) => {
      expect(outcomeOf({ users: ['ada'] }, { reviews: [approve('ada')], coAuthors: [coAuthor] })).toBe('pass');
    },
  );

  it('lists ten people and counts the rest', () => {
    const reviews = Array.from({ length: 12 }, (_, index) => approve(`stranger${index}`));
    expect(decide({ users: ['ada'] }, { reviews }).reason).toMatch(/stranger9 is not [^;]*; and 2 more\.$/);
  });
});

describe('an approval by a team', () => {
  const approval: Approval = { users: ['ada'], teams: ['Octo-Org/Leads'] };
  const known = new Map([['octo-org/leads', ['Bo', 'cy']]]);
  const fault = { fault: 'Resource not accessible by integration' };
  const unknown = new Map([['octo-org/leads', fault]]);

  it('counts its members', () => {
    expect(outcomeOf(approval, { teams: known, reviews: [approve('bo')] })).toBe('pass');
    expect(outcomeOf(approval, { teams: known, reviews: [approve('dan')] })).toBe('fail');
  });

  it('cannot be measured where its members are not known and could change the result, and says the fix', () => {
    expect(decide(approval, { teams: unknown, reviews: [approve('bo')] })).toEqual({
      outcome: 'cannot-measure',
      reason:
        'Nobody who counts has approved the commit 1111111; 1 approval is needed, and whether bo may approve is not ' +
        `known: the members of octo-org/leads are not known (Resource not accessible by integration); ${TEAM_FIX}.`,
    });
    expect(outcomeOf(approval, { reviews: [approve('bo')] })).toBe('cannot-measure');
  });

  it.each<[string, Partial<ApprovalFacts>, Approval, string]>([
    ['enough others have approved', { reviews: [approve('ada'), approve('bo')] }, approval, 'pass'],
    ['nobody has approved', {}, approval, 'fail'],
    ['too few have approved even with them', { reviews: [approve('bo')] }, { ...approval, count: 2 }, 'fail'],
    ['the approval is of another commit', { reviews: [approve('bo', { commit: OLD })] }, approval, 'fail'],
    ['only the author approved', { reviews: [approve('author')] }, approval, 'fail'],
  ])('is decided without knowing its members where %s', (_what, facts, asked, outcome) => {
    expect(outcomeOf(asked, { ...facts, teams: unknown })).toBe(outcome);
  });
});

describe('an approval by code owners', () => {
  const approval: Approval = { 'code-owners-of': 'MODEL_CARD.md' };
  const owners = new Map([['ada', 'write' as const]]);

  it('counts those of the file by CODEOWNERS of the base', () => {
    const facts = { codeOwners: '* @bo\nMODEL_CARD.md @Ada\n', owners, reviews: [approve('ada')] };
    expect(outcomeOf(approval, facts)).toBe('pass');
    expect(outcomeOf(approval, { ...facts, reviews: [approve('bo')] })).toBe('fail');
  });

  it('finds the file from the folder of modelgate.yml', () => {
    const facts = { codeOwners: '/models/a/MODEL_CARD.md @ada\n', owners, reviews: [approve('ada')] };
    expect(decide(approval, facts, 'models/a/modelgate.yml').outcome).toBe('pass');
    expect(decide({ 'code-owners-of': '../b/X.md' }, facts, 'models/a/modelgate.yml').outcome).toBe('cannot-measure');
  });

  it('counts members of an owning team', () => {
    const facts = { codeOwners: '* @octo-org/leads\n', teams: new Map([['Octo-Org/Leads', ['ada']]]) };
    expect(outcomeOf(approval, { ...facts, reviews: [approve('ada')] })).toBe('pass');
    expect(outcomeOf(approval, { ...facts, reviews: [approve('bo')] })).toBe('fail');
  });

  it('does not count an owner who may not write, and cannot tell without the permission', () => {
    const facts = { codeOwners: '* @ada\n', reviews: [approve('ada')] };
    const reader = decide(approval, { ...facts, owners: new Map([['ada', 'read']]) });
    expect(reader.outcome).toBe('fail');
    expect(reader.reason).toContain('ada is named in CODEOWNERS and may not write to the repository');
    expect(outcomeOf(approval, { ...facts, owners: new Map() })).toBe('cannot-measure');
  });

  it('knows an owner by an address of GitHub’s, and cannot tell by any other', () => {
    const reviews = [approve('ada')];
    expect(outcomeOf(approval, { codeOwners: '* 1+ada@users.noreply.github.com\n', owners, reviews })).toBe('pass');
    const other = decide(approval, { codeOwners: '* ada@example.org\n', owners, reviews });
    expect(other.outcome).toBe('cannot-measure');
    expect(other.reason).toContain('write `@login` there');
  });

  it.each([
    ['there is no CODEOWNERS', undefined, 'The base branch has no CODEOWNERS, so MODEL_CARD.md has no owner;'],
    ['it names no owner', '/docs/ @ada\n', 'CODEOWNERS of the base branch names no owner of MODEL_CARD.md;'],
    ['it takes the owner away', '* @ada\nMODEL_CARD.md\n', 'names no owner of MODEL_CARD.md;'],
    ['it is too large', `# ${'x'.repeat(3 * 1024 * 1024)}`, 'GitHub reads files under'],
  ])('cannot be measured where %s', (_what, codeOwners, reason) => {
    const result = decide(approval, { codeOwners, owners, reviews: [approve('ada')] });
    expect(result).toEqual({ outcome: 'cannot-measure', reason: expect.stringContaining(reason) });
  });

  it('leaves the others who may approve where the file has no owner', () => {
    const both: Approval = { ...approval, users: ['ada'] };
    expect(outcomeOf(both, { codeOwners: undefined, reviews: [approve('ada')] })).toBe('pass');
    expect(outcomeOf(both, { codeOwners: undefined })).toBe('fail');
  });
});

describe('without facts', () => {
  it('an approval cannot be measured, and says where it can', () => {
    const result = decideApproval({ users: ['ada'] }, undefined, 'modelgate.yml');
    expect(result.outcome).toBe('cannot-measure');
    expect(result.reason).toContain('Approvals are counted where a pull request is judged.');
  });

  it('an approval cannot be measured, and says why they are missing', () => {
    expect(
      decideApproval({ users: ['ada'] }, { fault: 'the token may not\n    read reviews.' }, 'modelgate.yml'),
    ).toEqual({
      outcome: 'cannot-measure',
      reason: 'The approvals could not be looked up: the token may not read reviews.',
    });
  });
});

it('the teams to look up are those of the controls and the owners of the files that they name', () => {
  const config = {
    version: 1 as const,
    model: 'penguins',
    governance: {
      controls: [
        { id: 'a', approval: { teams: ['@Org/One'], 'code-owners-of': 'CARD.md' } },
        { id: 'b', document: 'CARD.md' },
      ],
    },
  };
  const codeOwners = '* @org/everybody\n/m/CARD.md @org/two @Org/one @ada\nmodelgate.yml @org/three\n';
  expect(listAskedTeams(config, 'm/modelgate.yml', codeOwners)).toEqual(['org/one', 'org/two']);
  expect(listAskedTeams(config, 'm/modelgate.yml', codeOwners, { bootstrap: true })).toEqual([
    'org/one',
    'org/two',
    'org/three',
  ]);
  expect(listAskedTeams(config, 'm/modelgate.yml', undefined)).toEqual(['org/one']);
});
