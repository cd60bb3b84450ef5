import { describe, expect, test } from 'vitest';
import { renderCanonical } from '../../../src/evidence/canonical.ts';
import { parseAnchor, renderAnchor } from '../../../src/registry/ledger/anchor.ts';
import { examineLedger, parseLedger } from '../../../src/registry/ledger/chain.ts';
import { makeLedger, writeEvents } from './chains.ts';
import { draftHealth, draftPromotion, draftRelease } from './drafts.ts';

const DRAFTS = [
  draftRelease('churn', 'v1.0.0'),
  draftPromotion('churn', 'production', 1, 'v1.0.0'),
  draftHealth('churn', 'production', 'v1.0.0', true, '1'),
  draftRelease('churn', 'v1.1.0'),
  draftPromotion('churn', 'production', 2, 'v1.1.0'),
];
const files = () => writeEvents(DRAFTS);
const name = (sequence: number) => `events/0000000${sequence}.json`;

/** What is found when the files are changed like this. */
function findFaults(change: (all: Map<string, Buffer>) => void): string[] {
  const all = files();
  change(all);
  return examineLedger(all).faults.map(({ where, found }) => `${where} ${found}`);
}

/** Replaces a text in the file of an event. */
function edit(all: Map<string, Buffer>, sequence: number, from: string, to: string): void {
  const text = String(all.get(name(sequence)));
  expect(text).toContain(from);
  all.set(name(sequence), Buffer.from(text.replace(from, to)));
}

describe('a whole ledger', () => {
  test('is read in order, with the head that the next event follows', () => {
    const ledger = parseLedger(files(), 'c0ffee');
    expect(ledger.events.map(({ sequence, kind }) => `${sequence} ${kind}`)).toEqual([
      '1 release',
      '2 promotion',
      '3 health',
      '4 release',
      '5 promotion',
    ]);
    expect(ledger.commit).toBe('c0ffee');
    expect(ledger.head?.sequence).toBe(5);
  });

  test('keeps events of a newer version for the chain, and readers pass them over', () => {
    const later = { kind: 'drift', id: 'drift:1', whatever: [1] };
    const newest = { ...draftRelease('churn', 'v2.0.0'), schemaVersion: 2, more: true };
    const ledger = makeLedger([...DRAFTS, later, newest, draftRelease('churn', 'v1.2.0')]);
    expect(ledger.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 8]);
    expect(ledger.newer?.map(({ sequence, kind }) => `${sequence} ${kind}`)).toEqual(['6 drift', '7 release']);
    const changed = writeEvents([...DRAFTS, later, draftRelease('churn', 'v1.2.0')]);
    edit(changed, 6, '"drift:1"', '"drift:2"');
    expect(examineLedger(changed).faults.map(({ where }) => where)).toEqual([name(7)]);
  });
});

describe('a broken one is refused, and the event is named', () => {
  test('changed', () => {
    const faults = findFaults((all) => edit(all, 2, '"ada"', '"eve"'));
    expect(faults).toEqual([expect.stringMatching(/^events\/00000003\.json follows .*events\/00000002\.json has/)]);
  });

  test('removed, in the middle and several', () => {
    expect(findFaults((all) => all.delete(name(2)))).toContain(`${name(2)} is missing`);
    const several = findFaults((all) => [2, 3].map((sequence) => all.delete(name(sequence))));
    expect(several).toContain(`${name(2)} to ${name(3)} are missing`);
    expect(findFaults((all) => all.delete(name(1)))).toContain(`${name(1)} is missing`);
  });

  test('exchanged', () => {
    const faults = findFaults((all) => {
      const [two, three] = [all.get(name(2)), all.get(name(3))];
      if (two && three) all.set(name(2), three).set(name(3), two);
    });
    expect(faults).toContain(`${name(2)} says that it is event 3`);
    expect(faults).toContain(`${name(3)} says that it is event 2`);
  });

  test('written otherwise, although it says the same', () => {
    expect(findFaults((all) => edit(all, 5, '{\n', '{ \n'))).toEqual([
      `${name(5)} is not written as Modelgate writes it`,
    ]);
    const doubled = findFaults((all) => edit(all, 5, '{\n', '{\n  "actor": "eve",\n'));
    expect(doubled).toEqual([`${name(5)} is not written as Modelgate writes it`]);
  });

  test('an id twice', () => {
    const twice = [draftRelease('churn', 'v1.0.0'), draftRelease('churn', 'v1.1.0', { id: 'release:churn:v1.0.0' })];
    const { faults } = examineLedger(writeEvents(twice));
    expect(faults).toEqual([{ where: name(2), found: `has the id of ${name(1)}: release:churn:v1.0.0` }]);
  });

  test.each([
    ['no JSON', '{', /is no JSON/],
    ['no text', Buffer.from([0xff, 0xfe]), /is no JSON/],
    ['a byte order mark', `\uFEFF${renderCanonical({})}`, /is no JSON/],
    ['null', 'null\n', /is no event: \/ must be object/],
    ['nothing of an event', '{}\n', /is no event: \/ must have required propert/],
  ])('%s', (_, content, words) => {
    const [first] = findFaults((all) => all.set(name(5), Buffer.from(content)));
    expect(first).toMatch(words);
  });

  test.each([
    ['"kind": "health"', '"kind": "promotion"', /is no event: \/ must/],
    ['"healthy": true', '"healthy": 1', /is no event: \/healthy must be boolean/],
    ['"model": "churn"', '"model": "../up"', /is no event: \/model must match/],
    ['"stage": "production",', '"stage": "production",\n  "extra": 1,', /is no event: \/ must NOT have additional/],
  ])('a field: %s', (from, to, words) => {
    expect(findFaults((all) => edit(all, 3, from, to))[0]).toMatch(words);
  });

  test.each(['README.md', 'events/1.json', 'events/00000000.json', 'events/000000001.json', 'other/00000006.json'])(
    'the file %s, which is no event',
    (path) => {
      const faults = findFaults((all) => all.set(path, Buffer.from('x')));
      expect(faults).toEqual([`${JSON.stringify(path)} is no event and does not belong there`]);
    },
  );

  test('with one message, which counts the rest', () => {
    const all = files();
    all.delete(name(2));
    all.set('README.md', Buffer.from(''));
    expect(() => parseLedger(all)).toThrow(/^the ledger is broken: "README.md" is no event .* \(and 1 more faults\)/);
  });
});

describe('an anchor', () => {
  const head = { sequence: 12, digest: `sha256:${'0f'.repeat(32)}` };

  test('is read back from a message, a hidden comment, and text with other line ends', () => {
    const line = renderAnchor(head);
    for (const text of [`churn v1.0.0\n\n${line}\n`, `<!-- modelgate ${line} -->`, `notes\r\n<!--${line}-->\r\n`]) {
      expect(parseAnchor(text)).toEqual(head);
    }
  });

  test('is the last one of a text: what a stranger wrote above does not count', () => {
    expect(parseAnchor(`${renderAnchor({ ...head, sequence: 1 })}\n${renderAnchor(head)}`)).toEqual(head);
  });

  test.each(['', 'Modelgate-Ledger: 0 sha256:00', `X-${renderAnchor(head)}`, `${renderAnchor(head)}0`])(
    'is not in %j',
    (text) => expect(parseAnchor(text)).toBeUndefined(),
  );
});
