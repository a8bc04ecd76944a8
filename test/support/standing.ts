import type { Standing } from '../../src/users/standing.ts';

/** Nothing special is known of anybody: all may be deactivated, nobody is idle longer than since their last sign-in. */
export const plainStanding = (over: Partial<Standing> = {}): Standing => ({
  now: new Date('2026-11-25T12:00:00Z'),
  isOwn: () => false,
  isBot: () => false,
  isProtected: () => false,
  whyNeverDeactivated: () => undefined,
  endOf: () => undefined,
  idleSince: ({ lastSignInMs, createdMs }) => lastSignInMs ?? createdMs,
  ...over,
});
