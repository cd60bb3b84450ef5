import { type FileHandle, open } from 'node:fs/promises';
import { countThreads, findProgram, workInThreads } from '../threads.ts';
import type { CsvFacts } from './csv-facts.ts';
import { joinNoted } from './csv-forms.ts';
import type { CsvSegment, SegmentFacts } from './csv-segment.ts';
import type { Attendance } from './pace.ts';

/** Bytes of a file that one thread judges at a time. */
const SEGMENT = 16 * 1024 * 1024;
/** Within so many bytes a line must end. */
const REACH = 64 * 1024;
const LINE_FEED = 0x0a;

interface SplitOptions extends Attendance {
  readonly delimiter: string;
  readonly width: number;
  /** Bytes of a segment; 16 MiB without it. */
  readonly segment?: number;
}

/**
 * Judges a large CSV file in several threads, each a part that begins after a line feed. Whether that feed stood within
 * quotes is seen from the part before it, which then ends with an open quote. Undefined where the file is small or cannot be read,
 * where a part is not sound, or where parts do not go together: who reads the file from its beginning sees what is wrong.
 */
export async function scanInThreads(path: string, options: SplitOptions): Promise<CsvFacts | undefined> {
  try {
    return joinSegments(await scanSegments(path, options));
  } catch (error) {
    // A file that cannot be read, and threads that cannot be had.
    if (options.signal?.aborted || (error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

async function scanSegments(path: string, options: SplitOptions): Promise<(SegmentFacts | undefined)[]> {
  const { delimiter, width, segment = SEGMENT, signal, pace } = options;
  const edges = await findEdges(path, segment);
  const program = findProgram('csv-segment-worker', import.meta.url);
  if (edges === undefined || edges.length < 4 || !program) return [];
  const segments = edges.slice(1).map((to, index) => ({ path, delimiter, width, from: edges[index] ?? 0, to }));
  let done = 0;
  const end = pace?.follow(() => done / segments.length);
  try {
    return await workInThreads<CsvSegment, SegmentFacts | undefined>(program, segments, {
      threads: countThreads(),
      signal,
      onDone: () => {
        done += 1;
      },
    });
  } finally {
    end?.();
  }
}

/** What parts of a file come to together; undefined where one of them is not sound, or their lines end differently. */
export function joinSegments(found: readonly (SegmentFacts | undefined)[]): CsvFacts | undefined {
  const all = found.filter((one) => one !== undefined);
  const endings = new Set(all.flatMap(({ ending }) => ending ?? []));
  const [first] = all;
  // After the last record it does not matter on which line another would begin.
  const last = all.findLastIndex(({ records }) => records > 0);
  if (first === undefined || all.length < found.length || endings.size > 1) return undefined;
  return {
    records: all.reduce((sum, { records }) => sum + records, 0),
    longest: all.reduce((most, { longest }) => Math.max(most, longest), 0),
    ending: [...endings][0],
    isSteady: all.every(({ isSteady, isEven }, index) => isSteady && (isEven || index >= last)),
    columns: first.columns.map((_, at) => joinNoted(all.flatMap(({ columns }) => columns[at] ?? []))),
  };
}

/** Where parts of about so many bytes begin and the last one ends; undefined where lines are too long to be found. */
export async function findEdges(path: string, segment: number): Promise<number[] | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const edges = [0];
    for (let at = segment; at < size; at += segment) {
      const edge = await findLineStart(file, at);
      if (edge === undefined) return undefined;
      if (edge > (edges.at(-1) ?? 0) && edge < size) edges.push(edge);
    }
    return [...edges, size];
  } finally {
    await file.close();
  }
}

async function findLineStart(file: FileHandle, from: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(REACH), 0, REACH, from);
  const feed = buffer.subarray(0, bytesRead).indexOf(LINE_FEED);
  return feed < 0 ? undefined : from + feed + 1;
}
