import { representation } from '../keycloak/representation.ts';
import type { Switches } from '../switches.ts';
import type { WallarooUser } from '../user.ts';

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

const sortedByKey = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).sort(byKey));

/** Every recording of this call has the five flags of `access` that Keycloak 21 gives. */
const recordedKeycloak = { keycloakRelease: '21', attributesKept: true } as const;

/**
 * A user as `users/query` shows them (contract §2.1). Asked by id, `lastLogin` is null and `realmRoles` missing,
 * whatever is true (§5.1).
 */
export function userRecord(
  user: WallarooUser,
  roles: readonly string[],
  release: Switches['queryRelease'],
  byId: boolean,
): Record<string, unknown> {
  const { attributes: _, totp, ...record } = representation(user, roles, recordedKeycloak);
  if (release === '2022') return { ...record, totp };
  if (byId) record.federatedIdentities = user.federatedIdentities;
  if (release === '2023') return sortedByKey(record);
  record.lastLogin = byId ? null : user.lastLogin;
  if (!byId && user.realmRoles.length > 0) record.realmRoles = user.realmRoles;
  return sortedByKey(record);
}
