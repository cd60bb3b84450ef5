import { nameDelimiter } from './csv-delimiter.ts';
import type { FaultList } from './fault-list.ts';

export type LineEnding = '\n' | '\r\n' | '\r';

type Fault = Parameters<FaultList['add']>[0];

const NAMES: Readonly<Record<LineEnding, string>> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' };

/** Lines count from 1. */
export function describeOpenQuote(line: number): Fault {
  const fix = 'Close it, or write the quotes inside a quoted value twice.';
  return { line, found: 'a quote is opened here and never closed', fix };
}

/** A quote that is neither at the start of a value nor at its end; `found` says where it is. */
export function describeStrayQuote(line: number, found: string): Fault {
  return { line, found, fix: 'Let quotes enclose the whole value, and write those inside twice.' };
}

/** A record with more or fewer values than the first. */
export function describeWidth(line: number, values: number, width: number, delimiter: string): Fault {
  const found = values === 1 ? '1 value' : `${values} values`;
  const columns = width === 1 ? '1 column' : `${width} columns`;
  return {
    line,
    found: `${found}, and the header has ${columns}`,
    fix: `Give the row a value for every column; enclose a value that has a ${nameDelimiter(delimiter)} in it in quotes.`,
  };
}

export function describeMixedEndings(line: number, ending: LineEnding, before: LineEnding): Fault {
  const found = `this line ends with ${NAMES[ending]}, the lines before it with ${NAMES[before]}`;
  return { line, found, fix: 'Let all lines end alike.' };
}
