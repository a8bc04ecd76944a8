import type { Platform } from '../platform.ts';
import { refuse } from '../refusals.ts';
import type { WallarooUser } from '../user.ts';
import { keycloakWords } from './words.ts';

/** A PUT's email is another user's. */
export function refuseTaken(platform: Platform, { id, email }: Pick<WallarooUser, 'id' | 'email'>): void {
  const wanted = email?.toLowerCase();
  const others = [...platform.state.users.values()].filter((user) => user.id !== id);
  if (wanted !== undefined && others.some((user) => user.email?.toLowerCase() === wanted))
    refuse(409, { errorMessage: keycloakWords(platform.switches).takenEmail });
}

/** What the user profile asks for is missing. */
export function refuseIncomplete({ switches }: Platform, after: WallarooUser): void {
  const { putNeedsEmail, putNeedsNames } = switches;
  const missing = [
    ...(putNeedsEmail && after.email === undefined ? ['email'] : []),
    ...(putNeedsNames && after.firstName === undefined ? ['firstName'] : []),
    ...(putNeedsNames && after.lastName === undefined ? ['lastName'] : []),
  ];
  const [first, ...others] = missing.map((field) => keycloakWords(switches).required(field));
  if (first !== undefined) refuse(400, others.length === 0 ? first : { errors: [first, ...others] });
}

/** Refuses an email that is none, as any release does. */
export function refuseInvalidEmail({ switches }: Platform, email: string | undefined): void {
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email))
    refuse(400, keycloakWords(switches).invalidEmail(email));
}

/** A new user's username or email is taken; of both, 26 tells the email. */
export function refuseTakenNames({ state, switches }: Platform, username: string, email: string | undefined) {
  const users = [...state.users.values()];
  const taken = {
    username: users.some((user) => user.username.toLowerCase() === username),
    email: email !== undefined && users.some((user) => user.email?.toLowerCase() === email),
  };
  const order =
    switches.keycloakRelease === '26' ? (['email', 'username'] as const) : (['username', 'email'] as const);
  const told = order.find((name) => taken[name]);
  if (told !== undefined) refuse(409, { errorMessage: `User exists with same ${told}` });
}

/**
 * The username that a PUT leaves. Where the realm does not let it be edited, 21 keeps it without a word and 26
 * refuses, unless it is somebody else's, of which it tells first.
 */
export function usernameAfter(
  { state, switches }: Platform,
  user: WallarooUser,
  asked: string | null | undefined,
): string {
  const { editUsernameAllowed, keycloakRelease } = switches;
  const words = keycloakWords(switches);
  const keepsSilently = keycloakRelease === '21' && !editUsernameAllowed;
  if (typeof asked !== 'string' || keepsSilently) return user.username;
  if (asked === '') return refuse(400, { errorMessage: words.missingUsername });
  const wanted = asked.toLowerCase();
  if (wanted === user.username.toLowerCase()) return user.username;
  if ([...state.users.values()].some(({ username }) => username.toLowerCase() === wanted))
    refuse(409, { errorMessage: words.takenUsername });
  return editUsernameAllowed ? wanted : refuse(400, words.readOnly('username'));
}
