import type { WallarooUser } from '../wallaroo/user.ts';

/** What decides whether somebody may be deactivated (design, rule 10). */
export interface GuardFacts {
  /** All users with their realm roles, as fresh as the decision needs. */
  readonly users: readonly WallarooUser[];
  /** The account that the bot works with. */
  readonly botUserId: string;
  readonly isProtected: (user: WallarooUser) => boolean;
  /** Slack email of who asks, to know their own account by. */
  readonly requesterEmail: string | undefined;
}

const BUILT_IN_ADMIN = 'admin';
const ADMIN_ROLE = 'admin';

const isPlatformAdmin = (user: WallarooUser): boolean => user.realmRoles?.includes(ADMIN_ROLE) === true;

/** Why `user` must not be deactivated, as a sentence; `undefined` if they may be. */
export function deactivationGuard(user: WallarooUser, facts: GuardFacts): string | undefined {
  if (user.username.toLowerCase() === BUILT_IN_ADMIN)
    return 'This is the built-in administrator of Wallaroo, which is never deactivated.';
  if (user.id === facts.botUserId)
    return 'This is the account that this bot works with. Deactivating it would lock the bot out.';
  if (isOwnAccount(user, facts.requesterEmail))
    return 'This is the own account of the person who asks. Nobody deactivates themself: somebody else has to ask for it.';
  if (facts.isProtected(user))
    return 'This user is protected (setting PROTECTED_USERS) and is never deactivated.';
  if (isLastAdmin(user, facts))
    return 'This is the last active platform administrator. Make somebody else an administrator in Wallaroo first.';
  return undefined;
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

/** The bot's account does not count as somebody who could help, unless people sign in with it: the built-in one. */
function isLastAdmin(user: WallarooUser, { users, botUserId }: GuardFacts): boolean {
  const current =
    user.realmRoles === undefined ? (users.find((candidate) => candidate.id === user.id) ?? user) : user;
  if (!isPlatformAdmin(current)) return false;
  return !users.some(
    (other) =>
      other.id !== user.id &&
      other.enabled &&
      isPlatformAdmin(other) &&
      (other.id !== botUserId || other.username.toLowerCase() === BUILT_IN_ADMIN),
  );
}
