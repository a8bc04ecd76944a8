import { stat } from 'node:fs/promises';

/** The file of the database was taken away, or another lies in its place: nobody finds again what is written now. */
export class FileGoneError extends Error {
  readonly code = 'DATABASE_FILE_GONE';

  constructor(path: string, cause?: unknown) {
    super(`${path} is gone, or another file lies in its place: the bot has to be started again`, { cause });
  }
}

/** Remembers which file lies at `path`, and checks later that it still does: SQLite itself writes on in one that is gone. */
export async function sameFile(path: string): Promise<() => Promise<void>> {
  const idOf = async (): Promise<string> => {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev} ${ino}`;
  };
  const opened = await idOf();
  return async () => {
    let now: string;
    try {
      now = await idOf();
    } catch (error) {
      throw new FileGoneError(path, error);
    }
    if (now !== opened) throw new FileGoneError(path);
  };
}
