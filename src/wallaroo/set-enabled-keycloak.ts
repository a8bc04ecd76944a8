import type { AtWrite, EnabledWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import { keycloakUserPath } from './keycloak-admin.ts';
import { underId } from './known-users.ts';
import type { Platform } from './platform.ts';
import { repeatable } from './retry.ts';
import { plainUser, representationSchema, userSchema } from './schemas.ts';
import { readBack, type Uncertain, unconfirmed } from './uncertain.ts';
import type { WallarooUser } from './user.ts';
import { getUser } from './user-lookup.ts';
import { understood } from './wire.ts';

/** Through Keycloak by id (contract §4.5): the whole representation goes back with `enabled` alone changed. */
export async function setEnabledInKeycloak(
  platform: Platform,
  id: string,
  enabled: boolean,
  atWrite?: AtWrite,
): Promise<EnabledWrite> {
  const call: Call = { method: 'PUT', path: keycloakUserPath(id) };
  // A 401 in the middle repeats both, as the record may have changed since (contract P30).
  const { before, federated, failure } = await platform.session.authorized((token) =>
    write(platform, token, call, { id, enabled, atWrite }),
  );
  if (before.enabled === enabled) return { before, after: before };
  const after = await readBack(call, failure, () => getUser(platform, id));
  if (after === undefined) throw new WallarooRefused(call, 'not_found', { cause: failure });
  // A directory that Keycloak only reads may also win without a word.
  if (after.enabled !== enabled)
    throw failure ?? new WallarooRefused(call, federated ? 'read_only_user' : 'not_applied');
  return { before, after };
}

interface Wanted {
  readonly id: string;
  readonly enabled: boolean;
  readonly atWrite: AtWrite | undefined;
}

interface Written {
  readonly before: WallarooUser;
  /** The user comes from a directory (LDAP), which Keycloak may be set only to read (contract §4.4). */
  readonly federated: boolean;
  readonly failure: Uncertain | undefined;
}

async function write(
  { wire, keycloak }: Platform,
  token: string,
  call: Call,
  { id, enabled, atWrite }: Wanted,
): Promise<Written> {
  const representation = await repeatable(wire, () => keycloak.get(token, id, representationSchema));
  if (representation === null) throw new WallarooRefused(call, 'not_found');
  const asked = { ...call, method: 'GET' };
  const before = plainUser(underId(asked, id, understood(asked, userSchema, representation)));
  const federated = Boolean(representation.federationLink);
  if (before.enabled === enabled) return { before, federated, failure: undefined };
  await atWrite?.();
  const written = keycloak.put(token, id, { ...representation, enabled });
  const failure = await unconfirmed(federated ? written.catch(explainDirectory) : written);
  return { before, federated, failure };
}

/** Keycloak often says no more of a directory that takes no write than that something went wrong. */
function explainDirectory(error: unknown): never {
  if (!(error instanceof WallarooRefused) || error.code !== 'invalid_request') throw error;
  throw new WallarooRefused(error.call, 'read_only_user', { detail: error.detail, cause: error });
}
