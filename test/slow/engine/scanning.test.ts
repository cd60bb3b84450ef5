import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CsvScanner } from '../../../src/engine/csv-scanner.ts';
import { EncodingCheck } from '../../../src/engine/encoding.ts';
import { FaultList } from '../../../src/engine/fault-list.ts';
import { JsonlScanner } from '../../../src/engine/jsonl-scanner.ts';
import { readTable } from '../../../src/engine/tables.ts';
import { UserMistake } from '../../../src/errors.ts';
import { csv } from '../../engine/csv-texts.ts';
import { Workshop } from '../../engine/workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

/** RFC 4180 read by hand: the second opinion on every file that is accepted. An empty value without quotes is null. */
function parseByHand(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  const token = /"((?:[^"]|"")*)"|[^,\r\n]*/y;
  for (let at = 0; at < text.length; ) {
    const record: (string | null)[] = [];
    for (let more = true; more; ) {
      token.lastIndex = at;
      const [all = '', quoted] = token.exec(text) ?? [];
      record.push(quoted?.replaceAll('""', '"') ?? (all === '' ? null : all));
      at += all.length;
      more = text[at] === ',';
      if (more) at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    records.push(record);
  }
  return records;
}

test('every CSV file is either refused or read as RFC 4180 says', async () => {
  const path = await workshop.write('t.csv', '');
  const engine = await workshop.engine();
  let read = 0;
  await fc.assert(
    fc.asyncProperty(csv, async (text) => {
      await writeFile(path, text);
      try {
        const table = await readTable(engine, { path, format: 'csv', name: 't.csv' });
        const rows = await engine.rows(`SELECT * EXCLUDE "__row" FROM ${table.numbered} ORDER BY "__row"`);
        const width = table.columns.length;
        const expected = parseByHand(text.replace(/^\ufeff/, '')).slice(1);
        const blank = (record: unknown[]) => width > 1 && record.length === 1 && record[0] === null;
        expect(rows.map((row) => Object.values(row))).toEqual(expected.filter((record) => !blank(record)));
        read += 1;
      } catch (error) {
        if (!(error instanceof UserMistake)) throw error;
      }
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(100);
});

type Scanner = CsvScanner | JsonlScanner | EncodingCheck;

function scan(create: (faults: FaultList) => Scanner, pieces: readonly Buffer[]) {
  const faults = new FaultList();
  const scanner = create(faults);
  for (const bytes of pieces) scanner.push(bytes);
  scanner.end();
  return { scanner, problems: faults.toProblems('f') };
}

test.each<[string, (faults: FaultList) => Scanner]>([
  ['CSV', (faults) => new CsvScanner(faults)],
  ['JSONL', (faults) => new JsonlScanner(faults)],
  ['encoding', (faults) => new EncodingCheck(faults)],
])('where a file is cut into pieces changes nothing for the %s scanner', (_name, create) => {
  const bytes = fc.oneof(
    csv.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
    fc
      .array(fc.constantFrom('é', '😀', '\n', '\r', '\x01', 'a', ','), { maxLength: 30 })
      .map((all) => Buffer.from(all.join(''))),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(40), { maxLength: 4 }), (content, cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b).map((cut) => Math.min(cut, content.length)), content.length];
      const pieces = edges.slice(1).map((edge, index) => content.subarray(edges[index], edge));
      const [whole, cut] = [scan(create, [content]), scan(create, pieces)];
      expect(cut.problems).toEqual(whole.problems);
      expect({ ...cut.scanner }).toEqual({ ...whole.scanner });
    }),
    { numRuns: 500 },
  );
});
