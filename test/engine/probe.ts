/** A program around the engine, bundled and run by tests: opens one table and prints what came of it as JSON. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../src/engine/connection.ts';
import { getLibraryFolder } from '../../src/engine/location.ts';
import { readTable } from '../../src/engine/tables.ts';
import { messageOf, UserMistake } from '../../src/errors.ts';
import type { Progress } from '../../src/progress.ts';

export interface Answer {
  /** The folder that the library was loaded from. */
  library?: string;
  rows?: number;
  version?: string;
  mistake?: string;
  bug?: string;
  told: string[];
}

const told: string[] = [];
const tell = (text: string) => void told.push(text);
const progress: Progress = {
  info: tell,
  warn: tell,
  output() {},
  start(text) {
    tell(text);
    return { update() {}, done() {}, fail() {} };
  },
};

async function answer(path: string): Promise<Answer> {
  const temporary = join(tmpdir(), `modelgate-probe-${process.pid}`);
  const engine = await openEngine({ files: [path], temporary, library: { environment: process.env, progress } });
  try {
    const table = await readTable(engine, { path, format: 'csv', name: 'probe.csv' });
    const [row] = await engine.rows<{ version: string }>('SELECT version() AS version');
    return { library: getLibraryFolder(), rows: table.rows, version: row?.version ?? '', told };
  } finally {
    await engine.close();
  }
}

function explain(error: unknown): Answer {
  return error instanceof UserMistake ? { mistake: error.message, told } : { bug: messageOf(error), told };
}

console.log(JSON.stringify(await answer(process.argv[2] ?? '').catch(explain)));
