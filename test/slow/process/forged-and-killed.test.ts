import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kind } from '../../../src/evidence/schema/envelope.ts';
import { findViolations } from '../../../src/evidence/validation.ts';
import { copyPenguins, type Penguins } from '../../support/penguins.ts';
import { type Result, runDist } from '../../support/program.ts';

let penguins: Penguins;
beforeEach(async () => {
  penguins = await copyPenguins();
});
afterEach(() => penguins.remove());

const modelgate = (...args: string[]): Promise<Result> => runDist('cli.js', args, { cwd: penguins.folder });

test('a candidate that writes what it is judged by is not measured', async () => {
  await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
  const waiver = '[{ waives: good-enough, reason: Because I say so., author: a, approver: b, expires: 2999-01-01 }]';
  for (const [file, text] of [
    ['governance/waivers.yml', waiver],
    ['data/test.csv', 'id,species\n'],
    ['modelgate.yml', 'version: 1\n'],
    ['contracts/penguins.odcs.yaml', 'x'],
  ] as const) {
    const former = await penguins.read(file);
    await penguins.write(
      'predict_and_forge.py',
      `import predict\nopen(${JSON.stringify(file)}, 'w').write(${JSON.stringify(text)})\n`,
    );
    await penguins.change(
      'modelgate.yml',
      'run: python3 predict.py',
      'run: python3 predict.py && python3 predict_and_forge.py',
    );
    const { code, stdout } = await modelgate('run');
    expect(code, file).toBe(1);
    expect(stdout.replace(/\s+/g, ' '), file).toContain(`wrote ${file}`);
    if (file !== 'modelgate.yml') await penguins.write(file, former);
    await penguins.write(
      'modelgate.yml',
      (file === 'modelgate.yml' ? former : await penguins.read('modelgate.yml')).replace(
        ' && python3 predict_and_forge.py',
        '',
      ),
    );
  }
}, 120_000);

test('killed at any moment leaves no half-written evidence', async () => {
  const start = performance.now();
  await modelgate('run');
  const whole = performance.now() - start;
  const moments = Array.from({ length: 12 }, (_, index) => Math.round((whole * (index + 1)) / 12));
  for (const killAfter of moments) {
    await rm(join(penguins.folder, '.modelgate'), { recursive: true, force: true });
    await runDist('cli.js', ['run'], { cwd: penguins.folder, killAfter });
    for (const [name, document] of Object.entries(await penguins.readEvidence())) {
      expect(findViolations(name.replace('.json', '') as Kind, document)).toEqual([]);
    }
  }
  expect((await modelgate('run')).code).toBe(0);
}, 120_000);
