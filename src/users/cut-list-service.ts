import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Who is named wholly, by id, email or username, where the list of users ends early: a part of a name may fit others
 * beyond its end. @throws `error`, for which the list could not be read, of any other text and where it is another fault
 */
export async function namedWholly(
  wallaroo: Pick<WallarooClient, 'getUser' | 'listUsers'>,
  named: string,
  error: unknown,
): Promise<WallarooUser> {
  if (!(error instanceof WallarooError) || error.code !== 'list_cut') throw error;
  const text = named.trim().toLowerCase();
  const users = await wallaroo.listUsers({ evenIfCut: true });
  const fits = users.filter(({ id, email, username }) =>
    [id, email, username].some((name) => name?.toLowerCase() === text),
  );
  const [user = UUID.test(text) ? await wallaroo.getUser(text) : undefined, second] = fits;
  if (user === undefined || second !== undefined) throw error;
  return user;
}
