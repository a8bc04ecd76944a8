import { z } from 'zod';
import type { AtWrite, EnabledWrite } from './client.ts';
import { type Call, WallarooRefused } from './errors.ts';
import { keycloakUserPath } from './keycloak-admin.ts';
import { underId } from './known-users.ts';
import type { Platform } from './platform.ts';
import { repeatable } from './retry.ts';
import { plainUser, userSchema } from './schemas.ts';
import { readBack, type Uncertain, unconfirmed } from './uncertain.ts';
import type { WallarooUser } from './user.ts';
import { getUser } from './user-lookup.ts';
import { understood } from './wire.ts';

/** Everything that Keycloak sent, checked by nothing: it goes back as it came. */
const representationSchema = z.record(z.string(), z.unknown());

/** Through Keycloak by id (contract §4.5): the whole representation goes back with `enabled` alone changed. */
export async function setEnabledInKeycloak(
  platform: Platform,
  id: string,
  enabled: boolean,
  atWrite?: AtWrite,
): Promise<EnabledWrite> {
  const call: Call = { method: 'PUT', path: keycloakUserPath(id) };
  // A 401 in the middle repeats both, as the record may have changed since (contract P30).
  const { before, failure } = await platform.session.authorized((token) =>
    write(platform, token, call, { id, enabled, atWrite }),
  );
  if (before.enabled === enabled) return { before, after: before };
  const after = await readBack(call, failure, () => getUser(platform, id));
  if (after === undefined) throw new WallarooRefused(call, 'not_found', { cause: failure });
  if (after.enabled !== enabled) throw failure ?? new WallarooRefused(call, 'not_applied');
  return { before, after };
}

async function write(
  { wire, keycloak }: Platform,
  token: string,
  call: Call,
  {
    id,
    enabled,
    atWrite,
  }: { readonly id: string; readonly enabled: boolean; readonly atWrite: AtWrite | undefined },
): Promise<{ readonly before: WallarooUser; readonly failure: Uncertain | undefined }> {
  const representation = await repeatable(wire, () => keycloak.get(token, id, representationSchema));
  if (representation === null) throw new WallarooRefused(call, 'not_found');
  const asked = { ...call, method: 'GET' };
  const before = plainUser(underId(asked, id, understood(asked, userSchema, representation)));
  if (before.enabled === enabled) return { before, failure: undefined };
  await atWrite?.();
  const failure = await unconfirmed(keycloak.put(token, id, { ...representation, enabled }));
  return { before, failure };
}
