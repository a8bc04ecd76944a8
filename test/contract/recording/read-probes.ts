import type { Caller } from '../../sandbox/wallaroo/support.ts';
import type { Scene } from './scene.ts';
import type { Probe } from './token-probes.ts';

type Who = Parameters<Scene['as']>[0];

const callers: readonly Who[] = ['manager', 'viewer', 'asker', 'nobody'];

/** The same question of each caller. */
function byEach(what: string, ask: (caller: Caller, scene: Scene) => ReturnType<Probe>): [string, Probe][] {
  return callers.map((who) => [`${what}, as ${who}`, async (scene) => ask(await scene.as(who), scene)]);
}

const lists: readonly string[] = [
  '?email=steve%40cast.co',
  '?email=STEVE%40cast.co',
  '?email=steve%40cast.co&exact=true',
  '?email=STEVE%40CAST.CO&exact=true',
  '?email=a_b%40cast.co',
  '?email=a_b%40cast.co&exact=true',
  '?email=nobody-at-all%40cast.co',
  '?username=zz-steve&exact=true',
  '?username=zz-ste',
  '?email=cast.co&enabled=false',
  '?email=cast.co&emailVerified=false',
  '?email=cast.co&first=1&max=2',
  '?email=cast.co&max=0',
  '?email=axb%40cast.co&briefRepresentation=true',
  '?email=axb%40cast.co&unknown=1',
  '?search=zz-ste',
  '?search=teve',
  '?search=*teve*',
  '?search=%22zz-steve%22',
  '?search=zz-steve&email=axb%40cast.co',
  '?max=x',
  '/count?email=cast.co',
  '/count?search=zz-ste',
];

/** Looking users up, with and without the rights to (contract §4.1 to §4.4). */
export const readProbes: Readonly<Record<string, Probe>> = Object.fromEntries([
  ...lists.map((query): [string, Probe] => [
    `list ${query}`,
    async (scene) => (await scene.as('manager')).users('GET', query),
  ]),
  ...byEach('list by email', (caller) => caller.users('GET', '?email=axb%40cast.co')),
  ...byEach('count', (caller) => caller.users('GET', '/count?email=cast.co')),
  ...byEach('get', (caller, scene) => caller.users('GET', `/${scene.id('zz-steve')}`)),
  ...byEach('get an unknown id', (caller) => caller.users('GET', '/unknown')),
  [
    'get one without email',
    async (scene) => (await scene.as('manager')).users('GET', `/${scene.id('bare-cast')}`),
  ],
  [
    'get one with a pending action',
    async (scene) => (await scene.as('manager')).users('GET', `/${scene.id('pending@cast.co')}`),
  ],
  ['get without token', (scene: Scene) => scene.withToken().users('GET', `/${scene.id('zz-steve')}`)],
  ['get with garbage', (scene: Scene) => scene.withToken('x.y.z').users('GET', `/${scene.id('zz-steve')}`)],
  [
    'another realm',
    async (scene) => (await scene.as('manager')).call('GET', '/auth/admin/realms/other/users'),
  ],
  [
    'unknown path',
    async (scene) => (await scene.as('manager')).call('GET', '/auth/admin/realms/master/unknown'),
  ],
  [
    'unknown method',
    async (scene) => (await scene.as('manager')).call('PATCH', '/auth/admin/realms/master/users'),
  ],
] satisfies [string, Probe][]);
