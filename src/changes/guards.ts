import { KeptOfList } from '../wallaroo/kept-of-list.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach } from '../work.ts';

/** What decides whether somebody may be deactivated (design, rule 10). */
export interface GuardFacts {
  readonly administrators: Administrators;
  /** Ids of all who are to be deactivated together: they do not stand in for each other. */
  readonly leaving?: readonly string[];
  /** The account that the bot works with. */
  readonly botUserId: string;
  readonly isProtected: (user: WallarooUser) => boolean;
  /** Slack email of who asks, to know their own account by; `null` where Slack shows none, `undefined` where nobody asks. */
  readonly requesterEmail: string | null | undefined;
}

/** Who is a platform administrator (contract §2.5), as far as anybody tells. Made once for a list of users. */
export interface Administrators {
  /** Ids of those who are active and could let somebody in again. */
  readonly helpers: ReadonlySet<string>;
  /** Whether users are one, by id, as another source says than their record in a list. */
  readonly told: ReadonlyMap<string, boolean>;
}

const BUILT_IN_ADMIN = 'admin';
const ADMIN_ROLE = 'admin';

export const isBuiltIn = ({ username }: Pick<WallarooUser, 'username'>): boolean =>
  username.toLowerCase() === BUILT_IN_ADMIN;

/** Whether the user's own record says so; `undefined` where it tells no roles (contract §5.1). It tells of no group's. */
export const saysAdministrator = ({ realmRoles }: WallarooUser): boolean | undefined =>
  realmRoles?.includes(ADMIN_ROLE);

/** The bot's account does not count as somebody who could help, unless people sign in with it: the built-in one. */
export const couldHelp = (user: WallarooUser, botUserId: string): boolean =>
  user.enabled && (user.id !== botUserId || isBuiltIn(user));

/** Those whose own records say so. Kept with the list, as each form and card asks for them. */
const sayingSo = new KeptOfList<readonly WallarooUser[]>(function* (users, earlier, exchanged) {
  const found = earlier?.filter((user) => !exchanged?.gone.has(user)) ?? [];
  yield* forEach(exchanged?.come ?? users, (user) => {
    if (saysAdministrator(user)) found.push(user);
  });
  return found;
});

/** The administrators among `users` and those whom somebody else told of. */
export function administratorsAmong(
  users: readonly WallarooUser[],
  botUserId: string,
  told: ReadonlyMap<string, boolean> = new Map(),
): Administrators {
  const toldOf = new Set([...told].flatMap(([id, isOne]) => (isOne ? [id] : [])));
  const others = toldOf.size === 0 ? [] : users.filter(({ id }) => toldOf.has(id));
  const helpers = [...sayingSo.of(users), ...others].filter((user) => couldHelp(user, botUserId));
  return { helpers: new Set(helpers.map(({ id }) => id)), told };
}

/** How many could still help once these are gone. */
export function helpersWithout({ helpers }: Administrators, leaving: Iterable<string>): number {
  const gone = [...new Set(leaving)].filter((id) => helpers.has(id));
  return helpers.size - gone.length;
}

/** Why `user` must not be deactivated, as a sentence; `undefined` if they may be. */
export function deactivationGuard(user: WallarooUser, facts: GuardFacts): string | undefined {
  if (isBuiltIn(user)) return 'This is the built-in administrator of Wallaroo, which is never deactivated.';
  if (user.id === facts.botUserId)
    return 'This is the account that this bot works with. Deactivating it would lock the bot out.';
  if (facts.requesterEmail === null)
    return "Slack does not show me your email, so I can't tell whether this is your own account. Add an email to your Slack profile, or let somebody else ask.";
  if (isOwnAccount(user, facts.requesterEmail))
    return 'Nobody deactivates their own account. Somebody else has to ask.';
  if (facts.isProtected(user))
    return 'This user is protected (setting PROTECTED_USERS) and is never deactivated.';
  return lastAdministrator(user, facts);
}

/** Whether a Slack person's email names this user. */
function isOwnAccount(
  user: Pick<WallarooUser, 'email' | 'username'>,
  slackEmail: string | undefined,
): boolean {
  if (slackEmail === undefined) return false;
  const own = slackEmail.toLowerCase();
  return user.email?.toLowerCase() === own || user.username.toLowerCase() === own;
}

/** Somebody of whom nobody knows whether they are an administrator counts as the last one, not as somebody who could help. */
function lastAdministrator(
  user: WallarooUser,
  { administrators, leaving = [] }: GuardFacts,
): string | undefined {
  const isOne = administrators.told.get(user.id) ?? saysAdministrator(user);
  if (isOne === false || helpersWithout(administrators, [user.id, ...leaving]) > 0) return undefined;
  return isOne === true
    ? 'This is the last active platform administrator. Make somebody else an administrator in Wallaroo first.'
    : "This may be the last active platform administrator: Keycloak does not tell the bot's account who is one. Give it the Keycloak role view-users of the client master-realm, or deactivate the user in the Keycloak console.";
}
