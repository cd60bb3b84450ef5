import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { withRun } from '../../pipeline/run.ts';
import { testRules } from '../../pipeline/self-test/self-test.ts';
import { renderSelfTest } from '../../report/terminal/self-test.ts';
import type { Flags, Terminal } from '../command.ts';
import { readRunFlags } from './run.ts';

export interface SelfTestFlags extends Flags {
  readonly copies?: string;
  readonly seed?: string;
}

const [COPIES, MOST_COPIES, SEED] = [200, 10_000, 1];

/** `modelgate gate --self-test`: how often each rule would have decided otherwise. Ends with 1 where one is too noisy. */
export async function runSelfTest(terminal: Terminal, flags: SelfTestFlags): Promise<number> {
  const copies = readNumber('--copies', flags.copies, 1, MOST_COPIES) ?? COPIES;
  const seed = readNumber('--seed', flags.seed, 0, 2 ** 31 - 1) ?? SEED;
  return withRun({ ...terminal, ...readRunFlags(flags), now: () => new Date() }, async (run) => {
    const found = await testRules(run, { copies, seed });
    terminal.print(flags.json ? renderCanonical(found).trimEnd() : renderSelfTest(found, terminal));
    return found.noisy ? EXIT.notPass : EXIT.pass;
  });
}

function readNumber(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number >= least && number <= most) return number;
  throw new UserMistake({ found: `${flag} is \`${text}\``, fix: `Write a whole number from ${least} to ${most}.` });
}
