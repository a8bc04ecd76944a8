import type { TimedEnd } from '../license/active-until.ts';
import type { IdleSince } from '../license/idle.ts';
import type { WallarooUser } from '../wallaroo/user.ts';

/** What is known of users beside their records, for the person who looks at them. */
export interface Standing {
  /** When it was read. */
  readonly now: Date;
  /** Whether it is the account of who looks. */
  readonly isOwn: (user: WallarooUser) => boolean;
  /** Whether the bot works with it. */
  readonly isBot: (user: WallarooUser) => boolean;
  readonly isProtected: (user: WallarooUser) => boolean;
  /** Why nobody may deactivate them, as a sentence; `undefined` where somebody may. */
  readonly whyNeverDeactivated: (user: WallarooUser) => string | undefined;
  /** When a timed activation ends; `undefined` where none does. */
  readonly endOf: (user: WallarooUser) => TimedEnd | undefined;
  /** Since when somebody active has given no sign of life; `undefined` where that is not known. */
  readonly idleSince: IdleSince;
}

const DAY_MS = 86_400_000;

/** Whole days without a sign of life; `undefined` for inactive users and where it is not known. */
export function idleDaysOf(user: WallarooUser, { idleSince, now }: Standing): number | undefined {
  const since = user.enabled ? idleSince(user) : undefined;
  return since === undefined ? undefined : Math.max(0, Math.floor((now.getTime() - since) / DAY_MS));
}

/** Whether an active user has given no sign of life for at least so long, ms. */
export function isIdleFor(
  user: WallarooUser,
  idleMs: number,
  { idleSince, now }: Pick<Standing, 'idleSince' | 'now'>,
): boolean {
  const since = user.enabled ? idleSince(user) : undefined;
  return since !== undefined && now.getTime() - since >= idleMs;
}

/** What tells a user from the others in a list: `you`, `bot`, `protected`. */
export const marksOf = (user: WallarooUser, { isOwn, isBot, isProtected }: Standing): readonly string[] => [
  ...(isOwn(user) ? ['you'] : []),
  ...(isBot(user) ? ['bot'] : []),
  ...(isProtected(user) ? ['protected'] : []),
];
