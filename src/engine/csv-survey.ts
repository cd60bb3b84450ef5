import { type Problem, UserMistake } from '../errors.ts';
import { findNameProblems } from './column-names.ts';
import { nameDelimiter } from './csv-delimiter.ts';
import type { CsvFacts } from './csv-facts.ts';
import { parseRecord } from './csv-header.ts';
import { CsvScanner } from './csv-scanner.ts';
import { scanInThreads } from './csv-segments.ts';
import { EncodingCheck, readChunks, withoutMark } from './encoding.ts';
import { FaultList } from './fault-list.ts';
import { refuseForeign } from './foreign-content.ts';
import { refuseEndless, refuseLongest } from './line-limit.ts';
import type { Attendance } from './pace.ts';
import type { TableFile } from './table.ts';

/** The longest header that is read, in bytes. */
const MAX_HEADER = 4 * 1024 * 1024;

export interface CsvSurvey {
  readonly names: readonly string[];
  readonly facts: CsvFacts;
}

/** Reads a CSV file once and judges its encoding, its structure and its header. Throws UserMistake with all faults. */
export async function surveyCsv(file: TableFile, attendance: Attendance = {}): Promise<CsvSurvey> {
  const delimiter = file.csv?.delimiter ?? ',';
  const faults = new FaultList();
  const scanner = new CsvScanner(faults, delimiter);
  const encoding = new EncodingCheck(faults);
  let head: Buffer | undefined;
  let facts: CsvFacts | undefined;
  let marked = false;
  const noteMark = () => {
    marked = true;
  };
  for await (const chunk of withoutMark(readChunks(file, attendance), noteMark)) {
    if (head === undefined) refuseForeign(chunk, file);
    const isHeader = scanner.width === 0;
    if (isHeader) head = head === undefined ? chunk : Buffer.concat([head, chunk]);
    encoding.push(chunk);
    scanner.push(chunk);
    if (scanner.width === 0 && scanner.open.length > MAX_HEADER) throw new UserMistake({ ...ENDLESS, file: file.name });
    refuseEndless(scanner.open, file);
    if (!isHeader || scanner.width === 0) continue;
    facts = await scanInThreads(file.path, { ...attendance, delimiter, width: scanner.width });
    if (facts) break;
  }
  if (head === undefined || head.length === 0) throw new UserMistake({ ...EMPTY, file: file.name });
  if (!facts) {
    encoding.end();
    scanner.end();
    faults.throwIfAny(file.name);
    const { records, longest, ending, isSteady, columns } = scanner;
    facts = { records, longest, ending, isSteady, columns };
  }
  refuseLongest(facts.longest, 'records', file);
  const header = head.subarray(0, scanner.firstEnd).toString('utf8');
  const names = parseRecord(header, delimiter);
  const place = { file: file.name, line: 1 };
  const problems = [...findHeaderProblems(header, names, marked, file), ...findNameProblems(names, place)];
  if (problems.length > 0) throw new UserMistake(problems.map((problem) => ({ ...place, ...problem })));
  return { names, facts };
}

const EMPTY = { found: 'this file is empty', fix: 'Its first line must name the columns.' };

const ENDLESS = {
  line: 1,
  found: `the header does not end within ${MAX_HEADER / 1024 / 1024} MiB`,
  fix: 'Its first line must name the columns; a quote that is never closed can be the cause.',
};

/** Headers that are sound, and that the engine reads as something else. */
function findHeaderProblems(header: string, names: readonly string[], marked: boolean, { csv }: TableFile): Problem[] {
  const [first = ''] = names;
  const delimiter = csv?.delimiter ?? ',';
  // Who names the delimiter may have one column with another in its name.
  const separator = names.length === 1 && csv?.delimiter === undefined ? /[;\t|]/.exec(first)?.[0] : undefined;
  if (separator !== undefined) {
    const found = `the header has no comma, and ${JSON.stringify(separator)} in it`;
    const option = `csv: { delimiter: ${JSON.stringify(separator)} }`;
    return [{ found, fix: `Add \`${option}\` to the data set, or write the values separated by commas.` }];
  }
  if (names.length === 1 && csv?.delimiter !== undefined && csv.delimiter !== ',' && first.includes(',')) {
    const found = `the header has no ${nameDelimiter(csv.delimiter)}, and "," in it`;
    return [{ found, fix: 'Leave `csv.delimiter` out: values separated by commas need none.' }];
  }
  // It loses count after a header of several lines.
  const broken = names.findIndex((name) => /[\r\n]/.test(name)) + 1;
  if (broken > 0) return [{ found: `the name of column ${broken} has a line break in it`, fix: 'Rename it.' }];
  // After a byte order mark it does not see that the first quote is one.
  if (marked && header.startsWith('"') && (first.includes('"') || first.includes(delimiter))) {
    const found = `the name of column 1 has a ${nameDelimiter(delimiter)} or a quote in it, after a byte order mark`;
    return [{ found, fix: 'Rename it, or save the file without the byte order mark.' }];
  }
  return [];
}
