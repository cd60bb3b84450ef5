import { serveTasks } from '../threads.ts';
import { scanSegment } from './csv-segment.ts';

/** The program of a thread that judges parts of CSV files. */
serveTasks(scanSegment);
