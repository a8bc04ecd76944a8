import type { TimedEnds } from '../../license/active-until.ts';
import { labelOf } from '../../license/user-text.ts';
import { lastSignInOf, type WallarooUser, type WorkspaceMembership } from '../../wallaroo/user.ts';
import type { Subject } from '../confirm/confirmation.ts';
import type { Shown, ShownUser } from './shown.ts';

/** What a card shows of the users whom its change turns active or inactive. */
export const shownOf = (subjects: readonly Subject[], ends: TimedEnds): Shown => ({
  users: subjects.map((subject) => shownUser(subject, ends)),
});

function shownUser({ user, enabled, workspaces }: Subject, ends: TimedEnds): ShownUser {
  const end = ends.get(user.id);
  return {
    userId: user.id,
    label: labelOf(user),
    active: user.enabled,
    leaves: !enabled,
    lastSignIn: lastSignInOf(user),
    ...(end === undefined ? {} : { endsAt: end.at }),
    ...(enabled || workspaces === undefined ? {} : { owned: ownedBy(user, workspaces) }),
  };
}

const ownedBy = (user: WallarooUser, workspaces: readonly WorkspaceMembership[]) =>
  workspaces
    .filter(({ role }) => role === 'OWNER')
    .map(({ name, otherOwners }) => ({ name, otherOwners, isDefault: isDefaultOf(user, name) }));

const DEFAULT_NAME = /^(.*) - Default Workspace$/i;

/** Whether the workspace is the one that the platform made for this user alone (contract §7.2, §7.4). */
function isDefaultOf({ email, username }: WallarooUser, name: string): boolean {
  const owner = DEFAULT_NAME.exec(name)?.[1]?.toLowerCase();
  return (
    owner !== undefined && [email ?? 'admin@keycloak', username].some((own) => own.toLowerCase() === owner)
  );
}
