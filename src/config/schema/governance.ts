import Type from 'typebox';
import { Mode } from './gates.ts';
import { Identifier, RepositoryPath, titled } from './quantities.ts';

const closed = { additionalProperties: false };

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
  },
  { ...closed, description: 'one control: an id, and one of document, metric or checklist' },
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
