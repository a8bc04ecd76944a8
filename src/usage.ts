import { distance } from 'fastest-levenshtein';

/** What the words behind the program's name ask for. */
export type Wish =
  | { readonly kind: 'start' }
  | { readonly kind: 'version' }
  | { readonly kind: 'doctor'; readonly argv: readonly string[] }
  /** A command of the command line, or its help. */
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'unknown'; readonly word: string; readonly nearest: string | undefined }
  /** Something behind a command that does not take it; `takes` is what it does take. */
  | {
      readonly kind: 'extra';
      readonly command: string;
      readonly word: string;
      readonly takes: string | undefined;
    };

/** The commands of `src/cli`; a test holds them together. */
export const COMMANDS: readonly string[] = [
  'users',
  'idle',
  'user',
  'license',
  'digest',
  'requests',
  'audit',
  'activate',
  'deactivate',
  'swap',
  'invite',
  'workspaces',
  'workspace',
  'approve',
  'deny',
  'completion',
];
/** Commands that are no part of the command line. */
const OTHERS: readonly string[] = ['start', 'doctor'];
const HELP = ['--help', '-h', 'help'];
const VERSION = ['--version', '-V', 'version'];
const OF_DOCTOR = '--json';
const MOST_SLIPS = 2;

/** Reads the words behind the program's name. Pure. */
export function wishOf(argv: readonly string[]): Wish {
  const [command, ...rest] = argv;
  if (command === undefined) return { kind: 'start' };
  if (HELP.includes(command)) return helpWith(rest);
  if (VERSION.includes(command)) return { kind: 'version' };
  if (COMMANDS.includes(command)) return { kind: 'command', argv };
  if (!OTHERS.includes(command)) return unknown(command);
  if (rest.some((word) => HELP.includes(word))) return { kind: 'command', argv: ['help'] };
  const takes = command === 'doctor' ? OF_DOCTOR : undefined;
  const word = rest.find((option) => option !== takes);
  if (word !== undefined) return { kind: 'extra', command, word, takes };
  return command === 'start' ? { kind: 'start' } : { kind: 'doctor', argv: rest };
}

function helpWith([word, ...more]: readonly string[]): Wish {
  if (word === undefined || HELP.includes(word)) return { kind: 'command', argv: ['help'] };
  if (COMMANDS.includes(word)) return { kind: 'command', argv: ['help', word, ...more] };
  return OTHERS.includes(word) ? { kind: 'command', argv: ['help', word] } : unknown(word);
}

function unknown(word: string): Wish {
  const nearest = [...OTHERS, 'help', ...COMMANDS].find((known) => distance(known, word) <= MOST_SLIPS);
  return { kind: 'unknown', word, nearest };
}
