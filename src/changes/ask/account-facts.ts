import type { WallarooClient } from '../../wallaroo/client.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { otherNamed } from './account-fix.ts';

/** The account that goes by this email, be it as its username alone: Keycloak lets nobody else have it then. */
export async function accountNamed(
  wallaroo: Pick<WallarooClient, 'findUserByEmail' | 'listUsers'>,
  email: string,
): Promise<WallarooUser | undefined> {
  const found = await wallaroo.findUserByEmail(email);
  return found ?? otherNamed(email.trim(), '', await wallaroo.listUsers({ evenIfCut: true }));
}
