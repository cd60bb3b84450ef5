import { readGit } from './commands.ts';

/** What a commit leaves at a path: text, bytes, an entry of another mode (a link, a submodule, a program), or nothing. */
export type FileContent =
  | string
  | Buffer
  | null
  | { readonly mode: '100644' | '100755' | '120000' | '160000'; readonly content: string | Buffer };

/** Who made a commit; its time is that of the local GitHub's clock. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/** One commit to make. */
export interface NewCommit {
  readonly branch: string;
  readonly files: Readonly<Record<string, FileContent>>;
  readonly message: string;
  readonly author: Author;
  readonly time: Date;
  /** The first parent; absent for a commit without one. */
  readonly parent: string | undefined;
  /** A second parent, for a merge. */
  readonly merge?: string;
}

/** Makes a commit in a bare repository, moves the branch to it and returns its name. One process, however many files. */
export async function writeCommit(folder: string, commit: NewCommit): Promise<string> {
  const ref = `refs/heads/${commit.branch}`;
  const { name, email } = commit.author;
  const person = `${name} <${email}> ${Math.floor(commit.time.getTime() / 1000)} +0000`;
  const stream: Buffer[] = [];
  const write = (text: string) => stream.push(Buffer.from(text, 'utf8'));
  const writeData = (content: string | Buffer) => {
    const bytes = Buffer.from(content);
    write(`data ${bytes.length}\n`);
    stream.push(bytes);
    write('\n');
  };
  write(`commit ${ref}\nmark :1\nauthor ${person}\ncommitter ${person}\n`);
  writeData(commit.message);
  if (commit.parent !== undefined) write(`from ${commit.parent}\n`);
  if (commit.merge !== undefined) write(`merge ${commit.merge}\n`);
  for (const [path, file] of Object.entries(commit.files)) {
    if (file === null) {
      write(`D ${quote(path)}\n`);
      continue;
    }
    const { mode, content } =
      typeof file === 'string' || Buffer.isBuffer(file) ? { mode: '100644', content: file } : file;
    if (mode === '160000') {
      write(`M 160000 ${content} ${quote(path)}\n`);
      continue;
    }
    write(`M ${mode} inline ${quote(path)}\n`);
    writeData(content);
  }
  write('\nget-mark :1\ndone\n');
  return readGit(folder, ['fast-import', '--quiet', '--force', '--done'], { input: Buffer.concat(stream) });
}

/** A path as `git fast-import` reads it: quoted, as it may hold anything. */
function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
