import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Project, readProject } from '../../src/config/project.ts';
import { UserMistake } from '../../src/errors.ts';
import { hashFile } from '../../src/evidence/file-hash.ts';
import { decideControls } from '../../src/governance/controls.ts';
import { readGovernanceFiles } from '../../src/governance/files.ts';
import { decideWaivers } from '../../src/governance/waivers.ts';

const CONFIG = `version: 1
model: penguins
governance:
  controls:
    - { id: card, document: CARD.md, sections: [Limitations] }
    - { id: list, checklist: governance/list.md }
  waivers: governance/waivers.yml
`;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modelgate-governance-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

async function setUp(files: Record<string, string | Uint8Array>, config = CONFIG, folder = ''): Promise<Project> {
  await write({ [join(folder, 'modelgate.yml')]: config, ...files });
  return readProject(join(root, folder, 'modelgate.yml'), root);
}

async function decide(project: Project, today = '2027-01-01') {
  const files = await readGovernanceFiles(project);
  const waivers = decideWaivers(files, today);
  return { waivers, controls: decideControls(project.config, project.locate, files, [], waivers) };
}

const waiver = (fields: Record<string, string> = {}) => {
  const all = {
    waives: 'card',
    reason: 'The card is being written.',
    author: 'ada',
    approver: 'bo',
    expires: '2027-01-31',
  };
  const lines = Object.entries({ ...all, ...fields }).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `- { ${lines.join(', ')} }\n`;
};

describe('the files of governance', () => {
  it('are read with their digests and decide every control at its place in modelgate.yml', async () => {
    const project = await setUp({
      'CARD.md': '# Limitations\r\n\r\nFew chicks.\r\n',
      'governance/list.md':
        '- [x] card: [it](../CARD.md)\n- [x] config: `modelgate.yml`\n- [x] list: [here](/CARD.md)\n',
      'governance/waivers.yml': '[]\n',
    });
    const { sha256 } = await hashFile(join(root, 'CARD.md'));
    const { controls } = await decide(project);
    expect(controls).toMatchObject([
      { id: 'card', kind: 'document', outcome: 'pass', evidence: { path: 'CARD.md', sha256 }, waived: false },
      { id: 'list', kind: 'checklist', outcome: 'pass', reason: 'All 3 items are ticked, with evidence.' },
    ]);
    expect(controls.map(({ place }) => place)).toEqual([
      { file: 'modelgate.yml', line: 5, column: 7 },
      { file: 'modelgate.yml', line: 6, column: 7 },
    ]);
  });

  it('that are missing are data, and fail', async () => {
    const { controls } = await decide(await setUp({ 'governance/waivers.yml': '[]' }));
    expect(controls.map(({ outcome, evidence }) => [outcome, evidence])).toEqual([
      ['fail', null],
      ['fail', null],
    ]);
  });

  it.each([
    ['a folder', 'it is not a file'],
    ['too large', 'it has 1048577 bytes; at most 1048576 are read'],
    ['not UTF-8', 'it is not text in UTF-8'],
    ['a loop of links', 'there is no such file or folder'],
    ['a link out', 'a symbolic link leads out of the repository'],
  ])('that cannot be read are data, and cannot be measured: %s', async (kind, reason) => {
    const project = await setUp({ 'governance/waivers.yml': '[]' });
    const path = join(root, 'CARD.md');
    if (kind === 'a folder') await mkdir(path);
    if (kind === 'too large') await writeFile(path, 'a'.repeat(1024 * 1024 + 1));
    if (kind === 'not UTF-8') await writeFile(path, Uint8Array.of(0x23, 0x20, 0xff, 0xfe));
    if (kind === 'a loop of links') await symlink('CARD.md', path);
    if (kind === 'a link out') await symlink(tmpdir(), path);
    const [card] = (await decide(project)).controls;
    expect(card).toMatchObject({
      outcome: 'cannot-measure',
      reason: `CARD.md cannot be read: ${reason}.`,
      evidence: null,
    });
  });

  it('are found from a folder below the repository too', async () => {
    const config = CONFIG.replace('CARD.md', '../CARD.md');
    const files = {
      'CARD.md': '# Limitations\n\nFew chicks.\n',
      'models/a/governance/list.md': '- [x] `CARD.md`\n- [x] `modelgate.yml`\n- [x] [w](waivers.yml)\n',
      'models/a/governance/waivers.yml': waiver({ waives: 'nothing' }),
    };
    const project = await setUp(files, config.replace('../', '../../'), 'models/a');
    await expect(decide(project)).rejects.toThrow('models/a/governance/waivers.yml:1:');
    await write({ 'models/a/governance/waivers.yml': '[]' });
    expect((await decide(project)).controls.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  });

  it.each([
    ['`gone.md`', 'not there'],
    ['`../outside.md`', 'out of the repository'],
    ['`governance/list.md`', 'the checklist itself'],
    ['[x](list.md)', 'the checklist itself'],
    ['`.`', 'a folder around the checklist'],
    ['[x](/)', 'the root'],
    ['`/etc/passwd`', 'absolute'],
    ['`empty.md`', 'an empty file'],
    ['`link.md`', 'a link out of the repository'],
  ])('of a tick are no evidence: %s, %s', async (tick) => {
    const project = await setUp({
      'governance/list.md': `- [x] done ${tick}\n`,
      'governance/waivers.yml': '[]',
      'empty.md': '',
    });
    await symlink(join(tmpdir(), '..', 'etc', 'passwd'), join(root, 'link.md'));
    expect((await decide(project)).controls[1]).toMatchObject({ id: 'list', outcome: 'fail' });
  });
});

describe('waivers', () => {
  const setUpWaivers = (text: string) => setUp({ 'governance/waivers.yml': text });

  it('hold through their last day, and leave the outcome as it is', async () => {
    const project = await setUpWaivers(waiver());
    const { waivers, controls } = await decide(project, '2027-01-31');
    expect(waivers).toEqual([
      {
        waives: 'card',
        reason: 'The card is being written.',
        author: 'ada',
        approver: 'bo',
        expires: '2027-01-31',
        active: true,
        note: '',
      },
    ]);
    expect(controls.map(({ outcome, waived }) => [outcome, waived])).toEqual([
      ['fail', true],
      ['fail', false],
    ]);
  });

  it('expire on the day after', async () => {
    const { waivers, controls } = await decide(await setUpWaivers(waiver()), '2027-02-01');
    expect(waivers[0]).toMatchObject({ active: false, note: 'expired: it held through 2027-01-31' });
    expect(controls[0]).toMatchObject({ outcome: 'fail', waived: false });
  });

  it.each(['ada', 'ADA', ' @Ada ', '@ ada', 'a\u200Bda', 'ａｄａ'])(
    'do not hold when ada’s is approved by %j',
    async (approver) => {
      const { waivers, controls } = await decide(await setUpWaivers(waiver({ approver })));
      expect(waivers[0]).toMatchObject({
        active: false,
        note: 'its author approved it; somebody else must',
      });
      expect(controls[0]?.waived).toBe(false);
    },
  );

  it('may be an empty list, or nothing but comments', async () => {
    expect((await decide(await setUpWaivers('[]'))).waivers).toEqual([]);
    expect((await decide(await setUpWaivers('\uFEFF# none\r\n\r\n'))).waivers).toEqual([]);
    expect((await decide(await setUp({}, CONFIG.replace(/ {2}waivers.*\n/, '')))).waivers).toEqual([]);
  });

  it.each([
    ['an unknown id', { waives: 'crad' }, 'Did you mean `card`? Allowed: card, list.'],
    ['a day that is none', { expires: '2027-02-31' }, 'a day such as 2027-01-31'],
    ['an instant', { expires: '2027-01-31T00:00:00Z' }, 'a day such as 2027-01-31'],
    ['a reason too short', { reason: 'because' }, 'a reason of at least 10 characters'],
    ['a reason of spaces', { reason: ' '.repeat(20) }, 'a reason of at least 10 characters'],
    ['nobody', { approver: ' @ ' }, 'Write a name or a GitHub login.'],
    ['an unknown key', { until: '2027-01-31' }, 'Allowed: waives, reason, author, approver, expires.'],
  ])('with %s are a mistake, at its line', async (_name, fields, fix) => {
    const project = await setUpWaivers(`# waivers\n${waiver({ waives: 'list' })}${waiver(fields)}`);
    const error = await decide(project).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect((error as UserMistake).problems).toMatchObject([
      { file: 'governance/waivers.yml', line: 3, fix: expect.stringContaining(fix) },
    ]);
  });

  it('that waive one id twice, or are no list, are a mistake', async () => {
    await expect(decide(await setUpWaivers(waiver() + waiver()))).rejects.toThrow('`card` is waived twice');
    await expect(decide(await setUpWaivers('waives: card'))).rejects.toThrow('a list of waivers');
    await expect(decide(await setUpWaivers('- [')).catch(String)).resolves.toContain('not valid YAML');
  });

  it('whose file is not there are a mistake, told where modelgate.yml names it', async () => {
    const error = await decide(await setUp({})).catch((thrown: unknown) => thrown);
    expect((error as UserMistake).problems).toEqual([
      {
        file: 'modelgate.yml',
        line: 7,
        column: 12,
        found: '`governance.waivers` names governance/waivers.yml, which is not there',
        fix: 'Create it; `[]` says that nothing is waived.',
      },
    ]);
  });

  it('report everything that is wrong at once', async () => {
    const project = await setUpWaivers(waiver({ waives: 'crad' }) + waiver({ author: '@' }));
    const error = await decide(project).catch((thrown: unknown) => thrown);
    expect((error as UserMistake).problems.map(({ line }) => line)).toEqual([1, 2]);
  });
});
