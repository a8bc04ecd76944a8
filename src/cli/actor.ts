import { hostname, userInfo } from 'node:os';

/** Whoever uses the command line: known by the login and the machine, as nobody tells which person in Slack that is. */
export function commandLineActor(): string {
  const part = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, 64);
  return `cli:${part(login())}@${part(hostname())}`;
}

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
