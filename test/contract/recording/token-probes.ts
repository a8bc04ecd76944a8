import type { Answer } from '../../sandbox/wallaroo/support.ts';
import { castPassword } from './cast.ts';
import { apiClientSecret, type Scene } from './scene.ts';

/** A request, or a few of which the last one's answer counts. */
export type Probe = (scene: Scene) => Promise<Answer>;

const password = { grant_type: 'password', username: 'manager@cast.co', password: castPassword };
const apiClient = `api-client:${apiClientSecret}`;

/** Signing in and being refused (contract §3). */
export const tokenProbes: Readonly<Record<string, Probe>> = {
  'password, public client': (scene) => scene.token(password),
  'password, confidential client': (scene) => scene.token(password, apiClient),
  'password, secret in the form': (scene) =>
    scene.token({ ...password, client_id: 'api-client', client_secret: apiClientSecret }),
  'password, by email in capitals': (scene) => scene.token({ ...password, username: 'MANAGER@CAST.CO' }),
  refresh: async (scene) => {
    const { body } = await scene.token(password);
    return scene.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
  },
  'wrong password': (scene) => scene.signIn('manager', 'wrong'),
  'no password': (scene) => scene.token({ grant_type: 'password', username: 'manager@cast.co' }),
  'unknown user': (scene) => scene.signIn('unknown'),
  'no username': (scene) => scene.token({ grant_type: 'password' }),
  'deactivated user': (scene) => scene.signIn('off'),
  'deactivated user, wrong password': (scene) => scene.signIn('off', 'wrong'),
  'pending action': (scene) => scene.signIn('pending'),
  'unknown client': (scene) => scene.token({ ...password, client_id: 'unknown' }),
  'unknown client, Basic': (scene) => scene.token(password, 'unknown:x'),
  'wrong secret': (scene) => scene.token(password, 'api-client:wrong'),
  'no secret': (scene) => scene.token({ ...password, client_id: 'api-client' }),
  'no client': (scene) => scene.token({ ...password, client_id: '' }),
  'no grant type': (scene) => scene.token({}),
  'unknown grant type': (scene) => scene.token({ grant_type: 'unknown' }),
  'unknown scope': (scene) => scene.token({ ...password, scope: 'unknown' }),
  'refresh without token': (scene) => scene.token({ grant_type: 'refresh_token' }),
  'refresh with garbage': (scene) => scene.token({ grant_type: 'refresh_token', refresh_token: 'x.y.z' }),
  "refresh with another client's token": async (scene) => {
    const { body } = await scene.token(password);
    return scene.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token }, apiClient);
  },
  'client credentials of a public client': (scene) => scene.token({ grant_type: 'client_credentials' }),
  'refresh of a user deactivated meanwhile': async (scene) => {
    const { body } = await scene.signIn('axb');
    const user = `/${scene.id('axb@cast.co')}`;
    await (await scene.as('manager')).users('PUT', user, { enabled: false });
    const answer = await scene.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
    await (await scene.as('manager')).users('PUT', user, { enabled: true });
    return answer;
  },
};
