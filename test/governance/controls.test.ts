import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import { decideControls } from '../../src/governance/controls.ts';
import type { ApprovalFacts, GovernanceFiles, Permission } from '../../src/governance/sources.ts';
import { approve, createFacts } from './approvals.ts';

const FILE = 'models/a/modelgate.yml';
const locate = () => ({ file: FILE, line: 1, column: 1 });
const filesOf = (facts?: Partial<ApprovalFacts>): GovernanceFiles => ({
  evidence: new Map(),
  existing: new Map(),
  waivers: undefined,
  waivable: [],
  ...(facts ? { approvals: createFacts(facts) } : {}),
});
const BARE: Config = { version: 1, model: 'penguins' };
const withApproval: Config = {
  ...BARE,
  governance: {
    controls: [
      { id: 'signed-off', approval: { users: ['ada'], teams: ['Org/Leads'], 'code-owners-of': 'C.md', count: 2 } },
    ],
  },
};

describe('a control of the kind approval', () => {
  it('says who must approve, and is decided by the facts', () => {
    const facts = { reviews: [approve('ada'), approve('bo')], teams: new Map([['org/leads', ['bo']]]) };
    expect(decideControls(withApproval, locate, filesOf(facts), [])).toEqual([
      {
        id: 'signed-off',
        kind: 'approval',
        text: 'Approved by 2 of: ada, a member of org/leads or a code owner of C.md',
        outcome: 'pass',
        reason: 'The commit 1111111 is approved by ada and bo.',
        evidence: null,
        waived: false,
        place: locate(),
      },
    ]);
  });

  it('cannot be measured where no pull request is judged', () => {
    expect(decideControls(withApproval, locate, filesOf(), [])).toMatchObject([{ outcome: 'cannot-measure' }]);
  });

  it('may be waived', () => {
    const waiver = {
      waives: 'signed-off',
      reason: '',
      author: 'a',
      approver: 'b',
      expires: '',
      active: true,
      note: '',
    };
    expect(decideControls(withApproval, locate, filesOf({}), [], [waiver])).toMatchObject([
      { outcome: 'fail', waived: true },
    ]);
  });
});

describe('the first modelgate.yml', () => {
  const decide = (facts: Partial<ApprovalFacts> | undefined) => {
    const [result, ...others] = decideControls(BARE, locate, filesOf(facts), [], [], { bootstrap: true });
    expect(others).toEqual([]);
    return result;
  };
  const permission = (login: string, granted: Permission) => new Map([[login, granted]]);

  it('needs the approval of its code owner, whom the base names', () => {
    const facts = { codeOwners: `/${FILE} @ada\n`, reviews: [approve('ada')], owners: permission('ada', 'write') };
    expect(decide(facts)).toEqual({
      id: 'bootstrap',
      kind: 'approval',
      text: `The first ${FILE}, which judges itself, is approved by its code owner or a maintainer`,
      outcome: 'pass',
      reason: 'The commit 1111111 is approved by ada.',
      evidence: null,
      waived: false,
    });
  });

  it('is not approved by a maintainer where the base names another owner', () => {
    const facts = { codeOwners: `* @ada\n`, reviews: [approve('bo')], owners: permission('bo', 'admin') };
    expect(decide(facts)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringContaining(`a code owner of ${FILE}`),
    });
  });

  it.each([
    ['admin', 'pass'],
    ['maintain', 'pass'],
    ['write', 'fail'],
    ['read', 'fail'],
    ['none', 'fail'],
  ] as const)('without an owner is approved or not by somebody with the permission %s', (granted, outcome) => {
    for (const codeOwners of [undefined, '/docs/ @ada\n', `* @ada\n${FILE}\n`]) {
      const facts = { codeOwners, reviews: [approve('bo')], owners: permission('Bo', granted) };
      expect(decide(facts)).toMatchObject({ outcome });
    }
  });

  it('cannot be measured where the permission is not known, or nothing was looked up', () => {
    expect(decide({ reviews: [approve('bo')] })).toMatchObject({ outcome: 'cannot-measure' });
    expect(decide(undefined)).toMatchObject({ outcome: 'cannot-measure' });
  });

  it('is not approved by its author, however much they may do', () => {
    const facts = { reviews: [approve('author')], owners: permission('author', 'admin') };
    expect(decide(facts)).toMatchObject({ outcome: 'fail' });
  });

  it('is asked for nothing where the base has one', () => {
    expect(decideControls(BARE, locate, filesOf({}), [])).toEqual([]);
  });

  it('cannot be waived', () => {
    const waiver = { waives: 'bootstrap', reason: '', author: 'a', approver: 'b', expires: '', active: true, note: '' };
    const results = decideControls(BARE, locate, filesOf({}), [], [waiver], { bootstrap: true });
    expect(results).toMatchObject([{ outcome: 'fail', waived: false }]);
  });
});
