import { sortedByIdleness } from '../license/idle.ts';
import { type LicenseRules, licenseLines, readMeter } from '../license/license-desk.ts';
import { isNamed } from '../license/seats.ts';
import { inSlices } from '../slices.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { ShownList } from './list-views.ts';
import type { SomeUsers } from './some-users-views.ts';
import type { Standing } from './standing.ts';
import type { StandingDesk } from './standing-facts.ts';
import { indexed } from './user-index.ts';
import { fittingUsers, type Known, type ListQuery, pageOf } from './user-list.ts';
import { usersCsv } from './users-csv.ts';

/** Who looks at a list. */
export interface Viewer {
  /** Of their Slack profile. */
  readonly email: string | undefined;
  readonly administrator: boolean;
}

export interface UserListsParts {
  readonly wallaroo: Pick<WallarooClient, 'listUsers' | 'lastUsers'>;
  readonly rules: LicenseRules;
  readonly standings: StandingDesk;
  /** After which somebody counts as idle. */
  readonly idleDays: number;
}

const DAY_MS = 86_400_000;

/** Reads pages of users for people. */
export class UserLists {
  readonly #parts: UserListsParts;

  constructor(parts: UserListsParts) {
    this.#parts = parts;
  }

  /** A page as the platform has it now; while it does not answer, as it told last. @throws WallarooError where it never told. */
  async page(query: ListQuery, viewer: Viewer): Promise<ShownList> {
    const { rules } = this.#parts;
    const { users, old } = await this.#users();
    const known = await this.#known(users, query, viewer.email);
    return {
      page: pageOf(users, query, known),
      standing: known.standing,
      license: licenseLines(rules, readMeter(rules, users), viewer.administrator),
      idleMs: known.idleMs,
      old,
    };
  }

  /** All that a query asks for, as the platform has them now. */
  async all(query: ListQuery, viewer: Pick<Viewer, 'email'>) {
    const users = await this.#parts.wallaroo.listUsers();
    const known = await this.#known(users, query, viewer.email);
    return { users: fittingUsers(users, query, known), standing: known.standing, idleMs: known.idleMs };
  }

  /** Those of these ids that there are, in this order, as the platform has them now. */
  async ofIds(userIds: readonly string[], { email }: Pick<Viewer, 'email'>): Promise<SomeUsers> {
    const all = await this.#parts.wallaroo.listUsers();
    const wanted = new Set(userIds);
    const byId = new Map(all.filter(({ id }) => wanted.has(id)).map((user) => [user.id, user]));
    const users = userIds.map((id) => byId.get(id)).filter((user) => user !== undefined);
    const standing = await this.#parts.standings.of(all, email);
    return { users, gone: userIds.length - users.length, standing };
  }

  /** All of a query as CSV. */
  async csv(query: ListQuery, viewer: Pick<Viewer, 'email'>) {
    const { users, standing } = await this.all(query, viewer);
    return { users: users.length, file: await inSlices(usersCsv(users, standing)) };
  }

  /** What the query needs to know of the users; their index is made on the way. */
  async #known(users: readonly WallarooUser[], { state, words }: ListQuery, email: string | undefined) {
    await inSlices(indexed(users, { order: true, names: words.length > 0 }));
    const standing = await this.#parts.standings.of(users, email);
    if (state === 'idle') await inSlices(sortedByIdleness(users, standing.idleSince));
    const freesSeat = (user: WallarooUser) => this.#freesSeat(user, standing);
    return { standing, idleMs: this.#parts.idleDays * DAY_MS, freesSeat } satisfies Known;
  }

  #freesSeat(user: WallarooUser, { whyNeverDeactivated }: Standing): boolean {
    const takesSeat = user.enabled && !isNamed(user, this.#parts.rules.exempt);
    return takesSeat && whyNeverDeactivated(user) === undefined;
  }

  async #users(): Promise<{ readonly users: readonly WallarooUser[]; readonly old: ShownList['old'] }> {
    const { wallaroo } = this.#parts;
    try {
      return { users: await wallaroo.listUsers(), old: undefined };
    } catch (error) {
      const last = wallaroo.lastUsers();
      if (!(error instanceof WallarooError) || last === undefined) throw error;
      return { users: last.users, old: { asOf: last.asOf, sentence: error.userMessage } };
    }
  }
}
