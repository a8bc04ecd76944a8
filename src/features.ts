import type { Access } from './access/access-service.ts';
import { registerAudit } from './audit/audit-handlers.ts';
import { historyOf, latestRows } from './audit/audit-service.ts';
import { registerChanges } from './changes/changes-handlers.ts';
import { requestRows } from './changes/decide/requests-service.ts';
import type { Config } from './config.ts';
import { digestSources } from './core/digest-sources.ts';
import { type Core, type CoreParts, createCore } from './core.ts';
import { type DigestFeature, registerDigest } from './digest/digest-handlers.ts';
import { answerCommands } from './features/answer-commands.ts';
import { carryNews } from './features/carry-news.ts';
import { commandLineNews } from './features/command-line-news.ts';
import { coreDuties, passOf } from './features/duties.ts';
import { memberByEmail } from './features/member-by-email.ts';
import { createMe, meCommands, ownHomeBlocks } from './features/own-user.ts';
import { helpButtons, startButtons } from './features/start-buttons.ts';
import { trailDirectory } from './features/trail-directory.ts';
import { countEnds } from './features/work-metrics.ts';
import { cardParts, homeWorkspaces, workspaceCommands } from './features/workspaces.ts';
import { registerHelp } from './help/help-handlers.ts';
import { type Home, registerHome } from './home/home-handlers.ts';
import type { RecurringPass } from './jobs/recurring-pass.ts';
import type { Watchdog } from './jobs/watchdog.ts';
import type { Metrics } from './ops/metrics.ts';
import type { PostParts } from './posts/keep-posts.ts';
import type { Subcommand } from './slack/command-router.ts';
import type { Dispatcher } from './slack/dispatcher.ts';
import type { SlackClients } from './slack/slack-clients.ts';
import type { MeService } from './users/me-service.ts';
import { foundBlocks } from './users/offer-views.ts';
import { userRows } from './users/user-lines.ts';
import { registerUsers } from './users/users-handlers.ts';

/** Everything that the features are made of. */
export interface FeatureParts extends Omit<CoreParts, 'config' | 'closed' | 'emailOf' | 'ended' | 'kick'> {
  readonly config: Config;
  readonly clients: SlackClients;
  readonly access: Access;
  readonly dispatcher: Dispatcher;
  readonly metrics: Metrics;
  readonly watchdog: Watchdog;
  /** After which silent work counts as standing still, ms. */
  readonly standstillMs: number;
}

/** What the features leave to be done regularly. */
export interface Composed {
  readonly work: readonly RecurringPass[];
  readonly idleSince: Core['idleSince'];
  /** Resolves when all work that is due now is done. */
  settled(): Promise<void>;
}

/** Puts the features together: each takes what it needs of another as a function. */
export function composeFeatures(parts: FeatureParts): Composed {
  const { access, clients, metrics } = parts;
  const work: RecurringPass[] = [];
  const kick = (): void => {
    for (const pass of work) pass.kick();
  };
  const elsewhere = commandLineNews(parts, () => core.lookAfresh());
  const news = carryNews(() => digest.usersChanged(), elsewhere);
  const ended = countEnds(metrics, news.usersChanged);
  const core = createCore({
    ...parts,
    emailOf: access.emailOf,
    memberByEmail: memberByEmail(access),
    ended,
    closed: ended,
    kick,
  });
  const posting = { ...parts, client: clients.background };
  const me = createMe({ ...parts, core });
  const composing: Composing = { ...parts, core, kick, posting, me, directory: trailDirectory(parts) };
  const changes = changesFeature(composing);
  const digest: DigestFeature = digestFeature(composing, changes);
  const home = homeFeature(composing, changes, digest);
  routeCommands(composing, changes, digest);
  const groups = [...coreDuties(composing), [news.duty, ...digest.duties], home.duties];
  work.push(...groups.map((duties) => passOf(composing, duties)));
  return {
    work,
    idleSince: core.idleSince,
    settled: async () => {
      for (const pass of work) await pass.settled();
    },
  };
}

/** What is at hand while the features are put together. */
interface Composing extends FeatureParts {
  readonly core: Core;
  readonly me: MeService;
  readonly directory: ReturnType<typeof trailDirectory>;
  readonly posting: PostParts;
  readonly kick: () => void;
}

type ChangesFeature = ReturnType<typeof changesFeature>;

const changesFeature = ({ core, config, access, me, ...parts }: Composing) =>
  registerChanges({
    ...parts,
    service: core.changes,
    desk: core.desk,
    approvalsChannel: config.APPROVALS_CHANNEL,
    resolve: (typed, caller) => core.users.resolve(typed, caller),
    search: (typed, caller) => core.users.search(typed, caller),
    knownNames: () => core.users.knownNames(),
    offer: foundBlocks,
    ...cardParts({ ...parts, core, me }),
    hasOtherAdministrator: access.hasOtherAdministrator,
    ownUser: (email) => me.own(email),
  });

const digestFeature = (parts: Composing, changes: ChangesFeature): DigestFeature => {
  const { config, dispatcher, posting } = parts;
  return registerDigest({
    ...posting,
    dispatcher,
    channel: config.LICENSE_CHANNEL,
    cron: config.DIGEST_CRON,
    timeZone: config.DIGEST_TIMEZONE,
    whenUnchanged: config.DIGEST_WHEN_UNCHANGED,
    ...digestSources(parts),
    openExtend: changes.openExtend,
    openSeveral: changes.openSeveral,
    openSwitch: changes.openSwitch,
  });
};

const homeFeature = (parts: Composing, { requestAccess }: ChangesFeature, digest: DigestFeature): Home => {
  const { access, core, db, dispatcher, posting, rules, wallaroo } = parts;
  return registerHome({
    ...posting,
    dispatcher,
    rules,
    monotonicMs: parts.monotonicMs,
    authorize: access.authorize,
    listUsers: wallaroo.listUsers,
    idleSince: core.idleSince,
    pendingRows: () => requestRows({ db, service: core.changes }, 'home'),
    workspaceBlocks: homeWorkspaces(parts),
    ownBlocks: (viewer) => ownHomeBlocks(parts, viewer),
    holderRows: async (users, holders, email) => userRows(holders, await core.standings.of(users, email)),
    buttons: (administrator) => startButtons(administrator, 'Users'),
    idleRows: digest.idleRows,
    recentRows: () => latestRows(parts),
    requestAccess,
  });
};

/** `/wallaroo` with everything that the features answer to. */
function routeCommands(composing: Composing, changes: ChangesFeature, digest: DigestFeature): void {
  const { access, clients, config, core, dispatcher, rules, wallaroo } = composing;
  const subcommands: readonly Subcommand[] = [
    ...registerHelp({
      dispatcher,
      authorize: access.authorize,
      fourEyes: config.FOUR_EYES,
      rules,
      listUsers: wallaroo.listUsers,
      subcommands: () => subcommands,
      buttons: (administrator) => helpButtons(administrator, config.WALLAROO_URL),
    }),
    ...registerUsers({
      ...composing,
      client: clients.interactive,
      service: core.users,
      lists: core.lists,
      openSeveral: changes.openSeveral,
      openSwitch: changes.openSwitch,
      openExtend: changes.openExtend,
      openFix: changes.openFix,
      openAddTo: changes.openAddTo,
      historyOf: (user) => historyOf(composing, user),
    }),
    ...workspaceCommands(composing, changes),
    ...meCommands(composing, changes),
    ...changes.subcommands,
    ...registerAudit({
      ...composing,
      client: clients.interactive,
      seek: (typed, caller) => core.users.seek(typed, caller),
    }),
    ...digest.subcommands,
  ];
  answerCommands({ dispatcher, subcommands });
}
