import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Call, Platform } from '../platform.ts';
import { refuseApi } from '../refusals.ts';
import { managementRoles } from '../roles.ts';
import { seatsOf } from '../seats.ts';
import { apiBody, apiCaller } from './api-call.ts';

const inviteBody = z.object({
  email: z.string().min(1),
  password: z.string().nullish(),
  roles: z.array(z.string()).optional(),
  require_reset: z.boolean().nullish(),
});

/** The words of the limit and of a taken email are ours: nobody recorded them (contract §11.1). */
function refuseInvitation({ state, switches, ...rest }: Platform, email: string): void {
  if (state.edition !== 'community')
    refuseApi(403, 'user management is not supported in this product configuration');
  if (state.find(email) !== undefined)
    refuseApi(switches.inviteTakenStatus, 'sandbox: a user with this email exists');
  const { taken, limit } = seatsOf({ ...rest, state, switches });
  if (limit !== null && taken >= limit) refuseApi(403, 'sandbox: user limit reached');
}

/** Contract §5.2. The initial password is echoed in clear; a generated one must be changed at first login. */
export async function invite(call: Call, platform: Platform): Promise<Response> {
  const caller = await apiCaller(call, platform);
  const body = await apiBody(call, inviteBody);
  const { state, switches } = platform;
  if (switches.inviteNeedsRoles && body.roles === undefined) return refuseApi(400, 'missing field `roles`');
  refuseInvitation(platform, body.email);
  if (switches.apiActsAsCaller && !managementRoles(caller, switches).includes('manage-users'))
    return refuseApi(500, 'error querying keycloak server');
  const email = body.email.toLowerCase();
  const password = body.password || `generated-${randomUUID()}`;
  const mustChange = !body.password || body.require_reset === true;
  const user = state.addUser({
    username: email,
    email,
    emailVerified: true,
    password,
    realmRoles: body.roles?.includes('admin') ? ['admin'] : [],
    requiredActions: mustChange ? ['UPDATE_PASSWORD'] : [],
  });
  return call.json({ id: user.id, password });
}
