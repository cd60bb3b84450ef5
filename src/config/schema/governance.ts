import Type, { type Static } from 'typebox';
import { Mode } from './gates.ts';
import { Identifier, RepositoryPath, titled } from './quantities.ts';

const closed = { additionalProperties: false };

/** The id of the control that a first modelgate.yml is held to; no rule, control or waiver of a file may have it. */
export const BOOTSTRAP = 'bootstrap';

const Login = Type.String({
  pattern: '^@?[A-Za-z0-9][A-Za-z0-9_-]{0,99}$',
  description: 'a GitHub login such as ada',
});

const Team = Type.String({
  pattern: '^@?[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
  description: 'a team of an organization such as octo-org/ml-leads',
});

/** Logins and teams may be written with an @ in front, in quotes; letters count without case. */
export const Approval = Type.Object(
  {
    users: Type.Optional(
      titled(
        Type.Array(Login, { minItems: 1, uniqueItems: true, description: 'GitHub logins such as ada' }),
        'each of them may approve',
      ),
    ),
    teams: Type.Optional(
      titled(
        Type.Array(Team, { minItems: 1, uniqueItems: true, description: 'teams such as octo-org/ml-leads' }),
        'each of their members may approve; needs a token that can read them',
      ),
    ),
    'code-owners-of': Type.Optional(
      titled(RepositoryPath, 'whoever CODEOWNERS of the base branch names for this file may approve'),
    ),
    count: Type.Optional(
      titled(
        Type.Integer({ minimum: 1, description: 'a whole number of at least 1' }),
        'how many of them must approve; without it 1',
      ),
    ),
  },
  { ...closed, description: 'who must approve the judged commit on the pull request; its authors do not count' },
);
export type Approval = Static<typeof Approval>;

export const Control = Type.Object(
  {
    id: Identifier,
    document: Type.Optional(titled(RepositoryPath, 'a Markdown file that must be there and say something')),
    sections: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true, description: 'headings' }),
    ),
    metric: Type.Optional(
      titled(Type.String({ description: 'the id of a rule under gates' }), 'a rule whose outcome is the evidence'),
    ),
    checklist: Type.Optional(
      titled(RepositoryPath, 'a file of tasks; each must be ticked and carry a link or a path that exists'),
    ),
    approval: Type.Optional(Approval),
  },
  { ...closed, description: 'one control: an id, and one of document, metric, checklist or approval' },
);

export const Governance = Type.Object(
  {
    mode: Type.Optional(Mode),
    controls: titled(
      Type.Array(Control, { description: 'controls' }),
      'what must be there; each entry has the keys below',
    ),
    waivers: Type.Optional(titled(RepositoryPath, 'the waivers file; see below')),
  },
  { ...closed, description: 'the evidence that must be there beside the numbers' },
);

/** The file that `governance.waivers` names. */
export const Waivers = Type.Array(
  Type.Object(
    {
      waives: Type.String({ minLength: 1, description: 'the id of a rule or a control' }),
      reason: Type.String({ minLength: 10, description: 'a reason of at least 10 characters' }),
      author: Type.String({ minLength: 1, description: 'who asks for the waiver' }),
      approver: Type.String({ minLength: 1, description: 'who approved it; not the author' }),
      expires: Type.String({ format: 'date', description: 'a day such as 2027-01-31; the waiver holds through it' }),
    },
    { ...closed, description: 'one waiver' },
  ),
  { description: 'a list of waivers' },
);
