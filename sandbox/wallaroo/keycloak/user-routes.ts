import type { Call, Handlers, Platform } from '../platform.ts';
import { refuse, refuseForbidden } from '../refusals.ts';
import type { WallarooUser } from '../user.ts';
import { adminRoles, adminWith, mayView, userOf } from './admin.ts';
import { briefRepresentation, representation } from './representation.ts';
import { readUserBody } from './user-body.ts';
import {
  refuseIncomplete,
  refuseInvalidEmail,
  refuseTaken,
  refuseTakenNames,
  usernameAfter,
} from './user-checks.ts';
import { pageOf, searchUsers, type UserQuery, userQuery } from './user-search.ts';
import { updated } from './user-update.ts';
import { keycloakWords } from './words.ts';

function queryOf(call: Call, { switches }: Platform): UserQuery {
  const asked = call.req.query();
  const parsed = userQuery.safeParse(asked);
  if (parsed.success) return parsed.data;
  // Keycloak answers an unreadable parameter as a path that doesn't exist.
  const name = String(parsed.error.issues[0]?.path[0]);
  return refuse(404, { error: keycloakWords(switches).unreadableParameter(name, asked[name] ?? '') });
}

const anotherThan = ({ state }: Platform, { id }: WallarooUser): WallarooUser =>
  [...state.users.values()].find((user) => user.id !== id) ?? state.user(id);

/** Whether a PUT reaches the directory that the user comes from. */
function writesDirectory({ switches: { directory } }: Platform): boolean {
  if (directory === 'read-only') refuse(400, { errorMessage: 'User is read only!' });
  if (directory === 'read-only-409') refuse(409, { errorMessage: 'User is read only!' });
  if (directory === 'unexplained')
    refuse(400, { errorMessage: 'Could not update user! See server log for more details' });
  return directory === 'written';
}

/** Everybody has the realm's default role besides. */
async function rolesOf(
  call: Call,
  platform: Platform,
  namesOf: (user: WallarooUser) => readonly string[],
): Promise<Response> {
  const roles = await adminRoles(call, platform);
  const user = userOf(call, platform, roles);
  if (!mayView(roles)) return refuseForbidden(platform.switches);
  const names = ['default-roles-master', ...new Set(namesOf(user))];
  const described = names.map((name) => ({ id: `role ${name}`, name, composite: name !== 'offline_access' }));
  return call.json(described.map((role) => ({ ...role, clientRole: false, containerId: 'master' })));
}

async function put(call: Call, platform: Platform): Promise<Response> {
  const roles = await adminRoles(call, platform);
  const { id } = userOf(call, platform, roles);
  if (!roles.includes('manage-users')) return refuseForbidden(platform.switches);
  const body = await readUserBody(call, platform.switches);
  // Read again: the user may have changed while the body came in, and the last writer wins.
  const before = platform.state.user(id);
  const username = usernameAfter(platform, before, body.username);
  const after = { ...updated(before, body, platform.switches.putMode), username };
  refuseTaken(platform, after);
  if (after.email !== before.email) refuseInvalidEmail(platform, after.email);
  refuseIncomplete(platform, after);
  if (after.federationLink !== undefined && !writesDirectory(platform)) return call.body(null, 204);
  platform.state.updateUser(id, after);
  return call.body(null, 204);
}

async function create(call: Call, platform: Platform): Promise<Response> {
  await adminWith(call, platform, 'manage-users');
  const body = await readUserBody(call, platform.switches);
  const username = body.username?.toLowerCase();
  if (!username) return refuse(400, { errorMessage: 'User name is missing' });
  const email = body.email?.toLowerCase();
  refuseTakenNames(platform, username, email);
  refuseInvalidEmail(platform, email);
  const [credential] = body.credentials ?? [];
  const user = platform.state.addUser({
    username,
    email,
    emailVerified: body.emailVerified ?? false,
    enabled: body.enabled ?? false,
    firstName: body.firstName ?? undefined,
    lastName: body.lastName ?? undefined,
    attributes: body.attributes ?? {},
    requiredActions: body.requiredActions ?? (credential?.temporary ? ['UPDATE_PASSWORD'] : []),
    ...(credential?.value === undefined ? {} : { password: credential.value }),
  });
  return call.body(null, 201, { location: `${platform.url}${call.req.path}/${user.id}` });
}

/** `first` and `max` as this server takes them; a `max` below 0 means no limit. */
function queryAsHeeded({ first, max, ...query }: UserQuery, { switches }: Platform): UserQuery {
  const heeded = {
    heeded: { first, max },
    'of-100': { first, max: Math.min(max, 100) },
    everyone: { first: 0, max: -1 },
    beginning: { first: 0, max },
  };
  return { ...query, ...heeded[switches.pages] };
}

/** Keycloak's administration of users (contract §4). */
export const keycloakHandlers: Handlers<
  | 'keycloak.users.list'
  | 'keycloak.users.create'
  | 'keycloak.users.count'
  | 'keycloak.users.get'
  | 'keycloak.users.put'
  | 'keycloak.users.delete'
  | 'keycloak.users.roles'
  | 'keycloak.users.allRoles'
> = {
  'keycloak.users.list': async (call, platform) => {
    const roles = await adminWith(call, platform, 'query-users', 'view-users', 'manage-users');
    if (!mayView(roles)) return call.json([]);
    const query = queryOf(call, platform);
    const shape = query.briefRepresentation ? briefRepresentation : representation;
    const found = searchUsers(platform.state.users.values(), query);
    const page = pageOf(found, queryAsHeeded(query, platform));
    return call.json(page.map((user) => shape(user, roles, platform.switches)));
  },
  'keycloak.users.count': async (call, platform) => {
    const roles = await adminWith(call, platform, 'query-users', 'view-users', 'manage-users');
    const found = searchUsers(platform.state.users.values(), queryOf(call, platform));
    // 26 counts for who may query what it would not list for them.
    const counts = mayView(roles) || platform.switches.keycloakRelease === '26';
    const { state, switches } = platform;
    const hidden = [...state.users.values()].filter(({ serviceAccount }) => serviceAccount).length;
    const unlisted = switches.countsServiceAccounts ? hidden : 0;
    return call.json(counts ? found.length + unlisted : 0);
  },
  'keycloak.users.get': async (call, platform) => {
    const roles = await adminRoles(call, platform);
    const user = userOf(call, platform, roles);
    if (!mayView(roles)) return refuseForbidden(platform.switches);
    const shown = platform.switches.getAnswers === 'asked' ? user : anotherThan(platform, user);
    const { federatedIdentities } = shown;
    const linked = federatedIdentities.length > 0 ? { federatedIdentities } : {};
    return call.json({ ...representation(shown, roles, platform.switches, 'single'), ...linked });
  },
  'keycloak.users.roles': (call, platform) => rolesOf(call, platform, ({ realmRoles }) => realmRoles),
  'keycloak.users.allRoles': (call, platform) =>
    rolesOf(call, platform, ({ realmRoles, groupRoles }) => [...realmRoles, ...groupRoles]),
  'keycloak.users.put': put,
  'keycloak.users.create': create,
  'keycloak.users.delete': async (call, platform) => {
    const roles = await adminRoles(call, platform);
    const user = userOf(call, platform, roles);
    if (!roles.includes('manage-users')) return refuseForbidden(platform.switches);
    platform.state.removeUser(user.id);
    platform.sessions.revoke(user.id);
    return call.body(null, 204);
  },
};
