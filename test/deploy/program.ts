import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from 'vitest';

/** A program that runs; it is killed after the test at the latest. */
export interface Program {
  /** What it has written so far, on both outputs. */
  readonly said: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves when it has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const running: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

export interface ProgramOptions {
  /** The settings; of the surroundings it gets `PATH` and `HOME` only. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export function startProgram(
  program: string,
  args: readonly string[],
  { env = {}, cwd }: ProgramOptions = {},
): Program {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = once(child, 'close').then(
    ([code, signal]) => (code ?? signal ?? 'unknown') as number | string,
  );
  running.push({ child, ended });
  return { said: () => said, signal: (name) => void child.kill(name), ended };
}

/** Runs it to its end. */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions = {}) {
  const started = startProgram(program, args, options);
  return { code: await started.ended, said: started.said() };
}
