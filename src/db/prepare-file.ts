import { existsSync, mkdirSync } from 'node:fs';
import { chmod, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;
/** SQLite gives its files beside the database the mode of the database, when it makes them. */
const BESIDE = ['', '-wal', '-shm'];

/**
 * Makes the file of a database where there is none, and its folder: for its owner alone, as it tells who asked for what and
 * why. One that an older version made is taken from others, too.
 */
export async function prepareFile(path: string): Promise<void> {
  makeFolder(dirname(path));
  // What cannot be opened here SQLite cannot open either, and it says so.
  await open(path, 'a', OWNER_ONLY).then(
    (file) => file.close(),
    () => undefined,
  );
  for (const beside of BESIDE) await takeFromOthers(`${path}${beside}`);
}

/** One folder at a time: `recursive` never ends below a folder like /proc, where nothing can be made. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: FOLDER_OWNER_ONLY });
}

async function takeFromOthers(path: string): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isFile() && (found.mode & 0o077) !== 0) await chmod(path, OWNER_ONLY);
  } catch (error) {
    // Not there, or another's, who has decided for themself.
    if (
      !(
        error instanceof Error &&
        'code' in error &&
        /^(ENOENT|ENOTDIR|EPERM|EACCES)$/.test(String(error.code))
      )
    )
      throw error;
  }
}
