import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contract } from '../../../data/project.ts';

/** A folder with a modelgate.yml, and an empty one beside it for what runs. */
export interface LongProject extends AsyncDisposable {
  readonly folder: string;
  readonly temporary: string;
}

const text = (name: string, more: object = {}) => ({ name, logicalType: 'string', ...more });

/** Keys of texts, so that what must be remembered of so many rows is more than a little memory holds. */
const PROPERTIES = [
  { name: 'id', logicalType: 'integer', unique: true },
  text('ring', { unique: true, logicalTypeOptions: { pattern: '^[0-9a-f]+$' } }),
  text('note', { logicalTypeOptions: { maxLength: 40 } }),
];
const WHOLE_ROWS = { metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['id', 'ring', 'note'] } };

/** Writes a project of one CSV file with so many rows, all different, and a contract that it keeps. */
export async function writeProject(
  rows: number,
  quality: readonly object[] = [WHOLE_ROWS],
  csv?: object,
): Promise<LongProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-long-')));
  const [folder, temporary] = [join(root, 'project'), join(root, 'temporary')];
  await mkdir(folder);
  await mkdir(temporary);
  const birds = { path: 'birds.csv', contract: 'birds.odcs.yaml', csv };
  await writeFile(join(folder, 'modelgate.yml'), JSON.stringify({ version: 1, model: 'birds', data: { birds } }));
  await writeFile(join(folder, 'birds.odcs.yaml'), contract(PROPERTIES, quality));
  await pipeline(Readable.from(writeRows(rows)), createWriteStream(join(folder, 'birds.csv')));
  return { folder, temporary, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

function* writeRows(rows: number): Generator<string> {
  yield 'id,ring,note\n';
  let piece = '';
  for (let row = 0; row < rows; row += 1) {
    piece += `${row},${writeRing(row)},bird of the number ${row % 1000}\n`;
    if (piece.length > 1_000_000) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** 24 digits of a row's own, in no order. */
function writeRing(row: number): string {
  return (BigInt.asUintN(64, BigInt(row) * SPREAD) + (1n << 64n)).toString(16).padStart(24, '0');
}

/** Odd, so that different rows stay different: 2 to the 64 by the golden ratio. */
const SPREAD = 0x9e3779b97f4a7c15n;
