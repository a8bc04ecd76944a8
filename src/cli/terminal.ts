import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { standardOutput } from '../standard-output.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { spin } from './spinner.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Where a command reads and writes: data on standard output, talk on standard error. */
export interface Terminal {
  /** Width of standard output in columns; `undefined` where that is no terminal. */
  readonly columns: number | undefined;
  /** Whether standard output is a terminal that shows colours, and nobody forbids them (no-color.org). */
  readonly hasColor: boolean;
  /** Whether somebody can be asked: both standard input and standard error are terminals. */
  readonly canAsk: boolean;
  out(text: string): void;
  /** One line of talk. */
  say(line: string): void;
  /** Asks on standard error; rejects when Ctrl-C is pressed meanwhile. */
  ask(question: string): Promise<string>;
  /** Lines of standard input, blank ones left out. */
  lines(): Promise<readonly string[]>;
  /** Shows a sign of life on a terminal while `work` takes long. */
  spin<T>(label: string, work: Promise<T>): Promise<T>;
  /** As of `StandardOutput`. */
  flushed(): Promise<string | undefined>;
}

/** The terminal of this process. */
export function processTerminal(env: Env): Terminal {
  const { stdin, stdout, stderr } = process;
  const output = standardOutput();
  const isPlain = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    columns: stdout.isTTY ? Math.max(20, stdout.columns || 80) : undefined,
    hasColor: stdout.isTTY === true && !isPlain,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    out: output.write,
    say: (line) => void stderr.write(`${line}\n`),
    ask,
    lines: async () => (await text(stdin)).split(/\r\n|\n|\r/).filter((line) => line.trim() !== ''),
    spin: (label, work) => (stderr.isTTY && env.TERM !== 'dumb' ? spin(stderr, label, work) : work),
    flushed: output.flushed,
  };
}

async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new AbortController();
  asking.on('SIGINT', () => stopped.abort());
  // The end of the input answers nothing.
  asking.on('close', () => stopped.abort());
  try {
    return await asking.question(question, { signal: stopped.signal });
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    process.stderr.write('\n');
    throw new CommandError(EXIT.interrupted, 'Nothing was changed.');
  } finally {
    asking.close();
  }
}
