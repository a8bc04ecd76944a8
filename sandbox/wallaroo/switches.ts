import { z } from 'zod';

/**
 * The points that the contract leaves open or that differ between releases. The defaults are what its
 * evidence favours; a client must live with every setting.
 */
export const switchesSchema = z.strictObject({
  /** What a partial PUT does: Keycloak 21, 24.0 at first, today and 21 with a user profile (§4.5). */
  putMode: z.enum(['patch-like', 'replace', 'merge']).default('patch-like'),
  /** A PUT whose result has no email is refused with 400 (§4.5). */
  putNeedsEmail: z.boolean().default(false),
  /** So is one without a first and a last name; several violations come in `errors` (§4). */
  putNeedsNames: z.boolean().default(false),
  /** What becomes of a PUT of a user with a `federationLink`: Keycloak's words, 21's status, a cause kept to the log, no effect. */
  directory: z.enum(['written', 'read-only', 'read-only-409', 'unexplained', 'unchanged']).default('written'),
  /** Unknown properties in a PUT are refused with 400 (§4.5). */
  refuseUnknownProperties: z.boolean().default(true),
  /** The realm lets usernames be edited (§13). */
  editUsernameAllowed: z.boolean().default(false),
  /** The realm has a mail server (§13). */
  mailServer: z.boolean().default(true),
  /** Whose words, statuses and shapes the answers have: 21.1.1 or 26.7.3, as recorded. */
  keycloakRelease: z.enum(['21', '26']).default('21'),
  /** Attributes that the user profile does not name are kept; 21 with a user profile drops them. */
  attributesKept: z.boolean().default(true),
  /** 404 carries an `error_description`, as in 22-25 (§4). */
  describedNotFound: z.boolean().default(false),
  /** Which roles an ordinary user's token holds: 2023 had `manage-users` (§3.5). */
  ordinaryRoles: z.enum(['2023', '2024']).default('2024'),
  /** Status and words for an unknown client and a wrong secret: recorded, or assumed of releases before 21 (§3.4). */
  clientErrors: z.enum(['recorded', 'older']).default('recorded'),
  /** Client id and secret in the Basic header are form-decoded (§3.1). */
  basicIsFormEncoded: z.boolean().default(true),
  /** A refresh token works once (§3.2). */
  refreshOnce: z.boolean().default(false),
  /** Seconds (§3.3). */
  sdkAccessSeconds: z.number().int().positive().default(60),
  sdkRefreshSeconds: z.number().int().positive().default(1800),
  apiAccessSeconds: z.number().int().positive().default(3600),
  apiRefreshSeconds: z.number().int().positive().default(1800),
  /** A password grant moves `lastLogin` (§11.11). */
  grantIsSignIn: z.boolean().default(true),
  /** OpenID discovery answers; not part of the contract. */
  discovery: z.boolean().default(false),
  /** Whether the MLOps API takes the living token of a since disabled user (§4.5). */
  disabledTokenAtApi: z.enum(['accepted', 'refused']).default('accepted'),
  /** The shape of `users/query`: 2024 has `lastLogin` and `realmRoles`, 2022 has `totp` (§5.1). */
  queryRelease: z.enum(['2022', '2023', '2024']).default('2024'),
  /** `users/query` stops at this many (Keycloak's 100, say); null: at none (§5.1). */
  queryLimit: z.number().int().positive().nullable().default(null),
  /** What `GET users` does with `first` and `max`: heeds them, gives at most 100, everyone, or always the beginning. */
  pages: z.enum(['heeded', 'of-100', 'everyone', 'beginning']).default('heeded'),
  /** Whom the `users/query` for all has: everyone, nobody, or half of the others with or without who asks. */
  queryShows: z.enum(['all', 'none', 'half', 'half-without-caller']).default('all'),
  /** Whom `GET users/{id}` tells of: the one asked for, or another, as a cache that mixes up its keys does. */
  getAnswers: z.enum(['asked', 'another']).default('asked'),
  /** How many of the ids in a question `users/query` answers; the rest it treats as unknown. null: all (§5.1). */
  idsLimit: z.number().int().nonnegative().nullable().default(null),
  /** How `users/query` answers for unknown ids (§5.1). */
  unknownIds: z.enum(['null', 'absent']).default('null'),
  /** What an empty `user_ids` brings (§5.1). */
  emptyIds: z.enum(['all', 'none']).default('none'),
  serviceAccountsInQuery: z.boolean().default(false),
  /** `GET users/count` counts service accounts, which the list leaves out (§4.3). */
  countsServiceAccounts: z.boolean().default(false),
  /** `users/invite` insists on `roles`, as the schema from about 2024 on (§5.2). */
  inviteNeedsRoles: z.boolean().default(true),
  /** Status when the invited email is taken (§11.1). */
  inviteTakenStatus: z.union([z.literal(400), z.literal(403), z.literal(409), z.literal(500)]).default(500),
  /** Whether the built-in `admin` takes a seat (§8). */
  adminTakesSeat: z.boolean().default(true),
  /** `users/activate` refuses over the seat limit (§5.3). */
  activateChecksSeats: z.boolean().default(false),
  /** How `users/activate` and `deactivate` match the email (§5.3). */
  activateMatching: z.enum(['exact', 'substring']).default('exact'),
  /** MLOps user calls pass the caller's rights on to Keycloak (§5.1). */
  apiActsAsCaller: z.boolean().default(true),
  /** `created_by` of workspaces: id or email at random, as recorded, or one of them (§6.1). */
  createdBy: z.enum(['recorded', 'id', 'email']).default('recorded'),
  /** `workspaces/list` heeds `user_id` (§6.1). */
  workspaceFilter: z.enum(['ignored', 'applied']).default('ignored'),
  /** Status for a workspace name that exists (§6.2). */
  workspaceTakenStatus: z.union([z.literal(400), z.literal(409), z.literal(500)]).default(500),
  /** Adding a member again sets their role, or leaves it as it is (§6.4). */
  repeatSetsRole: z.boolean().default(true),
  /** Whom `add_user` and `remove_user` mean: who has the id where one is given, or the email, or a part of it (§4.2, §6.4). */
  memberMatching: z.enum(['id', 'email', 'part-of-email']).default('id'),
  /** Which workspaces an account without the realm role `admin` sees (§7.3). */
  ordinarySees: z.enum(['own', 'all']).default('own'),
  /** Of which of these it may change the members: those that it owns, all, or none (§11.7). */
  ordinaryChanges: z.enum(['owned', 'seen', 'none']).default('owned'),
  /** The API refuses to take the last owner out of a workspace, or to make them a collaborator (§6.5). */
  keepLastOwner: z.boolean().default(false),
  /** The relation `users` of a workspace takes arguments and filters (§7.3). */
  relationFilters: z.boolean().default(true),
  /** What `features/list` calls the instance: recorded of one only (§13). */
  instanceName: z.string().default('Wallaroo Dev'),
  /** `workspace_users` is a query root (§7.3). */
  memberRoot: z.boolean().default(true),
});

export type Switches = z.infer<typeof switchesSchema>;

export const defaultSwitches = (): Switches => switchesSchema.parse({});
