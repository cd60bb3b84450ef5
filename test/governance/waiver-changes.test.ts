import { describe, expect, it } from 'vitest';
import { compareWaivers } from '../../src/governance/waiver-changes.ts';

const FILE = 'governance/waivers.yml';
const waiver = (fields: object = {}) => ({
  waives: 'card',
  reason: 'The card is being written.',
  author: 'ada',
  approver: 'bo',
  expires: '2027-01-31',
  ...fields,
});
const write = (...waivers: object[]) => JSON.stringify(waivers);
const brief = (before: string | undefined, after: string | undefined) =>
  compareWaivers(FILE, before, after).map(({ subject, change }) => [subject, change]);

describe('a waivers file', () => {
  it('loosens by a waiver more and tightens by one fewer', () => {
    const other = waiver({ waives: 'list' });
    expect(compareWaivers(FILE, write(), write(waiver()))).toEqual([
      {
        file: FILE,
        subject: 'the waiver of card',
        change: 'loosened',
        before: null,
        after: 'waived through 2027-01-31, asked for by ada and approved by bo: The card is being written.',
      },
    ]);
    expect(brief(write(waiver()), write(other))).toEqual([
      ['the waiver of list', 'loosened'],
      ['the waiver of card', 'tightened'],
    ]);
  });

  it.each([
    ['a later end', { expires: '2027-02-01' }, ['loosened']],
    ['an earlier end', { expires: '2026-12-31' }, ['tightened']],
    ['another approver', { approver: 'cy' }, ['changed']],
    ['another reason', { reason: 'It is still being written.' }, ['changed']],
    ['another author and a later end', { author: 'cy', expires: '2028-01-01' }, ['loosened', 'changed']],
    ['nothing', {}, []],
  ])('with %s', (_what, fields, changes) => {
    expect(brief(write(waiver()), write(waiver(fields)))).toEqual(
      changes.map((change) => ['the waiver of card', change]),
    );
  });

  it('that is not there, or holds nothing but comments, waives nothing', () => {
    expect(brief(undefined, '# none\n')).toEqual([]);
    expect(brief(undefined, write(waiver()))).toEqual([['the waiver of card', 'loosened']]);
    expect(brief(write(waiver()), undefined)).toEqual([['the waiver of card', 'tightened']]);
  });

  it('that cannot be read is told as a change, with the reason', () => {
    expect(compareWaivers(FILE, write(waiver()), '- {')).toEqual([
      {
        file: FILE,
        subject: 'the waivers',
        change: 'changed',
        before: '1 waiver',
        after: expect.stringMatching(/^cannot be read: line 1: this is not valid YAML/),
      },
    ]);
    expect(brief('- {', '- [')).toEqual([['the waivers', 'changed']]);
    expect(brief('- {', '- {')).toEqual([]);
  });
});
