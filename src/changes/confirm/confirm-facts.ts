import { RefusedError } from '../../errors.ts';
import type { TimedEnds } from '../../license/active-until.ts';
import type { IdleSince } from '../../license/idle.ts';
import { type LicenseRules, readMeter } from '../../license/license-desk.ts';
import { forecast, isNamed, type Names } from '../../license/seats.ts';
import { inSlices } from '../../slices.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import { indexedById } from '../../wallaroo/by-id.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { administratorsToOffer, readAdministrators } from '../administrator-facts.ts';
import { shownOf } from '../shown/read-shown.ts';
import type { Step } from '../steps/step.ts';
import type { Turn } from '../steps/step-kind.ts';
import { turnsOf } from '../steps/steps-of.ts';
import {
  type ConfirmFacts,
  candidatesOf,
  type Guards,
  isOver,
  type Leaving,
  OVER_LIMIT,
  refusalOf,
  type Subject,
  seatDelta,
  seatsWith,
  withListing,
} from './confirmation.ts';
import { withEndRefusal } from './end-refusal.ts';
import { countsNobody, type GatherOptions, type ReadingOptions, switchesNobody } from './gathering.ts';
import { membershipsAmong, orphansIn, withPeople } from './hand-over.ts';
import { workspacesOfAll } from './hand-over-facts.ts';
import { readMemberships } from './membership-facts.ts';
import { seatsOfNewcomers } from './newcomers.ts';
import { severalFacts } from './several.ts';
import { withMemberships } from './with-memberships.ts';

export interface ConfirmDeskParts {
  readonly now: () => Date;
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  readonly protectedUsers: Names;
  /** Whether deactivating somebody also ends their sessions. */
  readonly endSessions: boolean;
  /** When timed activations end, by the id of the user. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** Since when a user has given no sign of life. */
  readonly idleSince: () => Promise<IdleSince>;
}

/** Reads what a confirmation has to show. */
export class ConfirmDesk {
  readonly #parts: ConfirmDeskParts;

  constructor(parts: ConfirmDeskParts) {
    this.#parts = parts;
  }

  /** When timed activations end, by the id of the user. */
  readonly ends = (): Promise<TimedEnds> => this.#parts.activeUntil();

  /**
   * The present facts of what is wanted, users by id. `requesterEmail` is of who asks, to know their own account by; `null` where Slack shows none.
   * @throws RefusedError when a user is gone.
   */
  async gather(
    wanted: readonly Turn[],
    requesterEmail: string | null | undefined,
    { workspaces = true, further = [], steps = [], takesNoMore = false }: GatherOptions = {},
  ): Promise<ConfirmFacts> {
    const { rules } = this.#parts;
    const leavingIds = wanted.flatMap(({ userId, enabled }) => (enabled ? [] : [userId]));
    const [guards, ends, subjects, read] = await Promise.all([
      this.#guards(requesterEmail, { leaving: leavingIds, evenIfCut: countsNobody(wanted, further) }),
      this.#parts.activeUntil(),
      Promise.all(wanted.map((want) => this.#subject(want))),
      workspaces ? workspacesOfAll(this.#parts.wallaroo, leavingIds) : [],
    ]);
    const theirs = read && (await inSlices(withPeople(read, guards.users)));
    const membershipsOf = theirs && membershipsAmong(theirs, wanted);
    const completed = subjects.map((subject) => ({
      ...withListing(subject, guards.users),
      workspaces: subject.enabled ? [] : membershipsOf?.(subject.user.id),
    }));
    const before = readMeter(rules, guards.users);
    const deltas = [
      ...completed.map((subject) => seatDelta(subject, rules.exempt)),
      seatsOfNewcomers(further, rules.exempt),
    ];
    const { after, full } = seatsWith(before, deltas, takesNoMore);
    return {
      subjects: completed,
      before,
      after,
      refusal: refusalOf(completed, guards, full && isOver(before)),
      needsSwap: full && !isOver(before),
      candidates: full ? await inSlices(candidatesOf(guards, rules.exempt, wanted)) : [],
      ends,
      shown: shownOf(completed, ends),
      leaving: await this.#leaving(workspaces && (full || leavingIds.length > 0)),
      orphans: orphansIn(theirs ?? [], guards, wanted, steps),
    };
  }

  /** The present facts of several who do not depend on each other: who is gone, or must not be changed, is left out. */
  async ofSeveral(
    wanted: readonly Turn[],
    requesterEmail: string | null | undefined,
    { workspaces: withWorkspaces = true, steps = [] }: Pick<GatherOptions, 'workspaces' | 'steps'> = {},
  ): Promise<ConfirmFacts> {
    const { rules, wallaroo } = this.#parts;
    const leaving = wanted.flatMap(({ userId, enabled }) => (enabled ? [] : [userId]));
    const [guards, ends, read] = await Promise.all([
      this.#guards(requesterEmail, { leaving }),
      this.#parts.activeUntil(),
      withWorkspaces ? workspacesOfAll(wallaroo, leaving) : [],
    ]);
    const workspaces = read && (await inSlices(withPeople(read, guards.users)));
    const ending = await this.#leaving(withWorkspaces && leaving.length > 0);
    return severalFacts(wanted, guards, { rules, ends, leaving: ending, workspaces, steps });
  }

  /** The present facts of a change of these steps, of any kind. @throws as `gather` does. */
  async ofSteps(
    steps: readonly Step[],
    requesterEmail: string | null | undefined,
    options: Pick<GatherOptions, 'workspaces'> & { readonly independent?: boolean } = {},
  ): Promise<ConfirmFacts> {
    const turns = turnsOf(steps);
    const isSeveral = options.independent === true && turns.length > 0;
    const further = steps.filter(switchesNobody);
    const [facts, memberships] = await Promise.all([
      isSeveral
        ? this.ofSeveral(turns, requesterEmail, { ...options, steps })
        : this.gather(turns, requesterEmail, { ...options, further, steps }),
      readMemberships(this.#parts.wallaroo, steps),
    ]);
    return withMemberships(withEndRefusal(facts, steps, this.#parts.now()), memberships);
  }

  /** The license and whom one may deactivate in exchange, for somebody new. */
  async forNewcomer(
    email: string,
    requesterEmail: string | null | undefined,
    { takesNoMore = false }: Pick<GatherOptions, 'takesNoMore'> = {},
  ): Promise<ConfirmFacts> {
    const { rules } = this.#parts;
    const guards = await this.#guards(requesterEmail);
    const before = readMeter(rules, guards.users);
    const after = forecast(before, isNamed({ email, username: email }, rules.exempt) ? 0 : 1);
    const full = takesNoMore || (after.taken > before.taken && isOver(after));
    return {
      subjects: [],
      before,
      after,
      refusal: full && isOver(before) ? OVER_LIMIT : undefined,
      needsSwap: full && !isOver(before),
      candidates: await inSlices(candidatesOf(guards, rules.exempt, [])),
      ends: await this.#parts.activeUntil(),
      shown: { users: [] },
      leaving: await this.#leaving(full),
    };
  }

  /** Whom `requesterEmail` may have deactivated in exchange, idle longest first. */
  async candidates(requesterEmail: string | null | undefined): Promise<readonly WallarooUser[]> {
    const guards = await this.#guards(requesterEmail, { fresh: false });
    return inSlices(candidatesOf(guards, this.#parts.rules.exempt, []));
  }

  async #guards(
    requesterEmail: string | null | undefined,
    { fresh = true, leaving = [], evenIfCut = false }: ReadingOptions = {},
  ): Promise<Guards> {
    const { wallaroo, protectedUsers } = this.#parts;
    const [users, { userId: botUserId }, idleSince] = await Promise.all([
      wallaroo.listUsers({ fresh, evenIfCut }),
      wallaroo.account(),
      this.#parts.idleSince(),
    ]);
    await inSlices(indexedById(users));
    const administrators = await (leaving.length > 0
      ? readAdministrators(wallaroo, users, botUserId, leaving)
      : administratorsToOffer(wallaroo, users, botUserId));
    const isProtected = (user: WallarooUser) => isNamed(user, protectedUsers);
    return { users, idleSince, administrators, leaving, botUserId, isProtected, requesterEmail };
  }

  async #leaving(somebodyLeaves: boolean): Promise<Leaving> {
    const { wallaroo, endSessions: endsSessions } = this.#parts;
    const tokenLifeMs = somebodyLeaves
      ? await wallaroo.accessTokenLifeMs().catch(orIfDown(undefined))
      : undefined;
    return { endsSessions, tokenLifeMs };
  }

  async #subject({ userId, enabled }: Turn): Promise<Subject> {
    const user = await this.#parts.wallaroo.getUser(userId);
    if (user === undefined) throw new RefusedError(USER_IS_GONE);
    return { user, enabled, workspaces: [] };
  }
}
