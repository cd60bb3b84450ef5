/** Hands the folder of the native library over to `bindings.ts`, which is evaluated inside a library that has no say in it. */
let folder: string | undefined;

/** Sets the folder, verified and absolute, that the native library is loaded from. Call before DuckDB is loaded. */
export function setLibraryFolder(path: string): void {
  folder = path;
}

/** The folder. Throws when none was set, which is a bug. */
export function getLibraryFolder(): string {
  if (folder === undefined) throw new Error('DuckDB was loaded before its library was located');
  return folder;
}
