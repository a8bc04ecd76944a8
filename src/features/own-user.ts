import type { KnownBlock } from '@slack/types';
import type { OwnAccess } from '../changes/ask/access-handlers.ts';
import { isStillWanted, lostRow } from '../changes/ask/again-views.ts';
import type { Inviting } from '../changes/ask/invite-handlers.ts';
import type { Timed } from '../changes/ask/timed-handlers.ts';
import { requestRow } from '../changes/decide/request-list-views.ts';
import { pendingChanges } from '../changes/store/change-store.ts';
import { lostRequests, waitingFor } from '../changes/store/own-changes.ts';
import type { Config } from '../config.ts';
import type { Core } from '../core.ts';
import type { Db } from '../db/tables.ts';
import type { LicenseRules } from '../license/license-desk.ts';
import type { Actor } from '../slack/actor.ts';
import type { Subcommand } from '../slack/command-router.ts';
import type { Dispatcher } from '../slack/dispatcher.ts';
import type { FirstRows } from '../slack/rows.ts';
import { registerMe } from '../users/me-handlers.ts';
import { MeService } from '../users/me-service.ts';
import { type OwnRequests, ownUserBlocks } from '../users/me-views.ts';
import type { WallarooClient } from '../wallaroo/client.ts';

export interface OwnUserParts {
  readonly config: Config;
  readonly core: Core;
  readonly db: Db;
  readonly now: () => Date;
  readonly rules: LicenseRules;
  readonly wallaroo: WallarooClient;
}

/** What people are told of themself, in `/wallaroo me` and Home. */
export const createMe = ({ config, core, db, rules, wallaroo }: OwnUserParts): MeService =>
  new MeService({
    wallaroo,
    rules,
    wallarooUrl: config.WALLAROO_URL,
    activeUntil: core.activeUntil,
    waitingFor: (subject) => waitingFor(db, subject),
  });

/** `/wallaroo me`, and what is pressed on somebody's own user. */
export const meCommands = (
  parts: Pick<OwnUserParts, 'db' | 'now' | 'wallaroo'> & {
    readonly dispatcher: Dispatcher;
    readonly me: MeService;
  },
  asking: OwnAccess & Inviting & Timed,
): readonly Subcommand[] =>
  registerMe({
    dispatcher: parts.dispatcher,
    service: parts.me,
    requests: (actor) => ownRequests(parts, actor),
    requestAccess: asking.requestOwn,
    openAccess: asking.openOwn,
    openInvitation: asking.openInvitation,
    openExtend: asking.openExtend,
  });

/** Of each kind at most: a message holds about eleven of them. */
const MOST_ROWS = 6;

/** Somebody's own requests: those that wait, and those that came to nothing, each with its buttons. */
async function ownRequests(
  parts: Pick<OwnUserParts, 'db' | 'now' | 'wallaroo'>,
  { personKeys }: Pick<Actor, 'personKeys'>,
): Promise<OwnRequests> {
  const [pending, lost] = await Promise.all([
    pendingChanges(parts.db, personKeys),
    lostRows(parts, personKeys, 'me'),
  ]);
  // Nothing to decide here, even for an administrator: these are their own.
  const viewer = { personKeys, administrator: false };
  const rows = pending.slice(0, MOST_ROWS).map((change) => requestRow(change, viewer, 'me'));
  return { pending: { total: pending.length, rows }, lost };
}

/** Of what came to nothing, in Home: `/wallaroo me` shows more. */
const MOST_AT_HOME = 3;

/** Somebody's own user in Home, and what they asked for that came to nothing. */
export const ownHomeBlocks = async (
  parts: Pick<OwnUserParts, 'db' | 'now' | 'wallaroo'> & { readonly me: MeService },
  viewer: Pick<Actor, 'email' | 'role' | 'personKeys'>,
): Promise<readonly KnownBlock[]> => [
  ...ownUserBlocks(await parts.me.facts(viewer, { workspaces: false }), 'home'),
  ...(await lostRows(parts, viewer.personKeys, 'home', MOST_AT_HOME)).rows.flat(),
];

/** What somebody asked for that came to nothing or has ended, each with `Request again`. `origin` is where it stands. */
async function lostRows(
  { db, now, wallaroo }: Pick<OwnUserParts, 'db' | 'now' | 'wallaroo'>,
  personKeys: readonly string[],
  origin: string,
  most = MOST_ROWS,
): Promise<FirstRows> {
  const lost = await lostRequests(db, personKeys, now());
  if (lost.length === 0) return { total: 0, rows: [] };
  const users = await wallaroo.listUsers();
  const wanted = lost.filter((change) => isStillWanted(change, users));
  return { total: wanted.length, rows: wanted.slice(0, most).map((change) => lostRow(change, origin)) };
}
