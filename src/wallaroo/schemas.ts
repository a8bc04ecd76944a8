import * as z from 'zod';
import type { WallarooUser } from './user.ts';

/**
 * A user as `users/query` (contract §2.1) or Keycloak (§4.4) sends it: three fields are relied on,
 * everything else may be missing or null, unknown fields are ignored.
 */
export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  enabled: z.boolean(),
  email: z.string().nullish(),
  emailVerified: z.boolean().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  createdTimestamp: z.number().nullish(),
  lastLogin: z.number().nullish(),
  realmRoles: z.array(z.string()).nullish(),
  requiredActions: z.array(z.string()).nullish(),
});

export type UserOnWire = z.output<typeof userSchema>;

/** Everything that Keycloak sent of a user, checked by nothing: it goes back as it came. */
export const representationSchema = z.record(z.string(), z.unknown());

/** The map of `users/query`; its values are checked one by one, as they may be null. */
export const usersQuerySchema = z.object({
  users: z.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected a map of users by id',
  ),
});

/** Says that a write is done (contract §5.3, §6.4). Whatever else comes with a success, as of a gateway, is read back. */
export const doneSchema = z.strictObject({});

/** Drops the initial password that the platform echoes (contract §5.2). */
export const invitedSchema = z.object({ id: z.string() });

export const countSchema = z.number().int().min(0);

/** Keycloak's role representations (contract §13). */
export const rolesSchema = z.array(z.object({ name: z.string() }));

const roleNamesSchema = z.object({ roles: z.array(z.string()) });

/** The claim that tells GraphQL's roles (contract §3.5). */
export const HASURA = 'https://hasura.io/jwt/claims';

export const claimsSchema = z.object({
  sub: z.string(),
  preferred_username: z.string(),
  realm_access: roleNamesSchema.nullish(),
  resource_access: z.object({ 'master-realm': roleNamesSchema.nullish() }).nullish(),
  // Nothing but the doctor looks at it, so one that cannot be read keeps nobody from working.
  [HASURA]: z.object({ 'x-hasura-default-role': z.string().nullish() }).nullish().catch(undefined),
});

/** Hasura may be set to write big integers as text. */
const bigint = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);

/** The platform's pages write the types in capitals, the vendor's SDK sends them in small letters. */
const memberSchema = z.object({ user_id: z.string(), user_type: z.string().toUpperCase().nullish() });

export type MemberOnWire = z.output<typeof memberSchema>;

export const workspaceSchema = z.object({
  id: bigint,
  name: z.string(),
  archived: z.boolean().nullish(),
  users: z.array(memberSchema),
});

export type WorkspaceOnWire = z.output<typeof workspaceSchema>;

/** Each is read alone, as there may be many. */
export const workspaceRowsSchema = z.object({ workspace: z.array(z.unknown()) });

export const workspaceListSchema = z.object({ workspaces: z.array(workspaceSchema.omit({ users: true })) });

export const workspaceMembersSchema = z.object({ users: z.array(memberSchema) });

/** How many memberships a removal ended (contract §6.5, §13). */
export const removedSchema = z.object({ affected_rows: z.number().int() });

export const deletedMembersSchema = z.object({ delete_workspace_users: removedSchema.nullable() });

/** The users' common shape out of the wire's, where last sign-in and roles are not told (contract §5.1). */
export const plainUser = (user: UserOnWire): WallarooUser => toUser(user, undefined, undefined);

/**
 * A user out of the answer for all. A missing `lastLogin` is one that an older platform leaves out, null
 * one that never was. Platforms that tell it tell roles too, but only of those who have one (contract §2.1).
 */
export function listedUser(user: UserOnWire): WallarooUser {
  const { lastLogin, realmRoles } = user;
  const roles = realmRoles ?? (lastLogin === undefined ? undefined : NONE);
  return toUser(user, lastLogin, roles);
}

/** One for all: of tens of thousands hardly anybody has any. */
const NONE: readonly string[] = [];

const someOrNone = (texts: readonly string[] | null | undefined): readonly string[] =>
  texts === null || texts === undefined || texts.length === 0 ? NONE : texts;

/** Older than any platform: what lies before it is 0 in place of a date, or counts seconds. */
const FIRST_MOMENT_MS = Date.UTC(2000, 0);
/** Beyond it there are no dates (ECMAScript, Time Values and Time Range), and none that a platform means. */
const LAST_MOMENT_MS = 8.64e15;

/** `undefined` for what is no date: a date that is not known makes nobody idle. */
export const momentOf = (ms: number | null | undefined): number | null | undefined =>
  typeof ms === 'number' && (ms < FIRST_MOMENT_MS || ms > LAST_MOMENT_MS) ? undefined : ms;

function toUser(
  user: UserOnWire,
  lastSignInMs: number | null | undefined,
  realmRoles: readonly string[] | undefined,
): WallarooUser {
  return {
    id: user.id,
    username: user.username,
    // An empty text is no email either.
    email: user.email || undefined,
    emailVerified: user.emailVerified ?? undefined,
    firstName: user.firstName ?? undefined,
    lastName: user.lastName ?? undefined,
    enabled: user.enabled,
    createdMs: momentOf(user.createdTimestamp) ?? undefined,
    lastSignInMs: momentOf(lastSignInMs),
    realmRoles,
    requiredActions: someOrNone(user.requiredActions),
  };
}
