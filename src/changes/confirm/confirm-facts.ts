import { RefusedError } from '../../errors.ts';
import { byIdleness } from '../../license/idle.ts';
import { type LicenseRules, readMeter } from '../../license/license-desk.ts';
import { forecast, isNamed, type Meter, type Names, seatHolders } from '../../license/seats.ts';
import { labelOf } from '../../license/user-text.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import { WallarooError } from '../../wallaroo/errors.ts';
import type { WallarooUser, WorkspaceMembership } from '../../wallaroo/user.ts';
import { administratorsToOffer, readAdministrators } from '../administrator-facts.ts';
import type { Snapshot } from '../change.ts';
import { deactivationGuard, type GuardFacts } from '../guards.ts';
import type { Turn } from '../steps/step-kind.ts';

/** One user whom a change concerns, as the platform has them now. */
export interface Subject {
  readonly user: WallarooUser;
  /** What `enabled` is to become. */
  readonly enabled: boolean;
  /** `undefined`: they could not be read. */
  readonly workspaces: readonly WorkspaceMembership[] | undefined;
}

/** Why a change cannot be. */
export interface ConfirmRefusal {
  /** Whom it is about; absent when it is about the license. */
  readonly label?: string;
  /** Plain text. */
  readonly sentence: string;
}

/** Everything that a confirmation shows, read at the moment of the press. */
export interface ConfirmFacts {
  readonly subjects: readonly Subject[];
  readonly before: Meter;
  readonly after: Meter;
  readonly refusal: ConfirmRefusal | undefined;
  /** Every seat is taken: somebody has to be deactivated in exchange. */
  readonly needsExchange: boolean;
  /** Whom one may deactivate in exchange, idle longest first. */
  readonly candidates: readonly WallarooUser[];
}

export interface ConfirmDeskParts {
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  readonly protectedUsers: Names;
}

type Guards = GuardFacts & { readonly users: readonly WallarooUser[] };

/** Reads what a confirmation has to show. */
export class ConfirmDesk {
  readonly #parts: ConfirmDeskParts;

  constructor(parts: ConfirmDeskParts) {
    this.#parts = parts;
  }

  /**
   * The present facts of what is wanted, users by id. `requesterEmail` is of who asks, to know their own account by.
   * @throws RefusedError when a user is gone.
   */
  async gather(
    wanted: readonly Turn[],
    requesterEmail: string | undefined,
    options: { readonly workspaces: boolean } = { workspaces: true },
  ): Promise<ConfirmFacts> {
    const { rules } = this.#parts;
    const [guards, subjects] = await Promise.all([
      this.#guards(requesterEmail, {
        leaving: wanted.flatMap(({ userId, enabled }) => (enabled ? [] : [userId])),
      }),
      Promise.all(wanted.map((want) => this.#subject(want, options.workspaces))),
    ]);
    const completed = subjects.map((subject) => withListing(subject, guards.users));
    const before = readMeter(rules, guards.users);
    const delta = completed.reduce((sum, subject) => sum + seatDelta(subject, rules.exempt), 0);
    const after = forecast(before, delta);
    const overLimit = isOver(before);
    const full = delta > 0 && isOver(after);
    return {
      subjects: completed,
      before,
      after,
      refusal: refusalOf(completed, guards, overLimit && full),
      needsExchange: full && !overLimit,
      candidates: full ? candidatesOf(guards, rules.exempt, wanted) : [],
    };
  }

  /** The license and whom one may deactivate in exchange, for somebody new. */
  async forNewcomer(email: string, requesterEmail: string | undefined): Promise<ConfirmFacts> {
    const { rules } = this.#parts;
    const guards = await this.#guards(requesterEmail);
    const before = readMeter(rules, guards.users);
    const after = forecast(before, isNamed({ email, username: email }, rules.exempt) ? 0 : 1);
    const full = after.taken > before.taken && isOver(after);
    return {
      subjects: [],
      before,
      after,
      refusal: full && isOver(before) ? OVER_LIMIT : undefined,
      needsExchange: full && !isOver(before),
      candidates: candidatesOf(guards, rules.exempt, []),
    };
  }

  /** Whom `requesterEmail` may have deactivated in exchange, idle longest first. */
  async candidates(requesterEmail: string | undefined): Promise<readonly WallarooUser[]> {
    return candidatesOf(await this.#guards(requesterEmail, { fresh: false }), this.#parts.rules.exempt, []);
  }

  async #guards(
    requesterEmail: string | undefined,
    { fresh = true, leaving = [] }: { readonly fresh?: boolean; readonly leaving?: readonly string[] } = {},
  ): Promise<Guards> {
    const { wallaroo, protectedUsers } = this.#parts;
    const [users, { userId: botUserId }] = await Promise.all([
      wallaroo.listUsers({ fresh }),
      wallaroo.account(),
    ]);
    const administrators = await (leaving.length > 0
      ? readAdministrators(wallaroo, users, botUserId, leaving)
      : administratorsToOffer(wallaroo, users, botUserId));
    const isProtected = (user: WallarooUser) => isNamed(user, protectedUsers);
    return { users, administrators, leaving, botUserId, isProtected, requesterEmail };
  }

  async #subject({ userId, enabled }: Turn, withWorkspaces: boolean): Promise<Subject> {
    const { wallaroo } = this.#parts;
    const [user, workspaces] = await Promise.all([
      wallaroo.getUser(userId),
      withWorkspaces && !enabled ? wallaroo.workspacesOf(userId).catch(unreadable) : [],
    ]);
    if (user === undefined) throw new RefusedError('This user no longer exists in Wallaroo.');
    return { user, enabled, workspaces };
  }
}

/** What a confirmation of these turns is called. */
export const kindOfTurns = ([first, second]: readonly Turn[]): 'activate' | 'deactivate' | 'swap' =>
  second !== undefined ? 'swap' : first?.enabled ? 'activate' : 'deactivate';

/** Seats now and after, as kept with the change. */
export const snapshotOf = ({ before, after }: ConfirmFacts): Snapshot => ({
  taken: before.taken,
  after: after.taken,
  ...(before.kind === 'limited' ? { seats: before.seats } : {}),
});

/** That workspaces cannot be read must not keep anybody from deciding. */
function unreadable(error: unknown): undefined {
  if (error instanceof WallarooError) return undefined;
  throw error;
}

/** Last sign-in and roles are only in the list of all (contract §5.1). */
function withListing(subject: Subject, users: readonly WallarooUser[]): Subject {
  const listed = users.find(({ id }) => id === subject.user.id);
  if (listed === undefined) return subject;
  const { lastSignIn, realmRoles } = listed;
  return { ...subject, user: { ...subject.user, lastSignIn, realmRoles } };
}

const isOver = (meter: Meter): boolean => meter.kind === 'limited' && meter.taken > meter.seats;

const seatDelta = ({ user, enabled }: Subject, exempt: Names): number =>
  user.enabled === enabled || isNamed(user, exempt) ? 0 : enabled ? 1 : -1;

function refusalOf(
  subjects: readonly Subject[],
  guards: GuardFacts,
  overLimit: boolean,
): ConfirmRefusal | undefined {
  for (const { user, enabled } of subjects) {
    const already = enabled ? ALREADY.active : ALREADY.inactive;
    const guard = enabled ? undefined : deactivationGuard(user, guards);
    const sentence = user.enabled === enabled ? already : guard;
    if (sentence !== undefined) return { label: labelOf(user), sentence };
  }
  return overLimit ? OVER_LIMIT : undefined;
}

const ALREADY = {
  active: 'This user is active already: there is nothing to do.',
  inactive: 'This user is inactive already: there is nothing to do.',
};

const OVER_LIMIT: ConfirmRefusal = {
  sentence:
    'More users are active than the license allows, so an exchange would not help either. Deactivate users until the limit holds again.',
};

function candidatesOf(guards: Guards, exempt: Names, wanted: readonly Turn[]): readonly WallarooUser[] {
  const concerned = new Set(wanted.map(({ userId }) => userId));
  const holders = seatHolders(guards.users, exempt).filter(({ id }) => !concerned.has(id));
  return byIdleness(holders.filter((user) => deactivationGuard(user, guards) === undefined));
}
