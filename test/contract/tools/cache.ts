import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where what was fetched stays between runs; ignored by git. */
const cacheFolder = fileURLToPath(new URL('../../../.cache/tools', import.meta.url));

/**
 * The folder `name` of the cache, made by `make` in a folder next to it if it is not there yet: one that a broken
 * run left half-made is never taken for whole.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await make(unfinished);
  await rename(unfinished, folder);
  return folder;
}
