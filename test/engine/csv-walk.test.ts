import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderCsvWalk } from '../../scripts/csv-walk.ts';
import { BegunValue, createKinds, findForm } from '../../src/engine/csv-forms.ts';
import { CsvScanner } from '../../src/engine/csv-scanner.ts';
import { CsvWalk } from '../../src/engine/csv-walk.ts';
import { FaultList } from '../../src/engine/fault-list.ts';

const COMMA = 0x2c;
const STOPS = Buffer.from(',\n\r"');

test('the program is the one that its source makes: `npm run build` makes it again', async () => {
  const path = join(import.meta.dirname, '../../src/engine/csv-walk.generated.ts');
  expect(await readFile(path, 'utf8')).toBe(await renderCsvWalk());
});

/** What a walk notes of one value, and what the loop over bytes does. */
function noteBoth(value: Buffer) {
  const walk = new CsvWalk(1, COMMA, 0);
  const line = Buffer.concat([value, Buffer.from('\n')]);
  walk.load(line);
  const { next, records, longest } = walk.run(0, line.length, { column: 0, record: 0 }, 0x0a);
  const begun = new BegunValue(createKinds([...STOPS]));
  begun.addAll(value, 0, value.length);
  expect({ next, records, longest }).toEqual({ next: line.length, records: 1, longest: value.length });
  return { walked: walk.noted(0), looped: begun.end() };
}

test('a walk knows every byte as the loop does, in short values and in long ones', () => {
  for (let byte = 0; byte < 256; byte += 1) {
    if (STOPS.includes(byte)) continue;
    for (const length of [0, 1, 15, 16, 17, 33]) {
      const { walked, looped } = noteBoth(Buffer.alloc(length, byte));
      expect(walked).toEqual(looped);
    }
  }
});

test('a walk knows dates and timestamps as the loop does', () => {
  const near = fc
    .tuple(fc.constantFrom('2024-01-31', '1999-12-05 10:20:30'), fc.nat(20), fc.constantFrom(...'07+-.e: x', ''))
    .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));
  const instants = new Set<number>();
  fc.assert(
    fc.property(near, (text) => {
      const { walked, looped } = noteBoth(Buffer.from(text));
      expect(walked).toEqual(looped);
      instants.add(walked.instant);
    }),
    { numRuns: 1000 },
  );
  expect(instants).toEqual(new Set([1, 2, 3]));
});

/** All that a scan finds out, in pieces of so many bytes. */
function scan(bytes: Buffer, size: number) {
  const faults = new FaultList();
  const lines: number[] = [];
  const scanners = [new CsvScanner(faults, ';'), new CsvScanner(new FaultList(), ';', (_, line) => lines.push(line))];
  for (const scanner of scanners) {
    for (let from = 0; from < bytes.length; from += size) scanner.push(bytes.subarray(from, from + size));
    scanner.end();
  }
  const facts = scanners.map(({ width, firstEnd, records, longest, ending, isSteady, isEven, columns }) => ({
    ...{ width, firstEnd, records, longest, ending, isSteady, isEven, columns },
  }));
  return { facts, lines, problems: faults.toProblems('f') };
}

test('what a scan finds out is the same whether values are walked over or looked at byte by byte', () => {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('', '7', '-2.5e3', '2024-01-31', '2024-01-31 23:59:59') },
    fc.string({ unit: fc.constantFrom(...'09-+.:eE a,é'), maxLength: 40 }),
    fc.constantFrom('"a\nb"', '"a;b"', 'a"b', '"a" b', ' "a"'),
  );
  const ends = fc.constantFrom('\n', '\n', '\r\n', '\r');
  const file = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.array(value, { minLength: 5, maxLength: 5 })), ends, fc.nat(9))
    .map(([width, rows, end, odd]) => {
      const lines = rows.map((row, index) => row.slice(0, index === odd ? width + 1 : width).join(';'));
      return ['a;b;c;d'.slice(0, 2 * width - 1), ...lines].join(end) + (odd % 2 ? end : '');
    });
  let sound = 0;
  fc.assert(
    fc.property(file, (text) => {
      const bytes = Buffer.from(text);
      const [walked, looped] = [scan(bytes, bytes.length), scan(bytes, 1)];
      expect(walked).toEqual(looped);
      if (walked.problems.length === 0) sound += 1;
    }),
    { numRuns: 500 },
  );
  expect(sound).toBeGreaterThan(50);
});

test('a value that two slices share is one value, and a record one record', () => {
  const line = `${'1'.repeat(70_000)},2024-01-31\n`;
  const scanner = new CsvScanner(new FaultList());
  scanner.push(Buffer.from(`a,b\n${line.repeat(5)}`));
  scanner.end();
  expect([scanner.records, scanner.longest, scanner.isSteady]).toEqual([5, line.length - 1, true]);
  expect(scanner.columns.map(findForm)).toEqual(['integer', 'date']);
});
