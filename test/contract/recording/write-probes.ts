import type { Answer } from '../../sandbox/wallaroo/support.ts';
import type { Scene } from './scene.ts';
import type { Probe } from './token-probes.ts';

export const path = (scene: Scene, username: string): string => `/${scene.id(username)}`;

/** The answer to a PUT alone. */
export const put =
  (body: unknown, username = 'zz-steve'): Probe =>
  async (scene) =>
    (await scene.as('manager')).users('PUT', path(scene, username), body);

/** What a PUT made of the user; the user is put back afterwards. */
export const after =
  (change: (before: Record<string, unknown>) => object, username = 'zz-steve'): Probe =>
  async (scene): Promise<Answer> => {
    const manager = await scene.as('manager');
    const user = path(scene, username);
    const { body: before } = await manager.users('GET', user);
    const { status } = await manager.users('PUT', user, change(before));
    const { headers, body } = await manager.users('GET', user);
    await manager.users('PUT', user, before);
    return { status, headers, body };
  };

/** Changing users, in whole and in part, and being refused (contract §4.5, §4.6). */
export const writeProbes: Readonly<Record<string, Probe>> = {
  'put: the whole, deactivated': after((before) => ({ ...before, enabled: false })),
  'put: `enabled` alone': after(() => ({ enabled: false })),
  'put: the whole without attributes': after(({ attributes: _, ...rest }) => ({ ...rest, enabled: false })),
  'put: one attribute': after(() => ({ attributes: { team: ['x'] } })),
  'put: the whole with one attribute': after((before) => ({ ...before, attributes: { team: ['x'] } })),
  'put: another first name': after(() => ({ firstName: 'Other' })),
  'put: requiredActions': after(() => ({ requiredActions: ['VERIFY_EMAIL'] }), 'pending@cast.co'),
  'put: createdTimestamp': after((before) => ({ ...before, createdTimestamp: 1 })),
  'put: capitals in the email': after((before) => ({ ...before, email: 'STEVE@Cast.co' })),
  'put: a user without email, deactivated': after((before) => ({ ...before, enabled: false }), 'bare-cast'),
  'put an unknown property': put({ lastLogin: 1 }),
  'put what only lists tell': put({ realmRoles: ['admin'] }),
  'put broken JSON': put('{"enabled":'),
  'put a wrong type': put({ requiredActions: 'x' }),
  "put another's email": put({ email: 'axb@cast.co' }),
  'put as viewer': async (scene) =>
    (await scene.as('viewer')).users('PUT', path(scene, 'zz-steve'), { enabled: false }),
  'put as nobody': async (scene) =>
    (await scene.as('nobody')).users('PUT', path(scene, 'zz-steve'), { enabled: false }),
  'put an unknown id': async (scene) =>
    (await scene.as('manager')).users('PUT', '/unknown', { enabled: false }),
  'put an unknown id as nobody': async (scene) =>
    (await scene.as('nobody')).users('PUT', '/unknown', { enabled: false }),
  'put as text': async (scene) => {
    const manager = await scene.as('manager');
    const url = `/auth/admin/realms/master/users${path(scene, 'zz-steve')}`;
    return manager.call('PUT', url, '{}', { 'content-type': 'text/plain' });
  },
  'put without token': (scene) => scene.withToken().users('PUT', path(scene, 'zz-steve'), { enabled: false }),
  'create with a taken username': async (scene) =>
    (await scene.as('manager')).users('POST', '', { username: 'ZZ-steve' }),
  'create with a taken email': async (scene) =>
    (await scene.as('manager')).users('POST', '', { username: 'new-cast', email: 'steve@cast.co' }),
  'create without username': async (scene) => (await scene.as('manager')).users('POST', '', {}),
  'create as viewer': async (scene) => (await scene.as('viewer')).users('POST', '', { username: 'new-cast' }),
  'create, read, delete, read': async (scene) => {
    const manager = await scene.as('manager');
    const { headers } = await manager.users('POST', '', { username: 'New-Cast', email: 'New@Cast.co' });
    const id = headers.get('location')?.split('/').at(-1);
    const { body } = await manager.users('GET', `/${id}`);
    const { status: deleted } = await manager.users('DELETE', `/${id}`);
    const { status, headers: last, body: gone } = await manager.users('GET', `/${id}`);
    return { status, headers: last, body: { created: body, deleted, gone } };
  },
  'delete an unknown id': async (scene) => (await scene.as('manager')).users('DELETE', '/unknown'),
  'delete as viewer': async (scene) => (await scene.as('viewer')).users('DELETE', path(scene, 'zz-steve')),
};
