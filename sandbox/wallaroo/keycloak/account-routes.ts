import { z } from 'zod';
import { type Call, type Handlers, nowSeconds, type Platform } from '../platform.ts';
import { refuse, refuseForbidden } from '../refusals.ts';
import type { WallarooUser } from '../user.ts';
import { adminRoles, mayView, userOf } from './admin.ts';
import { keycloakWords } from './words.ts';

/** Keycloak's own required actions, as far as they can be asked for by mail. */
const mailable = [
  'VERIFY_EMAIL',
  'UPDATE_PROFILE',
  'CONFIGURE_TOTP',
  'UPDATE_PASSWORD',
  'TERMS_AND_CONDITIONS',
];

const actionsBody = z.array(z.string());

/** The user, for a caller who may change them. */
async function managed(call: Call, platform: Platform): Promise<WallarooUser> {
  const roles = await adminRoles(call, platform);
  const user = userOf(call, platform, roles);
  return roles.includes('manage-users') ? user : refuseForbidden(platform.switches);
}

/** An empty body asks for all that the user has to do. */
function actionsIn(text: string, user: WallarooUser, platform: Platform): readonly string[] {
  if (text === '') return user.requiredActions;
  try {
    return actionsBody.parse(JSON.parse(text));
  } catch (error) {
    const { brokenJson, wrongType } = keycloakWords(platform.switches);
    if (error instanceof SyntaxError) return refuse(400, brokenJson);
    if (error instanceof z.ZodError) return refuse(400, wrongType);
    throw error;
  }
}

async function mailActions(call: Call, platform: Platform): Promise<Response> {
  const { state, switches } = platform;
  const user = await managed(call, platform);
  const { email } = user;
  if (email === undefined) return refuse(400, { errorMessage: 'User email missing' });
  if (!user.enabled) return refuse(400, { errorMessage: 'User is disabled' });
  const actions = actionsIn(await call.req.text(), user, platform);
  if (actions.some((action) => !mailable.includes(action)))
    return refuse(400, { errorMessage: 'Provided invalid required actions' });
  if (!switches.mailServer) return refuse(500, { errorMessage: keycloakWords(switches).noMailServer });
  state.mail({ to: email, userId: user.id, actions });
  return call.body(null, 204);
}

/** What ends sessions, and what Keycloak mails (contract §13). */
export const accountHandlers: Handlers<
  'keycloak.users.sessions' | 'keycloak.users.logout' | 'keycloak.users.mailActions'
> = {
  'keycloak.users.sessions': async (call, platform) => {
    const roles = await adminRoles(call, platform);
    const user = userOf(call, platform, roles);
    if (!mayView(roles)) return refuseForbidden(platform.switches);
    const { id: userId, username } = user;
    return call.json(platform.sessions.of(userId).map(({ id }) => ({ id, username, userId })));
  },
  'keycloak.users.logout': async (call, platform) => {
    const { id } = await managed(call, platform);
    platform.state.updateUser(id, { notBefore: nowSeconds(platform) });
    platform.sessions.revoke(id);
    return call.body(null, 204);
  },
  'keycloak.users.mailActions': mailActions,
};
