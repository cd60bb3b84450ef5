import { expect, test } from 'vitest';
import { listSecrets, readConnections } from '../../src/actions/connections.ts';
import { readInputs as readValues } from '../../src/actions/input-values.ts';
import { readInputs } from '../../src/actions/inputs.ts';
import { STAGE_ACTIONS } from '../../src/actions/stage-actions.ts';
import { UserMistake } from '../../src/errors.ts';

const read = (connections: string) =>
  readValues((name) => (name === 'connections' ? connections : ''), readConnections);

function refuse(connections: string): UserMistake {
  try {
    read(connections);
  } catch (error) {
    if (error instanceof UserMistake) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('a line is the name of a variable and the address of a database', () => {
  const lines = 'BIRDS_URL=postgres://reader:a=b@db/birds?sslmode=verify-full\r\n\n  FISH=postgresql://db/fish  \n';
  expect(read(lines)).toEqual({
    BIRDS_URL: 'postgres://reader:a=b@db/birds?sslmode=verify-full',
    FISH: 'postgresql://db/fish',
  });
});

test('a name without an address is what a job is given that may not have the secret', () => {
  expect(read('')).toEqual({});
  expect(read('BIRDS_URL=\nFISH=postgres://db/fish')).toEqual({ FISH: 'postgres://db/fish' });
});

test('what is no such line is a mistake, all are told at once, and none is quoted', () => {
  const { problems, message } = refuse(
    ['BIRDS=mysql://reader:hidden@db/x', 'postgres://reader:hidden@db/x', 'A B=postgres://hidden', 'PATH=/hidden'].join(
      '\n',
    ),
  );
  expect(problems.map(({ found }) => found)).toEqual(
    [1, 2, 3, 4].map((line) => `line ${line} of the input \`connections\` is no name with the address of a database`),
  );
  expect(message).not.toContain('hidden');
  const twice = refuse('A=postgres://db/hidden\nA=postgres://db/other');
  expect(twice.message).toContain('the input `connections` names A twice');
  expect(twice.message).not.toContain('hidden');
});

test('the log hides each address, and its password as it is written and as it is meant', () => {
  const address = 'postgres://reader:p%40ss@db/birds';
  expect(listSecrets({ A: address, B: address })).toEqual([address, 'p%40ss', 'p@ss']);
  expect(listSecrets({ A: 'postgres://db/birds', B: 'postgres://reader:%zz%zz@db/x' })).toEqual([
    'postgres://db/birds',
    'postgres://reader:%zz%zz@db/x',
    '%zz%zz',
  ]);
});

test('no action that runs code of the candidate’s reads them', () => {
  const getInput = (name: string) => (name === 'connections' ? 'A=postgres://db/birds' : '');
  const holders = Object.entries(STAGE_ACTIONS).filter(
    ([, { stages }]) => Object.keys(readInputs(getInput, stages).connections).length > 0,
  );
  expect(holders.map(([name]) => name)).toEqual(['validate-data']);
});
