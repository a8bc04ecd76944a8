import type { TimedEnds } from '../license/active-until.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import { seatHolders } from '../license/seats.ts';
import type { Actor } from '../slack/actor.ts';
import { inSlices } from '../slices.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import { type Own, type OwnFacts, ownOf, type Waiting } from './me.ts';
import { indexed } from './user-index.ts';

export interface MeParts {
  readonly wallaroo: Pick<WallarooClient, 'listUsers' | 'workspacesOf'>;
  readonly rules: LicenseRules;
  readonly wallarooUrl: string;
  /** When timed activations end. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** A pending request that lets in the user of this id, or that invites this email. */
  readonly waitingFor: (subject: {
    readonly userId: string | undefined;
    readonly email: string;
  }) => Promise<Waiting | undefined>;
}

const NO_ENDS: TimedEnds = new Map();

/** What people are told of themself. */
export class MeService {
  readonly #parts: MeParts;

  constructor(parts: MeParts) {
    this.#parts = parts;
  }

  /** The user whose email is that of somebody in Slack; `evenIfCut`: among those whom a list that ends early has. */
  async own(email: string | undefined, { evenIfCut = false } = {}): Promise<Own> {
    const users = await this.#parts.wallaroo.listUsers({ evenIfCut });
    if (email !== undefined) await inSlices(indexed(users, { names: true }));
    return ownOf(email, users);
  }

  /** Everything for somebody's own card; their workspaces only where `workspaces` says so, as that costs a call. */
  async facts(
    { email, role }: Pick<Actor, 'email' | 'role'>,
    { workspaces }: { readonly workspaces: boolean },
  ): Promise<OwnFacts> {
    const { rules, wallarooUrl, activeUntil, waitingFor } = this.#parts;
    const own = await this.own(email);
    const user = own.kind === 'one' ? own.user : undefined;
    const maySeek = email !== undefined && user?.enabled !== true;
    const [ends, waiting, member] = await Promise.all([
      user?.enabled === true || own.kind === 'several' ? activeUntil() : NO_ENDS,
      maySeek ? waitingFor({ userId: user?.id, email }) : undefined,
      workspaces && user !== undefined ? this.#workspacesOf(user.id) : undefined,
    ]);
    return {
      own,
      administrator: role === 'administrator',
      takesSeat:
        rules.license.edition === 'community'
          ? user !== undefined && seatHolders([user], rules.exempt).length > 0
          : undefined,
      until: user === undefined ? undefined : ends.get(user.id),
      ends,
      workspaces: member,
      waiting,
      administrators: rules.administrators,
      wallarooUrl,
    };
  }

  async #workspacesOf(userId: string) {
    try {
      return await this.#parts.wallaroo.workspacesOf(userId);
    } catch (error) {
      // That they cannot be read must not hide the rest.
      if (error instanceof WallarooError) return 'unreadable';
      throw error;
    }
  }
}
