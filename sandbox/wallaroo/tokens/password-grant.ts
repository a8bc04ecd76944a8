import { keycloakWords } from '../keycloak/words.ts';
import type { Platform } from '../platform.ts';
import { refuse } from '../refusals.ts';
import type { WallarooUser } from '../user.ts';
import type { OidcClient } from './clients.ts';
import { tokenAnswer } from './issue.ts';

export function refuseGrant(status: number, description: string): never {
  return refuse(status, { error: 'invalid_grant', error_description: description });
}

function authenticated(platform: Platform, form: URLSearchParams): WallarooUser {
  const username = form.get('username');
  if (username === null)
    return refuse(401, { error: 'invalid_request', error_description: 'Missing parameter: username' });
  const found = platform.state.find(username);
  const user = found?.id === username ? undefined : found;
  const { wrongCredentials } = keycloakWords(platform.switches);
  if (user === undefined || user.serviceAccount)
    return refuseGrant(wrongCredentials, 'Invalid user credentials');
  if (user.locked) return refuseGrant(400, 'Invalid user credentials');
  const isRight = user.password === form.get('password');
  // 26 tells that an account is disabled only to who knows its password.
  if (!user.enabled && (isRight || platform.switches.keycloakRelease === '21'))
    return refuseGrant(400, 'Account disabled');
  if (!isRight) return refuseGrant(wrongCredentials, 'Invalid user credentials');
  if (user.requiredActions.length > 0) return refuseGrant(400, 'Account is not fully set up');
  return user;
}

/** The scope granted: the client's own and what was asked for of those that Keycloak knows. */
function grantedScope(client: OidcClient, asked: string | null): string {
  const known = ['openid', 'profile', 'email', 'offline_access'];
  const wanted = (asked ?? '').split(' ').filter((scope) => scope !== '');
  if (wanted.some((scope) => !known.includes(scope)))
    return refuse(400, { error: 'invalid_scope', error_description: `Invalid scopes: ${asked}` });
  return [...new Set([...wanted, ...client.defaultScope.split(' ')])].join(' ');
}

/** Contract §3.1, with the refusals of §3.4 in Keycloak's order. */
export function passwordGrant(
  platform: Platform,
  client: OidcClient,
  form: URLSearchParams,
): Promise<Record<string, unknown>> {
  const user = authenticated(platform, form);
  const scope = grantedScope(client, form.get('scope'));
  const session = platform.sessions.open(user.id, scope.split(' ').includes('offline_access'));
  if (platform.switches.grantIsSignIn) platform.state.signIn(user.id);
  return tokenAnswer(platform, user, client, session, scope);
}
