import type { TimedEnd, TimedEnds } from '../license/active-until.ts';
import type { WallarooUser, WorkspaceMembership } from '../wallaroo/user.ts';
import { indexOf } from './user-index.ts';
import { nameKey } from './user-names.ts';

/** The Wallaroo user of somebody in Slack, as far as their email tells. */
export type Own =
  /** Slack shows no email of theirs. */
  | { readonly kind: 'no_email' }
  | { readonly kind: 'none'; readonly email: string }
  /** More than one account has it: which is theirs, nobody can tell. */
  | { readonly kind: 'several'; readonly email: string; readonly users: readonly WallarooUser[] }
  | { readonly kind: 'one'; readonly user: WallarooUser };

/** What somebody asked for, or what was asked for them, as far as it waits. */
export interface Waiting {
  readonly since: Date;
}

/** Everything that people are told of themself. */
export interface OwnFacts {
  readonly own: Own;
  readonly administrator: boolean;
  /** Whether their user takes one of the seats; `false` too where there is none, `undefined` where nobody counts seats. */
  readonly takesSeat: boolean | undefined;
  /** When their activation ends, if it does. */
  readonly until: TimedEnd | undefined;
  /** When timed activations end. */
  readonly ends: TimedEnds;
  /** `undefined`: not asked for. */
  readonly workspaces: readonly WorkspaceMembership[] | 'unreadable' | undefined;
  /** A pending request that would let them in. */
  readonly waiting: Waiting | undefined;
  /** Mentions of the administrators, to be asked. */
  readonly administrators: string;
  /** The instance's address. */
  readonly wallarooUrl: string;
}

/**
 * The users with exactly this email, ignoring case; where there is none, the account whose username it is. Never a part:
 * whose card this is must not be guessed.
 */
export function ownOf(email: string | undefined, users: readonly WallarooUser[]): Own {
  if (email === undefined) return { kind: 'no_email' };
  const wanted = nameKey(email);
  const named = indexOf(users).named(wanted);
  const byEmail = named.filter((user) => user.email !== undefined && nameKey(user.email) === wanted);
  const byUsername = named.filter((user) => nameKey(user.username) === wanted);
  const [first, ...more] = byEmail.length > 0 ? byEmail : byUsername;
  if (first === undefined) return { kind: 'none', email };
  return more.length === 0
    ? { kind: 'one', user: first }
    : { kind: 'several', email, users: [first, ...more] };
}
