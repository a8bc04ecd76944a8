import { inSlices } from '../slices.ts';
import { parseWho } from '../texts/typed-who.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { indexed } from './user-index.ts';
import { goingBy, usersToChoose } from './who.ts';

/** Users to choose from while a `<who>` is typed into a menu; `email` is of who types. As the platform told last while it does not answer. */
export async function searchUsers(
  wallaroo: Pick<WallarooClient, 'listUsers' | 'lastUsers'>,
  typed: string,
  { email }: { readonly email: string | undefined },
): Promise<readonly WallarooUser[]> {
  const users = await usersOrLast(wallaroo);
  await inSlices(indexed(users, { order: true, names: true }));
  const who = parseWho(typed);
  if (who.kind === 'text') return inSlices(usersToChoose(who.readings[0] ?? '', users));
  if (who.kind !== 'me') return [];
  const own = email === undefined ? [] : goingBy(email, users);
  const named = await inSlices(usersToChoose(typed, users));
  return own.length === 1 ? [...new Set([...own, ...named])] : named;
}

async function usersOrLast(wallaroo: Pick<WallarooClient, 'listUsers' | 'lastUsers'>) {
  try {
    return await wallaroo.listUsers();
  } catch (error) {
    if (error instanceof WallarooError) return wallaroo.lastUsers()?.users ?? [];
    throw error;
  }
}
