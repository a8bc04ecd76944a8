import type { WallarooSeed } from '../state.ts';
import type { WallarooUser } from '../user.ts';
import { botAccount, extraPerson, seedPeople, serviceAccount } from './people.ts';
import { seedWorkspaces, type WorkspacesSeed } from './seed-workspaces.ts';

export interface CommunitySeedOptions {
  /** Usernames or emails of exactly those who are active. Keep the bot's `chatops@ex.co` among them. */
  readonly enabled?: readonly string[];
  /** Instead of `enabled`: how many are active, the bot first; people are added where the seed's do not suffice. @default 4 */
  readonly seatsTaken?: number;
  /** @default 5 */
  readonly seats?: number;
  readonly now?: Date;
  /** @default 'few' */
  readonly workspaces?: WorkspacesSeed;
}

function withEnabled(users: readonly WallarooUser[], names: readonly string[]): WallarooUser[] {
  const known = new Set(users.flatMap((user) => [user.username, user.email]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`The community seed has no ${unknown.join(', ')}.`);
  return users.map((user) => ({
    ...user,
    enabled: names.includes(user.username) || (user.email !== undefined && names.includes(user.email)),
  }));
}

function withSeatsTaken(users: readonly WallarooUser[], count: number, now: Date): WallarooUser[] {
  const more = Math.max(0, count - users.length);
  const extra = Array.from({ length: more }, (_, index) => extraPerson(index + 1, now));
  return [...users, ...extra].map((user, index) => ({ ...user, enabled: index < count }));
}

/** A Community instance: `admin`, `chatops@ex.co` (the bot), `steve` and `testuser@wallaroo.ai` hold 4 of 5 seats. */
export function communitySeed(options: CommunitySeedOptions = {}): WallarooSeed {
  const { enabled, seatsTaken = 4, seats = 5, now = new Date(), workspaces } = options;
  const people = seedPeople(now);
  const users = enabled ? withEnabled(people, enabled) : withSeatsTaken(people, seatsTaken, now);
  return {
    edition: 'community',
    seats,
    users: [...users, serviceAccount(now)],
    workspaces: seedWorkspaces(users, now, workspaces),
    account: botAccount,
  };
}
