import { hostname, userInfo } from 'node:os';
import { loginKeys } from '../access/person-keys.ts';

/** The person at the command line, by login and machine: nobody tells who that is in Slack. */
export const commandLineActor = (): string => `cli:${part(login())}@${part(hostname())}`;

/** By what they are known as a person, on whichever machine. */
export const commandLineKeys = (): readonly string[] => loginKeys(commandLineActor(), part(login()));

const part = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 64);

/** As the system has it: a variable of the environment could name anybody. */
function login(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that no account has.
    if (error instanceof Error && 'code' in error) return `uid-${process.getuid?.() ?? 'unknown'}`;
    throw error;
  }
}
