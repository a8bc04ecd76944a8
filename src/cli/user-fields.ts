import { fullNameOf } from '../license/known-names.ts';
import { idleDaysOf, marksOf, type Standing } from '../users/standing.ts';
import { createdAtOf, lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import type { Field } from './records.ts';

/** A user with what is known beside their record. */
export interface Listed {
  readonly user: WallarooUser;
  readonly standing: Standing;
}

const stamp = (at: Date | undefined): string | undefined => at?.toISOString();
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

function signInText(user: WallarooUser): string {
  const lastSignIn = lastSignInOf(user);
  if (lastSignIn.kind === 'at') return dayOf(lastSignIn.at);
  return lastSignIn.kind === 'never' ? 'never' : 'not known';
}

/** What tells a user from others, as a cell: `bot, until 2026-12-24`. */
function marksCell({ user, standing }: Listed): string {
  const end = standing.endOf(user);
  return [...marksOf(user, standing), ...(end === undefined ? [] : [`until ${dayOf(end.at)}`])].join(', ');
}

/** What is told of a user in lists. Moments are ISO 8601 in UTC. */
export const userFields: readonly Field<Listed>[] = [
  { name: 'state', heading: 'STATE', value: ({ user }) => (user.enabled ? 'active' : 'inactive') },
  { name: 'name', heading: 'NAME', value: ({ user }) => fullNameOf(user) },
  { name: 'email', heading: 'EMAIL', value: ({ user }) => user.email },
  { name: 'username', heading: 'USERNAME', value: ({ user }) => user.username },
  {
    name: 'lastSignIn',
    heading: 'LAST SIGN-IN',
    value: ({ user }) => {
      const lastSignIn = lastSignInOf(user);
      return lastSignIn.kind === 'at' ? stamp(lastSignIn.at) : undefined;
    },
    cell: ({ user }) => signInText(user),
  },
  {
    name: 'marks',
    heading: 'MARKS',
    value: ({ user, standing }) => marksOf(user, standing),
    cell: marksCell,
  },
  { name: 'id', value: ({ user }) => user.id },
  { name: 'idleDays', value: ({ user, standing }) => idleDaysOf(user, standing) },
  { name: 'until', value: ({ user, standing }) => stamp(standing.endOf(user)?.at) },
  { name: 'neverDeactivated', value: ({ user, standing }) => standing.whyNeverDeactivated(user) },
  { name: 'neverSignedIn', value: ({ user }) => user.lastSignInMs === null },
  { name: 'created', value: ({ user }) => stamp(createdAtOf(user)) },
  { name: 'emailVerified', value: ({ user }) => user.emailVerified },
  { name: 'roles', value: ({ user }) => user.realmRoles },
  { name: 'requiredActions', value: ({ user }) => user.requiredActions },
];

/** The same of who looks idle: all of them are active, and for how long they are idle matters. */
export const idleFields: readonly Field<Listed>[] = userFields.map((field) => {
  if (field.name === 'idleDays') return { ...field, heading: 'IDLE DAYS' };
  const { heading: _, ...unshown } = field;
  return field.name === 'state' ? unshown : field;
});
