import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CsvFacts } from '../../src/engine/csv-facts.ts';
import { findForm } from '../../src/engine/csv-forms.ts';
import { CsvScanner } from '../../src/engine/csv-scanner.ts';
import { scanSegment } from '../../src/engine/csv-segment.ts';
import { findEdges, joinSegments, scanInThreads } from '../../src/engine/csv-segments.ts';
import { EncodingCheck } from '../../src/engine/encoding.ts';
import { FaultList } from '../../src/engine/fault-list.ts';
import { csv } from './csv-texts.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

/** What a file read from its beginning is; without facts where it has a fault. */
function scanWhole(bytes: Buffer): { readonly width: number; readonly facts: CsvFacts | undefined } {
  const faults = new FaultList();
  const [scanner, encoding] = [new CsvScanner(faults), new EncodingCheck(faults)];
  for (const reader of [scanner, encoding]) {
    reader.push(bytes.subarray(bytes.indexOf('\ufeff') === 0 ? 3 : 0));
    reader.end();
  }
  const { width, records, longest, ending, isSteady, columns } = scanner;
  return { width, facts: faults.total > 0 ? undefined : { records, longest, ending, isSteady, columns } };
}

async function scanParts(path: string, width: number, segment: number): Promise<CsvFacts | undefined> {
  const edges = (await findEdges(path, segment)) ?? [];
  const parts = edges.slice(1).map((to, index) => ({ path, delimiter: ',', width, from: edges[index] ?? 0, to }));
  return joinSegments(parts.map(scanSegment));
}

test('a file that is sound in parts is sound, and the parts know of it what the whole does', async () => {
  const path = await workshop.write('t.csv', '');
  const numbers = fc
    .array(fc.constantFrom('1,2024-01-31', '-2.5,2024-02-01', ',', '3,x', '"a\nb",2', 'é,1'), { minLength: 3 })
    .map((lines) => `a,b\n${lines.join('\n')}\n`);
  let joined = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(csv, numbers), fc.integer({ min: 1, max: 30 }), async (text, segment) => {
      const bytes = Buffer.from(text);
      await writeFile(path, bytes);
      const { width, facts: whole } = scanWhole(bytes);
      const parts = width === 0 ? undefined : await scanParts(path, width, segment);
      if (parts === undefined) return;
      joined += 1;
      expect(parts).toEqual(whole);
    }),
    { numRuns: 400 },
  );
  expect(joined).toBeGreaterThan(100);
});

const LINES = Array.from({ length: 3000 }, (_, row) => `${row},${row / 8},2024-01-${10 + (row % 20)},text é ${row}`);
const TEXT = `id,share,day,note\n${LINES.join('\n')}\n`;

test('threads find out what one reader does', async () => {
  const path = await workshop.write('t.csv', TEXT);
  const { facts: whole } = scanWhole(Buffer.from(TEXT));
  const found = await scanInThreads(path, { delimiter: ',', width: 4, segment: 9000 });
  expect(found).toEqual(whole);
  expect(found?.columns.map(findForm)).toEqual(['integer', 'number', 'date', undefined]);
});

test.each([
  ['a record too short', TEXT.replace('\n2500,', '\n')],
  ['a quote that stays open', TEXT.replace('text é 1500', '"text')],
  ['lines that end otherwise', TEXT.replace('é 2900\n', 'é 2900\r\n')],
  ['bytes that are no UTF-8', Buffer.from(TEXT.replaceAll('é', '\u00e9'), 'latin1')],
  ['values of many lines', TEXT.replace('text é 1000', () => `"${'line\n'.repeat(5000)}"`)],
  ['a line of megabytes', TEXT.replace('text é 1000', () => 'long '.repeat(50_000))],
])('threads leave a file with %s to one reader', async (_name, content) => {
  const path = await workshop.write('t.csv', content);
  expect(await scanInThreads(path, { delimiter: ',', width: 4, segment: 9000 })).toBeUndefined();
});

test('threads leave a file that is gone to one reader, and so does a part of it', async () => {
  const gone = { path: join(workshop.folder, 'gone.csv'), delimiter: ',', width: 4 };
  expect(await scanInThreads(gone.path, gone)).toBeUndefined();
  expect(await scanSegment({ ...gone, from: 0, to: 100 })).toBeUndefined();
  const path = await workshop.write('short.csv', 'a,b\n1,2\n');
  expect(await scanSegment({ ...gone, path, from: 0, to: 100 })).toBeUndefined();
});

test('threads end when the signal aborts', async () => {
  const path = await workshop.write('t.csv', TEXT);
  const stop = new AbortController();
  const found = scanInThreads(path, { delimiter: ',', width: 4, segment: 1000, signal: stop.signal });
  stop.abort(new Error('stopped by the test'));
  await expect(found).rejects.toThrow('stopped by the test');
});
