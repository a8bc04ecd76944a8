import { castPassword } from './cast.ts';
import type { Scene } from './scene.ts';
import type { Probe } from './token-probes.ts';
import { after, path, put } from './write-probes.ts';

type Who = Parameters<Scene['as']>[0];

const actions = ['UPDATE_PASSWORD', 'VERIFY_EMAIL'];

const logout =
  (who: Who, user: (scene: Scene) => string): Probe =>
  async (scene) =>
    (await scene.as(who)).users('POST', `${user(scene)}/logout`);

const sessions =
  (who: Who, user: (scene: Scene) => string): Probe =>
  async (scene) =>
    (await scene.as(who)).users('GET', `${user(scene)}/sessions`);

const mail =
  (who: Who, user: (scene: Scene) => string, body: unknown = actions): Probe =>
  async (scene) =>
    (await scene.as(who)).users('PUT', `${user(scene)}/execute-actions-email`, body);

const realm =
  (who: Who, below = ''): Probe =>
  async (scene) =>
    (await scene.as(who)).call('GET', `/auth/admin/realms/master${below}`);

const steve = (scene: Scene): string => path(scene, 'zz-steve');
const unknown = (): string => '/unknown';

/** Somebody signs in, is signed out by the manager, and goes on with the refresh token. */
const signedOut: Probe = async (scene) => {
  const { body: tokens } = await scene.token({
    grant_type: 'password',
    username: 'axb@cast.co',
    password: castPassword,
  });
  const manager = await scene.as('manager');
  const user = path(scene, 'axb@cast.co');
  const { body: before } = await manager.users('GET', `${user}/sessions`);
  const { status: ended } = await manager.users('POST', `${user}/logout`);
  const { body: left } = await manager.users('GET', `${user}/sessions`);
  const refreshed = await scene.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  const who = before.map(({ username, userId }: Record<string, string>) => ({ username, userId }));
  return { ...refreshed, body: { before: who.slice(0, 1), ended, left, refreshed: refreshed.body } };
};

/** Mending, making, mailing and signing out (contract §4.5, §4.6, §13), in a realm without a mail server that keeps usernames. */
export const accountProbes: Readonly<Record<string, Probe>> = {
  'put: another email, confirmed': after((before) => ({
    ...before,
    email: 'Novak@Cast.co',
    emailVerified: true,
  })),
  'put: no email': after((before) => ({ ...before, email: '' })),
  'put: another username, where it is kept': after((before) => ({ ...before, username: 'novak' })),
  'put another username, where it is kept': async (scene) => {
    const manager = await scene.as('manager');
    const { body: before } = await manager.users('GET', steve(scene));
    return manager.users('PUT', steve(scene), { ...before, username: 'novak' });
  },
  "put another's username": async (scene) => {
    const manager = await scene.as('manager');
    const { body: before } = await manager.users('GET', steve(scene));
    return manager.users('PUT', steve(scene), { ...before, username: 'axb@cast.co' });
  },
  'put an email that is none': put({ email: 'rubbish' }),
  'create with an email that is none': async (scene) =>
    (await scene.as('manager')).users('POST', '', { username: 'new-cast', email: 'rubbish' }),
  'create with a taken username and a taken email': async (scene) =>
    (await scene.as('manager')).users('POST', '', { username: 'zz-steve', email: 'axb@cast.co' }),
  'sign out': signedOut,
  'sign out as viewer': logout('viewer', steve),
  'sign out as nobody': logout('nobody', steve),
  'sign out an unknown id': logout('manager', unknown),
  'sign out an unknown id as nobody': logout('nobody', unknown),
  'sessions of who has none': sessions('viewer', (scene) => path(scene, 'bare-cast')),
  'sessions as nobody': sessions('nobody', steve),
  'sessions of an unknown id': sessions('manager', unknown),
  'mail without a mail server': mail('manager', steve),
  'mail an unknown action': mail('manager', steve, ['NO_SUCH_ACTION']),
  'mail a wrong type': mail('manager', steve, {}),
  'mail somebody without email': mail('manager', (scene) => path(scene, 'bare-cast')),
  'mail somebody deactivated': mail('manager', (scene) => path(scene, 'off@cast.co')),
  'mail an unknown id': mail('manager', unknown),
  'mail as viewer': mail('viewer', steve),
  'realm as manager': realm('manager'),
  'realm as nobody': realm('nobody'),
  'clients as manager': realm('manager', '/clients'),
  'clients as nobody': realm('nobody', '/clients'),
};
