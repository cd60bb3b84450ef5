import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOwners, type Owner, parseCodeOwners } from '../../src/governance/code-owners.ts';
import { compilePattern } from '../../src/governance/owner-pattern.ts';

function read(text: string) {
  const rules = parseCodeOwners(text);
  if ('fault' in rules) throw new Error(rules.fault);
  return rules;
}

const nameOwner = (owner: Owner) =>
  owner.kind === 'user' ? owner.login : owner.kind === 'team' ? owner.team : owner.address;
const ownersOf = (text: string, path: string) => findOwners(read(text), path).map(nameOwner);

/**
 * The promises of GitHub’s page “About code owners”, its examples put in our words; the page is named in
 * `parseCodeOwners`.
 */
const PAGE = `# Everything, unless a later line says otherwise.
*       @everybody @SecondOwner

*.js    @scripts #who writes scripts
*.go docs@example.com
*.txt @Octo-Org/Octocats
/build/logs/ @logger
docs/*  @writer
apps/ @apps
/handbook/ @writer
/scripts/ @writer @scripts
**/logs @anylogs
/services/ @services
/services/github
`;

describe('the owners of a file', () => {
  it.each<[path: string, owners: string[]]>([
    ['README.md', ['everybody', 'secondowner']],
    ['a/b/c.py', ['everybody', 'secondowner']],
    ['index.js', ['scripts']],
    ['lib/deep/index.js', ['scripts']],
    ['main.go', ['docs@example.com']],
    ['notes.txt', ['octo-org/octocats']],
    ['docs/getting-started.md', ['writer']],
    ['docs/build-app/troubleshooting.md', ['everybody', 'secondowner']],
    ['lib/docs/page.md', ['everybody', 'secondowner']],
    ['apps/x.md', ['apps']],
    ['deep/apps/y/x.md', ['apps']],
    ['handbook/a/b.md', ['writer']],
    ['lib/handbook/b.md', ['everybody', 'secondowner']],
    ['scripts/x.sh', ['writer', 'scripts']],
    ['build/logs/x.txt', ['anylogs']],
    ['deeply/nested/logs/x', ['anylogs']],
    ['services/main.py', ['services']],
    ['services/github/main.py', []],
    ['services/github', []],
  ])('of %s are those of the last line that matches', (path, owners) => {
    expect(ownersOf(PAGE, path)).toEqual(owners);
  });

  it('are nobody where no line matches', () => {
    expect(ownersOf('/docs/ @writer', 'README.md')).toEqual([]);
    expect(ownersOf('', 'README.md')).toEqual([]);
  });

  it('count letters of paths with case, and those of people without', () => {
    expect(ownersOf('/README.md @Ada', 'README.md')).toEqual(['ada']);
    expect(ownersOf('/README.md @Ada', 'readme.md')).toEqual([]);
  });

  it.each([
    ['!README.md @bo', 'a negation'],
    ['READM[DE].md @bo', 'a range'],
    ['\\#README.md @bo', 'an escaped #'],
    ['README.md bo', 'an owner without @'],
    ['README.md @bo @', 'an owner without a name'],
    ['README.md @org/team/sub', 'a team of a team'],
    ['# README.md @bo', 'a comment'],
    ['/ @bo', 'a pattern of nothing'],
  ])('skip the line %j: %s', (line) => {
    for (const path of ['README.md', '#README.md']) expect(ownersOf(`* @ada\n${line}\n`, path)).toEqual(['ada']);
  });

  it('may be written behind tabs, a byte order mark, Windows line ends and escaped spaces', () => {
    const text = '\uFEFF*\t@ada\r\nmodel\\ card.md\t@bo @org/cards # why\r\n';
    expect(ownersOf(text, 'other.md')).toEqual(['ada']);
    expect(ownersOf(text, 'model card.md')).toEqual(['bo', 'org/cards']);
  });

  it('are not known of a file that GitHub does not load', () => {
    const line = '* @ada\n';
    const large = line.repeat(Math.ceil((3 * 1024 * 1024) / line.length));
    expect(parseCodeOwners(large)).toEqual({ fault: expect.stringContaining('GitHub reads files under 3145728') });
    expect(parseCodeOwners(line.repeat(1000))).toHaveLength(1000);
  });
});

/** The patterns follow gitignore, so git itself is the oracle, but for a last `*`: see `compilePattern`. */
describe('a pattern matches what git ignores by it', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelgate-owners-'));
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const PATHS = [
    ...['a', 'b', 'ab', 'a/b', 'a/b/c', 'x/a/b', 'a/x/b', 'a/x/y/b', 'a/x/y/b/c', 'a.md', 'x/a.md', 'x/y/a.md'],
    ...['a.md/b', 'a+b', 'aab', 'a(b)', 'a b', 'a$', '.a/b', 'x/.a', 'ax/b', 'a/bx', 'a/bx/c', 'MODEL_CARD.md'],
  ];

  it.each([
    ...['a', '/a', 'a/', '/a/', '*', '**', '*.md', '/*.md', 'x/*.md', 'a/b', '/a/b', 'a/b/', 'x/a', 'a/**', '/a/**'],
    ...['**/a', '**/a/b', '**/b/c', 'a/**/b', 'a/**/**/b', '**/*.md', 'a/b*', 'a?', '?b', 'a+b', 'a(b)', 'a\\ b', 'a$'],
    ...['a*b', 'a/*/b', 'a**', 'x**/a', '.a', 'a\\*', 'MODEL_CARD.md', 'model_card.md', '/a/*/'],
  ])('%s', async (pattern) => {
    await writeFile(join(folder, '.gitignore'), `${pattern}\n`);
    const answer = execFileSync('sh', ['-c', 'git check-ignore --no-index --stdin -z || test $? = 1'], {
      cwd: folder,
      input: PATHS.join('\0'),
      encoding: 'utf8',
    });
    const expression = compilePattern(pattern);
    expect(PATHS.filter((path) => expression?.test(path))).toEqual(answer.split('\0').filter(Boolean));
  });
});
