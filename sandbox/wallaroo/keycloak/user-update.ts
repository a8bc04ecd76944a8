import type { Switches } from '../switches.ts';
import type { WallarooUser } from '../user.ts';
import type { UserBody } from './user-body.ts';

type RootFields = Pick<WallarooUser, 'email' | 'firstName' | 'lastName' | 'attributes'>;

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** Keycloak stores emails lowercased (contract §4.2); one that stays the same is left as it stands, an empty one is none. */
function stored(email: string, old: string | undefined): string | undefined {
  if (email === '') return undefined;
  return old?.toLowerCase() === email.toLowerCase() ? old : email.toLowerCase();
}

function rootFields(user: WallarooUser, body: UserBody, keeps: boolean): RootFields {
  const field = (now: string | undefined, wanted: string | null | undefined) =>
    given(wanted) ? wanted : keeps ? now : undefined;
  const email = given(body.email) ? stored(body.email, user.email) : keeps ? user.email : undefined;
  return {
    email,
    firstName: field(user.firstName, body.firstName),
    lastName: field(user.lastName, body.lastName),
    attributes: body.attributes ?? (keeps ? user.attributes : {}),
  };
}

/** The table of contract §4.5: what a body that leaves fields out does to them. */
function profileAfter(user: WallarooUser, body: UserBody, mode: Switches['putMode']): RootFields {
  switch (mode) {
    case 'patch-like':
      return rootFields(user, body, true);
    case 'replace':
      return rootFields(user, body, false);
    case 'merge':
      return rootFields(user, body, !given(body.attributes));
  }
}

/** What a PUT with `body` makes of `user`. `createdTimestamp` stays (contract §4.5); of the username see `usernameAfter`. */
export function updated(user: WallarooUser, body: UserBody, mode: Switches['putMode']): WallarooUser {
  return {
    ...user,
    ...profileAfter(user, body, mode),
    enabled: body.enabled ?? user.enabled,
    emailVerified: body.emailVerified ?? user.emailVerified,
    requiredActions: body.requiredActions ?? user.requiredActions,
    locked: body.enabled === true ? false : user.locked,
  };
}
