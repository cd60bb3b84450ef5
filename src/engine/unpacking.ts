import { extract } from 'tar';

/**
 * Unpacks the named files of an npm tarball into a folder, side by side. Everything else in the tarball (folders, links,
 * devices, other names) stays inside it. Throws on a tarball that is not one.
 */
export async function unpackFiles(tarball: string, names: readonly string[], folder: string): Promise<void> {
  const wanted = new Set(names.map((name) => `package/${name}`));
  await extract({
    file: tarball,
    cwd: folder,
    strip: 1,
    strict: true,
    preserveOwner: false,
    filter: (path, entry) => wanted.has(path) && 'type' in entry && entry.type === 'File',
  });
}
