import { readChunks, withoutMark } from '../../engine/encoding.ts';
import type { Attendance } from '../../engine/pace.ts';
import type { TableFile } from '../../engine/table.ts';
import type { Finding } from '../../evidence/schema/data.ts';
import { shorten } from '../findings/findings.ts';
import { countOf } from '../findings/wording.ts';
import { type FaultGroup, FaultGroups } from './fault-groups.ts';
import type { FindFaults } from './record-schema.ts';

const LINE_FEED = 0x0a;

interface RecordsOptions extends Attendance {
  readonly findFaults: FindFaults;
  /** Whether the value at the top of this key may be shown. */
  readonly mayShow: (key: string) => boolean;
}

/**
 * Holds every record of JSONL files against a schema, in one pass that keeps one line in memory. All are counted; of each
 * kind of fault the first five are told, by the number of the record, which counts on from file to file. The files must
 * have been found to be one JSON object a line.
 */
export async function checkRecords(files: readonly TableFile[], options: RecordsOptions): Promise<Finding[]> {
  const groups = new FaultGroups();
  let records = 0;
  for (const file of files) {
    for await (const line of readLines(file, options)) {
      options.signal?.throwIfAborted();
      records += 1;
      groups.add(records, options.findFaults(JSON.parse(line)));
    }
  }
  return describe(groups, records, options);
}

/** Lines that are not empty, as text. Empty ones stand at the end only, so that records count as lines do. */
async function* readLines(file: TableFile, attendance: Attendance): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of withoutMark(readChunks(file, attendance))) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const line = Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
      if (line.trim() !== '') yield line;
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  const last = Buffer.concat(rest).toString('utf8');
  if (last.trim() !== '') yield last;
}

function describe(groups: FaultGroups, records: number, options: RecordsOptions): Finding[] {
  const { broken, untold } = groups;
  const more = untold === 0 ? '' : `; faults of ${countOf(untold, 'record')} are not told apart`;
  const kept = records === 1 ? 'the one record keeps the schema' : `all ${records} records keep the schema`;
  const whole: Finding = {
    rule: 'record-schema',
    outcome: broken === 0 ? 'pass' : 'fail',
    count: broken,
    share: records === 0 ? 0 : broken / records,
    reason:
      broken === 0
        ? kept
        : `${broken} of ${countOf(records, 'record')} ${broken === 1 ? 'breaks' : 'break'} the schema${more}`,
    examples: [],
  };
  return [whole, ...groups.list().map((group) => describeGroup(group, records, options))];
}

function describeGroup(group: FaultGroup, records: number, { mayShow }: RecordsOptions): Finding {
  const { keyword, place, text, count, examples } = group;
  const shown = mayShow(decodeKey(place));
  return {
    rule: keyword,
    ...(place === '' ? {} : { column: place }),
    outcome: 'fail',
    count,
    share: count / records,
    reason: `${count} of ${countOf(records, 'record')}: it ${text}`,
    examples: examples.map(({ row, value }) => ({
      row,
      ...(shown && value !== undefined ? { value: shorten(value) } : {}),
    })),
  };
}

/** The first key of a JSON Pointer (RFC 6901). */
function decodeKey(place: string): string {
  return (place.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}
