import { isEmail } from '../texts/email.ts';
import { KeptOfList } from '../wallaroo/kept-of-list.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach } from '../work.ts';

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

interface HealthWords {
  readonly problem: string;
  /** How to mend it in Keycloak, or by whom; as it goes on behind "or". */
  readonly byHand: string;
  /** Whether `Fix account…` mends it. */
  readonly fixable: boolean;
  /** What happens until then, in sentences. */
  readonly until?: string;
}

const HEALTH_WORDS: Readonly<Record<HealthFault, HealthWords>> = {
  no_email: {
    problem: 'it has no email',
    fixable: true,
    byHand: 'set a valid, confirmed email in Keycloak, and the username to the same',
    until:
      'Until then uploads fail with "cannot proceed to insert array relations" and the dashboard may say "Page not found".',
  },
  email_differs: {
    problem: 'username and email differ',
    fixable: true,
    byHand: 'set username and email to the same confirmed address in Keycloak',
    until: 'Until then the first upload may fail with "cannot proceed to insert array relations".',
  },
  invalid_email: {
    problem: 'the email is not a valid address',
    fixable: true,
    byHand: 'set a valid, confirmed email in Keycloak, and the username to the same',
  },
  unconfirmed_email: {
    problem: 'the email is not confirmed',
    fixable: true,
    byHand: 'have it confirmed',
    until: 'People who sign in through another provider can work without that.',
  },
  shared_email: {
    problem: 'another account has the same email',
    fixable: true,
    byHand: 'give each account an email of its own in Keycloak',
  },
  pending_action: {
    problem: 'an action is pending at the next sign-in',
    fixable: false,
    byHand:
      'have the person sign in to the dashboard once and do what is asked there, for example choose a password',
  },
};

/** What is wrong, in words that go on a sentence. */
export const problemText = (fault: HealthFault): string => HEALTH_WORDS[fault].problem;

/** Where the reader finds `Fix account…`; `undefined` where there is none. */
export type FixPlace = 'below' | "on the user's card" | undefined;

/** How to mend it, in sentences. */
export function remedyText(fault: HealthFault, fixPlace: FixPlace): string {
  const { byHand, fixable, until } = HEALTH_WORDS[fault];
  const how =
    fixable && fixPlace !== undefined
      ? `Press \`Fix account…\` ${fixPlace}, or ${byHand}.`
      : `${byHand.charAt(0).toUpperCase()}${byHand.slice(1)}.`;
  return until === undefined ? how : `${how} ${until}`;
}
