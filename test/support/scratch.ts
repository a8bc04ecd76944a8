import { accessSync, constants, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 48 * 1024 * 1024;

/** Whether files can lie in memory, as on Linux. */
function hasMemory(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/**
 * A folder of its own for the database of a test: in memory where that is possible, since the bot waits for the disk at
 * every commit, and half of the time of a test went there.
 */
export const scratchFolder = (prefix: string): Promise<string> =>
  mkdtemp(join(hasMemory() ? MEMORY : tmpdir(), prefix));
