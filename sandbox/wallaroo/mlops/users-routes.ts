import { z } from 'zod';
import { mayView } from '../keycloak/admin.ts';
import { like } from '../keycloak/like.ts';
import type { Call, Handlers, Platform } from '../platform.ts';
import { shuffled } from '../random.ts';
import { refuseApi } from '../refusals.ts';
import { managementRoles } from '../roles.ts';
import { seatsOf } from '../seats.ts';
import type { WallarooUser } from '../user.ts';
import { apiBody, apiCaller } from './api-call.ts';
import { invite } from './invite.ts';
import { userRecord } from './user-record.ts';

const keycloakFailed = 'error querying keycloak server';

const queryBody = z.object({ user_ids: z.array(z.string()).nullish() });
const emailBody = z.object({ email: z.string() });

function queried(
  platform: Platform,
  ids: readonly string[] | null | undefined,
  callerId: string,
): [string, WallarooUser | null][] {
  const { state, switches } = platform;
  if (ids && (ids.length > 0 || switches.emptyIds === 'none'))
    return ids
      .map((id, at): [string, WallarooUser | null] => [
        id,
        at < (switches.idsLimit ?? ids.length) ? (state.users.get(id) ?? null) : null,
      ])
      .filter(([, user]) => user !== null || switches.unknownIds === 'null');
  return [...state.users]
    .filter(([, user]) => switches.serviceAccountsInQuery || !user.serviceAccount)
    .filter(([id], at) => isShown(switches, id === callerId, at))
    .slice(0, switches.queryLimit ?? undefined);
}

function isShown({ queryShows }: Platform['switches'], isCaller: boolean, at: number): boolean {
  if (queryShows === 'all') return true;
  if (queryShows === 'none') return false;
  return isCaller ? queryShows === 'half' : at % 2 === 0;
}

async function query(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const roles = managementRoles(caller, platform.switches);
  const { user_ids: ids } = await apiBody(call, queryBody);
  if (platform.switches.apiActsAsCaller && !mayView(roles)) return refuseApi(500, keycloakFailed);
  const { queryRelease } = platform.switches;
  const byId = ids !== undefined && ids !== null;
  const shape = `${roles.join(' ')}, ${queryRelease}, ${byId}`;
  const entries = shuffled(queried(platform, ids, caller.id), platform.random).map(([id, user]) => {
    const text =
      user === null
        ? 'null'
        : writtenOnce(user, shape, () => JSON.stringify(userRecord(user, roles, queryRelease, byId)));
    return `${JSON.stringify(id)}:${text}`;
  });
  const headers = { 'content-type': 'application/json' };
  return new Response(`{"users":{${entries.join(',')}}}`, { headers });
}

const written = new WeakMap<WallarooUser, { readonly shape: string; readonly text: string }>();

/** Tens of thousands of records would keep a client waiting for us; a user who is changed is another object. */
function writtenOnce(user: WallarooUser, shape: string, write: () => string): string {
  const known = written.get(user);
  if (known?.shape === shape) return known.text;
  const text = write();
  written.set(user, { shape, text });
  return text;
}

function byEmail({ state, switches }: Platform, email: string): WallarooUser {
  const matches = ({ email: own }: WallarooUser): boolean =>
    switches.activateMatching === 'exact'
      ? own?.toLowerCase() === email.toLowerCase()
      : like(own, `%${email}%`);
  const [first] = [...state.users.values()]
    .filter(matches)
    .sort((a, b) => (a.username < b.username ? -1 : 1));
  return first ?? refuseApi(500, keycloakFailed);
}

const setEnabled =
  (enabled: boolean) =>
  async (call: Call, platform: Platform): Promise<Response> => {
    const caller = await apiCaller(call, platform);
    const { email } = await apiBody(call, emailBody);
    const { state, switches } = platform;
    if (switches.apiActsAsCaller && !managementRoles(caller, switches).includes('manage-users'))
      return refuseApi(500, keycloakFailed);
    const user = byEmail(platform, email);
    const { taken, limit } = seatsOf(platform);
    if (enabled && !user.enabled && switches.activateChecksSeats && limit !== null && taken >= limit)
      return refuseApi(403, 'sandbox: user limit reached');
    state.setEnabled(user.id, enabled);
    return call.json({});
  };

/** The MLOps API's users (contract §5). */
export const usersHandlers: Handlers<'users.query' | 'users.invite' | 'users.activate' | 'users.deactivate'> =
  {
    'users.query': query,
    'users.invite': invite,
    'users.activate': setEnabled(true),
    'users.deactivate': setEnabled(false),
  };
