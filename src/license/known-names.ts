import { oneLine } from '../texts/one-line.ts';
import { indexedById } from '../wallaroo/by-id.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, type Work } from '../work.ts';

/** First and last name; `undefined` where the platform has neither. */
export function fullNameOf({ firstName, lastName }: WallarooUser): string | undefined {
  const [first, last] = [firstName?.trim() ?? '', lastName?.trim() ?? ''];
  if (first === '' || last === '') return first || last || undefined;
  return `${first} ${last}`;
}

/** Somebody as the trail has them: by id, where it was known, and by what they went by. */
export interface Recorded {
  readonly userId?: string | undefined;
  readonly label: string;
}

/** First and last name of somebody; `undefined` where they are not known. */
export type NameOf = (recorded: Recorded) => string | undefined;

interface Known {
  readonly byId: ReadonlyMap<string, WallarooUser>;
  /** By email or username in small letters; `undefined` where several go by it. */
  readonly byLabel: ReadonlyMap<string, WallarooUser | undefined>;
}

/** Of each list, as long as it is in use: there may be tens of thousands of users. */
const known = new WeakMap<readonly WallarooUser[], Known>();

/** The names of these users: by id, and where the trail knows none, by an email or a username that is one user's only. */
export function* namesAmong(users: readonly WallarooUser[]): Work<NameOf> {
  const { byId, byLabel } = known.get(users) ?? (yield* knownIn(users));
  return ({ userId, label }) => {
    const user = userId === undefined ? byLabel.get(label.toLowerCase()) : byId.get(userId);
    const name = user === undefined ? undefined : oneLine(fullNameOf(user) ?? '');
    return name === '' || name === label ? undefined : name;
  };
}

function* knownIn(users: readonly WallarooUser[]): Work<Known> {
  const byId = yield* indexedById(users);
  const byLabel = new Map<string, WallarooUser | undefined>();
  yield* forEach(users, (user) => {
    for (const label of new Set(
      [user.email ?? user.username, user.username].map((name) => name.toLowerCase()),
    ))
      byLabel.set(label, byLabel.has(label) ? undefined : user);
  });
  const made = { byId, byLabel };
  known.set(users, made);
  return made;
}
