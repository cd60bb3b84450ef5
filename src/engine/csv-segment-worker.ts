import { serveTasks } from '../threads.ts';
import { type CsvSegment, scanSegment } from './csv-segment.ts';

/** The program of a thread that judges parts of CSV files. */
serveTasks(async (segment: CsvSegment) => scanSegment(segment));
