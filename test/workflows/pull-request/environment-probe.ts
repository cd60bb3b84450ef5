import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/program.ts';

/**
 * Looks for secrets and tokens where training code can look: its own variables, those of every process that it descends
 * from, and all files of its machine's job. It prints names as they are and what looks like a secret by its digest, which
 * no mask of the log hides.
 */
const PROBE = String.raw`
def _probe():
    import hashlib, os, re
    texts, names, pid = [], set(), os.getpid()
    while pid > 0:
        try:
            with open("/proc/%d/environ" % pid, "rb") as file:
                environment = file.read()
            with open("/proc/%d/stat" % pid) as file:
                pid = int(file.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            break
        texts.append(environment)
        names.update(pair.split(b"=")[0].decode() for pair in environment.split(b"\0"))
    for folder, _, files in os.walk(os.path.abspath("../../..")):
        for name in files:
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    texts.append(file.read())
            except OSError:
                pass
    for name in sorted(names):
        print("probe name", name)
    for secret in {found for text in texts for found in re.findall(rb"(?:ghs|canary)_[0-9a-f]{8,}", text)}:
        print("probe secret", hashlib.sha256(secret).hexdigest())
    print("probe read", len(texts), "texts", flush=True)


_probe()
`;

/** The example's train.py, which looks for secrets before it trains. */
export async function writeProbingTraining(): Promise<string> {
  const text = await readFile(join(ROOT, 'examples/penguins/train.py'), 'utf8');
  return `${text.replace('\nif __name__', `\n${PROBE.trim()}\n\n\nif __name__`)}`;
}

/** What a probe saw, out of the log of its job. */
export function readProbe(log: string): { names: string[]; digests: string[]; texts: number } {
  const list = (kind: string) =>
    [...log.matchAll(new RegExp(`^probe ${kind} (\\S+)`, 'gm'))].map(([, value]) => value ?? '');
  return { names: list('name'), digests: list('secret'), texts: Number(list('read')[0] ?? 0) };
}

export function computeDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
