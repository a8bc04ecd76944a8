import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Something fetched or found for the tests, or why it could not be had. */
export type Provided<T> = { readonly value: T } | { readonly missing: string };

/** What was provided; `undefined` where it could not be had. */
export const valueIn = <T>(provided: Provided<T>): T | undefined =>
  'value' in provided ? provided.value : undefined;

const execute = promisify(execFile);

/** Runs a program to its end and gives what it printed on stdout. Rejects when it fails or takes longer than the limit. */
export async function run(
  program: string,
  args: readonly string[],
  { timeoutMs, env = {} }: { readonly timeoutMs: number; readonly env?: Record<string, string> },
): Promise<string> {
  const options = { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } };
  const { stdout } = await execute(program, [...args], options);
  return stdout;
}

/** Whether the program is there and runs. */
export async function runs(program: string, ...args: readonly string[]): Promise<boolean> {
  return run(program, args, { timeoutMs: 30_000 }).then(
    () => true,
    () => false,
  );
}

/** The reason of a failure in one line, for a person who wonders why tests were skipped. */
export function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return message.split('\n', 1)[0] ?? message;
}
