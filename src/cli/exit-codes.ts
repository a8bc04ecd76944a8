import { ChatopsError, RefusedError } from '../errors.ts';
import { isSignInRefused } from '../wallaroo/sentences.ts';

/** How a command ends. Never 0 for what is not done. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Nobody is meant by a `<who>`, or several are. */
  unclear: 3,
  signIn: 4,
  refused: 5,
  waits: 6,
  /** By Ctrl-C, as shells say it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Each code in words, for `help` and the README. */
export const EXIT_WORDS: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'failed, or not done yet',
  2: 'not understood: a command, an option or a setting',
  3: 'nobody is meant, or several are',
  4: 'Wallaroo refuses the sign-in',
  5: 'refused by a rule, such as a full license or a protected user',
  6: 'waits for an approval',
  130: 'interrupted by Ctrl-C',
};

/** A plain no, with the code that the command ends with. */
export class CommandError extends ChatopsError {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence: string) {
    super(sentence, { code: 'command', userMessage: sentence });
    this.exitCode = exitCode;
  }
}

/** Why a change failed that our own rules, or the license, do not allow. */
const RULES = new Set(['license_full', 'fewer_seats', 'guarded', 'last_owner']);

/** The code for what a change, or a call of the platform, failed with. */
export function exitCodeOfFailure(code: string | undefined): ExitCode {
  if (code === undefined) return EXIT.failed;
  if (isSignInRefused(code)) return EXIT.signIn;
  return RULES.has(code) ? EXIT.refused : EXIT.failed;
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof RefusedError) return EXIT.refused;
  if (!(error instanceof ChatopsError)) return EXIT.failed;
  return error.code === 'config' ? EXIT.usage : exitCodeOfFailure(error.code);
}

const WORST_FIRST: readonly ExitCode[] = [130, 4, 1, 5, 3, 2, 6];

/** Of several outcomes the worst. */
export const worstOf = (codes: readonly ExitCode[]): ExitCode =>
  WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;
