import type { WallarooUser } from '../../wallaroo/user.ts';
import { forEach, type Work } from '../../work.ts';

/**
 * The `keys` that name somebody on the list for whom `counts` holds. A key is the id of a user, or in small
 * letters the email or username of somebody whose id the platform has not told (contract §5.2).
 */
export function* keysShown(
  users: readonly WallarooUser[],
  keys: ReadonlySet<string>,
  counts: (user: WallarooUser) => boolean = () => true,
): Work<ReadonlySet<string>> {
  const shown = new Set<string>();
  if (keys.size === 0) return shown;
  yield* forEach(users, (user) => {
    if (!counts(user)) return;
    for (const key of keysOf(user)) if (keys.has(key)) shown.add(key);
  });
  return shown;
}

const keysOf = ({ id, username, email = '' }: WallarooUser): readonly string[] => [
  id,
  username.toLowerCase(),
  email.toLowerCase(),
];
