import type { AtWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import { keycloakUserPath } from './keycloak-admin.ts';
import { type Platform, read } from './platform.ts';
import { readBack, unconfirmed } from './uncertain.ts';

/** Ends the user's sessions in Keycloak (contract §13), and looks whether those that there were are gone. */
export async function endSessions(platform: Platform, id: string, atWrite?: AtWrite): Promise<void> {
  const call: Call = { method: 'POST', path: `${keycloakUserPath(id)}/logout` };
  const { keycloak, session } = platform;
  const sessions = () => read(platform, (token) => keycloak.sessionIds(token, id));
  const before = await sessions();
  const failure = await session.authorized(async (token) => {
    await atWrite?.();
    return unconfirmed(keycloak.logout(token, id));
  });
  // Without sessions that show it, only Keycloak's word says that refresh tokens for later are stale as well.
  if (failure !== undefined && before.length === 0) throw failure;
  const now = await readBack(call, failure, sessions);
  if (before.some((one) => now.includes(one))) throw failure ?? new WallarooRefused(call, 'not_applied');
}
