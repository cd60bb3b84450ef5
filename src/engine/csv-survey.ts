import { type Problem, UserMistake } from '../errors.ts';
import { findNameProblems } from './column-names.ts';
import { parseRecord } from './csv-header.ts';
import { CsvScanner } from './csv-scanner.ts';
import { EncodingCheck, readChunks, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';
import type { TableFile } from './table.ts';

/** The longest header that is read, in bytes. */
const MAX_HEADER = 4 * 1024 * 1024;

export interface CsvSurvey {
  readonly names: readonly string[];
  /** What was counted; the file is sound. */
  readonly scanner: Pick<CsvScanner, 'records' | 'longest' | 'ending'>;
}

/** Reads a CSV file once and judges its encoding, its structure and its header. Throws UserMistake with all faults. */
export async function surveyCsv(file: TableFile): Promise<CsvSurvey> {
  const faults = new FaultList();
  const scanner = new CsvScanner(faults);
  const encoding = new EncodingCheck(faults);
  let head = Buffer.alloc(0);
  let marked = false;
  const noteMark = () => {
    marked = true;
  };
  for await (const chunk of withoutMark(readChunks(file), noteMark)) {
    if (scanner.width === 0) head = Buffer.concat([head, chunk]);
    encoding.push(chunk);
    scanner.push(chunk);
    if (scanner.width === 0 && head.length > MAX_HEADER) throw new UserMistake({ ...ENDLESS, file: file.name });
  }
  if (head.length === 0) throw new UserMistake({ ...EMPTY, file: file.name });
  encoding.end();
  scanner.end();
  faults.throwIfAny(file.name);
  const header = head.subarray(0, scanner.firstEnd).toString('utf8');
  const names = parseRecord(header);
  const place = { file: file.name, line: 1 };
  const problems = [...findHeaderProblems(header, names, marked), ...findNameProblems(names, place)];
  if (problems.length > 0) throw new UserMistake(problems.map((problem) => ({ ...place, ...problem })));
  return { names, scanner };
}

const EMPTY = { found: 'this file is empty', fix: 'Its first line must name the columns.' };

const ENDLESS = {
  line: 1,
  found: `the header does not end within ${MAX_HEADER / 1024 / 1024} MiB`,
  fix: 'Its first line must name the columns; a quote that is never closed can be the cause.',
};

/** Headers that are sound, and that the engine reads as something else. */
function findHeaderProblems(header: string, names: readonly string[], marked: boolean): Problem[] {
  const [first = ''] = names;
  const separator = names.length === 1 ? /[;\t|]/.exec(first)?.[0] : undefined;
  if (separator !== undefined) {
    const found = `the header has no comma, and ${JSON.stringify(separator)} in it`;
    return [{ found, fix: 'Write the values separated by commas.' }];
  }
  // It loses count after a header of several lines.
  const broken = names.findIndex((name) => /[\r\n]/.test(name)) + 1;
  if (broken > 0) return [{ found: `the name of column ${broken} has a line break in it`, fix: 'Rename it.' }];
  // After a byte order mark it does not see that the first quote is one.
  if (marked && header.startsWith('"') && /[",]/.test(first)) {
    const found = 'the name of column 1 has a comma or a quote in it, after a byte order mark';
    return [{ found, fix: 'Rename it, or save the file without the byte order mark.' }];
  }
  return [];
}
