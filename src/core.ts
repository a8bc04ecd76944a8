import type { Logger } from 'pino';
import { emailKey } from './access/person-keys.ts';
import { workspaceOwners } from './access/workspace-owners-service.ts';
import { deactivationRefusals } from './changes/administrator-facts.ts';
import { activeUntil } from './changes/apply/active-until.ts';
import type { ApplyParts } from './changes/apply/apply-parts.ts';
import { markRecords, ownWrites } from './changes/apply/own-writes.ts';
import type { Change } from './changes/change.ts';
import { ChangeService } from './changes/change-service.ts';
import { ConfirmDesk } from './changes/confirm/confirm-facts.ts';
import { presentOf } from './changes/confirm/present-facts.ts';
import { type MemberByEmail, ownersToAsk } from './changes/owners-to-ask-service.ts';
import { onlyMemberships } from './changes/steps/membership-step.ts';
import { lettingIn } from './changes/store/letting-in.ts';
import type { Config } from './config.ts';
import type { Db } from './db/tables.ts';
import type { TimedEnds } from './license/active-until.ts';
import { type IdleSince, idleSince } from './license/idle.ts';
import type { LicenseRules } from './license/license-desk.ts';
import { isNamed, namesOf } from './license/seats.ts';
import { UserLists } from './users/list-service.ts';
import { StandingDesk } from './users/standing-facts.ts';
import { UsersService } from './users/users-service.ts';
import type { WallarooClient } from './wallaroo/client.ts';
import type { WallarooUser } from './wallaroo/user.ts';
import { createWatch, type Watch } from './watch/watch-service.ts';

/** The settings that the core reads. */
type CoreConfig = Pick<
  Config,
  | 'APPROVALS_CHANNEL'
  | 'END_SESSIONS'
  | 'FOUR_EYES'
  | 'IDLE_DAYS'
  | 'LICENSE_CHANNEL'
  | 'NOTIFY_USERS'
  | 'PROTECTED_USERS'
  | 'REQUEST_TTL'
  | 'WALLAROO_AUTH_URL'
  | 'WALLAROO_URL'
  | 'WATCH_INTERVAL'
  | 'WORKSPACE_OWNERS_DECIDE'
>;

/** What the core stands on: a database, a platform client, time and chance. */
export interface CoreParts {
  readonly config: CoreConfig;
  readonly log: Logger;
  readonly now: () => Date;
  /** The clock that all replicas share, for leases and claims. */
  readonly leaseNow: () => Date;
  /** For ages and pauses of what is kept in memory, ms. */
  readonly monotonicMs: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly faultPoint: ApplyParts['faultPoint'];
  readonly db: Db;
  readonly wallaroo: WallarooClient;
  readonly rules: LicenseRules;
  /** The profile email of somebody mentioned by their Slack id; `undefined` where none is known. */
  readonly emailOf: (slackUserId: string) => Promise<string | undefined>;
  /** The person in Slack with exactly this email who may use the bot; `undefined` where none is known. @default none is */
  readonly memberByEmail?: MemberByEmail;
  /** Told of every change that this process applied, or failed to apply. */
  readonly ended: (change: Change) => void;
  /** Told where a request, or the end of a timed activation, came to nothing. @default nobody is told */
  readonly closed?: (change: Change) => void;
  /** Something is to be announced. */
  readonly kick: () => void;
}

/** Users, changes, license and watch without Slack: what the bot and the command line share. */
export interface Core {
  readonly users: UsersService;
  readonly lists: UserLists;
  readonly standings: StandingDesk;
  readonly changes: ChangeService;
  readonly desk: ConfirmDesk;
  readonly watch: Watch;
  /** Another process has changed users: the list is read again, and the watch looks at once. */
  readonly lookAfresh: () => void;
  /** When timed activations end, by the id of the user. */
  readonly activeUntil: () => Promise<TimedEnds>;
  /** Since when a user has given no sign of life; `undefined` where nobody knows. */
  readonly idleSince: () => Promise<IdleSince>;
  /** Whom a change may deactivate, among these users. */
  readonly mayBeDeactivated: (users: readonly WallarooUser[]) => Promise<(user: WallarooUser) => boolean>;
}

export function createCore(parts: CoreParts): Core {
  const { config, db, wallaroo, rules } = parts;
  const protectedUsers = namesOf(config.PROTECTED_USERS);
  const watch = watchOf(parts);
  const ends = () => activeUntil(db, watch.changedOutside);
  const since = idlenessOf(parts);
  const endSessions = config.END_SESSIONS;
  const shared = { ...parts, protectedUsers, endSessions };
  const desk = new ConfirmDesk({ ...shared, activeUntil: ends, idleSince: since });
  const changes: ChangeService = new ChangeService({
    ...shared,
    license: rules.license,
    exempt: rules.exempt,
    notifyUsers: config.NOTIFY_USERS,
    approvalsChannel: config.APPROVALS_CHANNEL,
    changedOutside: watch.changedOutside,
    ...decidingParts(parts, desk),
    placesOf: (change) => changes.places(change),
    ended: (change) => {
      watch.lookSoon();
      parts.ended(change);
    },
  });
  const deactivationRefusal = deactivationRefusals(wallaroo, (user) => isNamed(user, protectedUsers));
  const standings = new StandingDesk({
    ...parts,
    protectedUsers,
    deactivationRefusal,
    activeUntil: ends,
    idleSince: since,
  });
  return {
    users: new UsersService({
      ...parts,
      standings,
      wallarooUrl: config.WALLAROO_URL,
      authUrl: config.WALLAROO_AUTH_URL,
    }),
    lists: new UserLists({ ...parts, standings, idleDays: config.IDLE_DAYS }),
    standings,
    changes,
    desk,
    watch,
    lookAfresh: () => {
      watch.lookSoon();
      wallaroo.forgetUsers();
    },
    activeUntil: ends,
    idleSince: since,
    mayBeDeactivated: async (users) => {
      const refusalOf = await deactivationRefusal(users, undefined);
      return (user) => refusalOf(user) === undefined;
    },
  };
}

/** The same function while nobody was let in, so that an order by idleness can be kept. */
function idlenessOf({ db, now }: CoreParts): Core['idleSince'] {
  const known = new WeakMap<object, IdleSince>();
  return async () => {
    const letIn = await lettingIn(db, now());
    const since = known.get(letIn) ?? ((user) => idleSince(user, letIn));
    known.set(letIn, since);
    return since;
  };
}

/** What requests show, and who decides them. */
function decidingParts({ config, log, memberByEmail, wallaroo }: CoreParts, desk: ConfirmDesk) {
  const owners = workspaceOwners({ wallaroo, ownersDecide: config.WORKSPACE_OWNERS_DECIDE });
  return {
    fourEyes: config.FOUR_EYES,
    requestTtlMs: config.REQUEST_TTL,
    present: (change: Parameters<typeof presentOf>[1]) => presentOf(desk, change),
    ownerKeys: async (steps: Change['steps']) =>
      (await owners.emailsOf(onlyMemberships(steps).map(({ workspaceId }) => workspaceId))).map(emailKey),
    ownersToAsk: ownersToAsk({ owners, memberByEmail, log }),
  };
}

const watchOf = (parts: CoreParts): Watch => {
  const { config, db, wallaroo } = parts;
  return createWatch({
    ...parts,
    channel: config.LICENSE_CHANNEL,
    intervalMs: config.WATCH_INTERVAL,
    listUsersFresh: () => wallaroo.listUsers({ fresh: true }),
    getUser: (id) => wallaroo.getUser(id),
    markRecords: () => markRecords(db),
    ownWrites: (since) => ownWrites(db, since),
  });
};
