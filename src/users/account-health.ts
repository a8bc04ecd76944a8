import { isEmail } from '../texts/email.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach } from '../work.ts';
import { KeptOfList } from './kept-of-list.ts';

/** Something about an account that keeps it from working (contract §7.4). */
export type HealthFault =
  | 'no_email'
  | 'email_differs'
  | 'invalid_email'
  | 'unconfirmed_email'
  | 'shared_email'
  | 'pending_action';

export interface Health {
  /** What certainly keeps the account from working. */
  readonly faults: readonly HealthFault[];
  /** What only may: federated accounts work unconfirmed. */
  readonly hints: readonly HealthFault[];
}

const BUILT_IN_ADMIN = 'admin';

/**
 * What is wrong with an account. The platform derives a person's default workspace from the email, so a missing,
 * shared or differing one ends in "cannot proceed to insert array relations" or "Page not found" at first use.
 */
export function healthOf(user: WallarooUser, sharedEmails: ReadonlySet<string>): Health {
  const { email, username } = user;
  if (username.toLowerCase() === BUILT_IN_ADMIN) return { faults: [], hints: [] };
  if (email === undefined || email === '') return { faults: ['no_email'], hints: pending(user) };
  const faults: HealthFault[] = [];
  if (!isEmail(email)) faults.push('invalid_email');
  if (email.toLowerCase() !== username.toLowerCase()) faults.push('email_differs');
  if (sharedEmails.has(email.toLowerCase())) faults.push('shared_email');
  return {
    faults,
    hints: [...(user.emailVerified === false ? (['unconfirmed_email'] as const) : []), ...pending(user)],
  };
}

/** Whether setting email, username and confirmation mends it. */
export const isFixable = ({ faults, hints }: Health): boolean =>
  faults.length > 0 || hints.includes('unconfirmed_email');

const pending = (user: WallarooUser): readonly HealthFault[] =>
  user.requiredActions.length > 0 ? ['pending_action'] : [];

/** Emails, lower-cased, that more than one account of a list has. */
export const sharedEmails = new KeptOfList<ReadonlySet<string>>(function* (users) {
  const seen = new Set<string>();
  const shared = new Set<string>();
  yield* forEach(users, ({ email }) => {
    const key = email?.toLowerCase();
    if (key === undefined) return;
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  });
  return shared;
});

/** What is wrong, and how to mend it. */
export const HEALTH_TEXT: Readonly<
  Record<HealthFault, { readonly problem: string; readonly remedy: string }>
> = {
  no_email: {
    problem: 'it has no email',
    remedy:
      'Press `Fix account…` on its card, or set a valid, confirmed email in Keycloak, and the username to the same. Until then uploads fail with "cannot proceed to insert array relations" and the dashboard may say "Page not found".',
  },
  email_differs: {
    problem: 'username and email differ',
    remedy:
      'Press `Fix account…` on its card, or set username and email to the same confirmed address in Keycloak. Until then the first upload may fail with "cannot proceed to insert array relations".',
  },
  invalid_email: {
    problem: 'the email is not a valid address',
    remedy:
      'Press `Fix account…` on its card, or set a valid, confirmed email in Keycloak, and the username to the same.',
  },
  unconfirmed_email: {
    problem: 'the email is not confirmed',
    remedy:
      'Have it confirmed, or press `Fix account…` on its card. People who sign in through another provider work without.',
  },
  shared_email: {
    problem: 'another account has the same email',
    remedy: 'Give each account an email of its own: `Fix account…` on its card does that.',
  },
  pending_action: {
    problem: 'an action is pending at the next sign-in',
    remedy:
      'The person has to sign in to the dashboard once and do what is asked there, for example choose a password.',
  },
};
