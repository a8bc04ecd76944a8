import { RefusedError } from '../errors.ts';
import { labelOf } from '../license/user-text.ts';
import { parseWho } from '../texts/typed-who.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { CommandParts } from './command.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { plainOf, printable } from './plain.ts';

const ME =
  'Nobody is "me" on a command line, which knows your login only. Name the user by email or username.';
const MENTION =
  'A mention of Slack means nobody on a command line. Name the user by email, username or a part of their name.';
const MOST_OFFERED = 10;

/** Every `<who>`; `-` stands for the lines of standard input. */
export async function readWhos(
  { terminal }: CommandParts,
  typed: readonly string[],
): Promise<readonly string[]> {
  const whos = await Promise.all(typed.map(async (who) => (who === '-' ? terminal.lines() : [who])));
  const all = whos.flat();
  if (all.length === 0) throw new CommandError(EXIT.usage, 'Standard input names nobody: one <who> a line.');
  return all;
}

/** The users meant, each once. Names all that are not clear before it refuses. */
export async function resolveAll(
  parts: CommandParts,
  typed: readonly string[],
): Promise<readonly WallarooUser[]> {
  const { core } = await parts.office();
  const users = new Map<string, WallarooUser>();
  const unclear: CommandError[] = [];
  for (const who of typed) {
    try {
      const user = await resolveOne(core.users, who);
      users.set(user.id, user);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      unclear.push(error);
    }
  }
  const [first] = unclear;
  if (first === undefined) return [...users.values()];
  throw new CommandError(first.exitCode, unclear.map(({ userMessage }) => userMessage).join('\n'));
}

type Users = Awaited<ReturnType<CommandParts['office']>>['core']['users'];

/** @throws CommandError where nobody is meant, or several are. */
export async function resolveOne(users: Users, typed: string): Promise<WallarooUser> {
  const who = parseWho(typed);
  if (who.kind === 'me') throw new CommandError(EXIT.usage, ME);
  if (who.kind === 'slack') throw new CommandError(EXIT.unclear, MENTION);
  const found = await users.resolve(typed, { email: undefined }).catch((error: unknown) => {
    if (error instanceof RefusedError) throw new CommandError(EXIT.unclear, plainOf(error.userMessage));
    throw error;
  });
  if (found.kind === 'one') return found.user;
  const name = printable(found.typed) || '(empty)';
  if (found.kind === 'several')
    throw new CommandError(EXIT.unclear, `"${name}" fits several users:${offered(found.users)}`);
  const nearest = found.nearest.length === 0 ? '' : ` Did you mean:${offered(found.nearest)}`;
  throw new CommandError(EXIT.unclear, `No user of this Wallaroo instance is "${name}".${nearest}`);
}

/** Users who may be meant, a line for each. */
export function offered(users: readonly WallarooUser[]): string {
  const lines = users.slice(0, MOST_OFFERED).map((user) => `\n  ${nameOf(user)}`);
  const more = users.length - lines.length;
  return `${lines.join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
}

/** `nora@ex.co (Nora Lind, inactive)`; the id where nothing else tells users apart. */
function nameOf(user: WallarooUser): string {
  const fullName = [user.firstName, user.lastName].filter(Boolean).join(' ');
  const details = [
    fullName,
    user.email === user.username ? '' : user.username,
    user.enabled ? 'active' : 'inactive',
    user.id,
  ];
  return printable(`${labelOf(user)} (${details.filter((it) => it !== '').join(', ')})`);
}
