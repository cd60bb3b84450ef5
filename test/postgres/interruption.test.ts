import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { startCommand } from '../slow/data/long/command.ts';
import { ring, useCluster } from './ring.ts';

const cluster = useCluster();

/** A table whose rows take ten minutes to count. */
const SLOW = 'create view slow as select i as id from generate_series(1, 3) i, pg_sleep(600)';

/** Asks the server, which waits meanwhile, until so many of our connections are at work in it. */
async function waitForWork(url: string, wanted: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let asked = 0; asked < 100; asked += 1) {
      const { rows } = await client.query(
        `select count(*) as n from pg_stat_activity
         where application_name = 'modelgate' and state = 'active' and query like 'select count(%'`,
      );
      if (Number(rows[0].n) === wanted) return;
      await client.query('select pg_sleep(0.1)');
    }
    throw new Error(`there were never ${wanted} at work`);
  } finally {
    await client.end();
  }
}

ring('a check that is asked to end while the server counts ends soon, and the server stops too', async () => {
  await cluster().run(SLOW);
  const root = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-slow-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const temporary = join(root, 'temporary');
  await mkdir(temporary);
  const birds = { engine: 'postgres', table: 'slow', connection: 'BIRDS' };
  await writeFile(join(root, 'modelgate.yml'), JSON.stringify({ version: 1, model: 'birds', data: { birds } }));
  const command = startCommand(root, ['data', 'check'], { RUNNER_TEMP: temporary, BIRDS: cluster().url });
  await command.sees('… Checking the data set birds');
  await waitForWork(cluster().url, 1);
  command.child.kill('SIGINT');
  const { code, stderr } = await command.end();
  expect({ code, told: stderr.trimEnd().split('\n').at(-1) }).toEqual({
    code: 130,
    told: 'Interrupted. Evidence that was finished is kept; nothing is half-written.',
  });
  expect(await readdir(temporary)).toEqual([]);
  expect(await readdir(root)).not.toContain('.modelgate');
  await waitForWork(cluster().url, 0);
});
