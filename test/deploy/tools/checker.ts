import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a checker came to: its exit code, and all that it wrote. */
export interface Checked {
  readonly code: number;
  readonly said: string;
  readonly stdout: string;
}

/** Runs a checker in the project's folder, offline as far as it can be told. Rejects where it does not start or end. */
export const check = (program: string, args: readonly string[]): Promise<Checked> =>
  new Promise((resolve, reject) => {
    const options = { cwd: root, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, said: `${stdout}${stderr}` });
      else reject(error ?? new Error(`${program} did not end`));
    });
  });

/** The same with a script of a Python environment, which may have been moved since it was made. */
export const checkWith = (
  bin: string | undefined,
  script: string,
  args: readonly string[],
): Promise<Checked> => check(join(bin ?? '', 'python'), [join(bin ?? '', script), ...args]);
