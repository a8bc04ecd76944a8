import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { expect, it, vi } from 'vitest';
import { latestRows } from '../../src/audit/audit-service.ts';
import { appendAudit } from '../../src/db/audit-trail.ts';
import type { Db } from '../../src/db/tables.ts';
import { registerHome } from '../../src/home/home-handlers.ts';
import type { Duty } from '../../src/jobs/recurring-pass.ts';
import { namesOf } from '../../src/license/seats.ts';
import { section } from '../../src/slack/blocks.ts';
import { notice } from '../../src/slack/modal-views.ts';
import { WallarooUnreachable } from '../../src/wallaroo/errors.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { plainEntry } from '../audit/support.ts';
import { manyUsers } from '../support/any-data.ts';
import { type BotKit, botKit, type TestClock, testClock } from '../support/bot-kit.ts';
import { fileDatabases } from '../support/databases.ts';

const open = fileDatabases();

interface Started {
  readonly kit: BotKit;
  readonly db: Db;
  readonly clock: TestClock;
  readonly refresh: Duty['run'];
  /** What the platform and the other features tell; a test may alter it. */
  readonly facts: {
    users: readonly WallarooUser[] | 'down';
    asked: number;
    listed: { fresh: number; any: number };
    /** How often the idle ones were computed. */
    suggested: number;
  };
}

const rowsOf = (n: number, text: string): readonly (readonly KnownBlock[])[] =>
  Array.from({ length: n }, (_, at) => [section(`${text} ${at}`)]);

async function start(): Promise<Started> {
  const { db } = await open();
  const clock = testClock();
  const kit = await botKit(clock);
  const facts: Started['facts'] = {
    users: manyUsers(3, []),
    asked: 0,
    listed: { fresh: 0, any: 0 },
    suggested: 0,
  };
  const { duties } = registerHome({
    dispatcher: kit.dispatcher,
    client: kit.clients.background,
    db,
    log: kit.log,
    now: clock.now,
    leaseNow: clock.now,
    newId: randomUUID,
    monotonicMs: () => clock.now().getTime(),
    authorize: kit.access.authorize,
    rules: {
      license: { edition: 'community', seats: 5, warnAt: 4 },
      exempt: namesOf([]),
      administrators: '<@U0ADA>',
    },
    idleSince: async () => () => undefined,
    listUsers: async (options) => {
      facts.listed[options?.fresh === true ? 'fresh' : 'any'] += 1;
      if (facts.users === 'down')
        throw new WallarooUnreachable({ method: 'GET', path: '/users' }, 'unreachable');
      return facts.users;
    },
    pendingRows:
      () =>
      async ({ administrator }) => ({
        total: facts.asked,
        rows: rowsOf(facts.asked, administrator ? 'pending of all' : 'pending of mine'),
      }),
    ownBlocks: async () => [],
    workspaceBlocks: async () => async () => [],
    holderRows: async (_, holders) => holders.map(({ username }) => [section(username)]),
    buttons: () => [],
    idleRows: async () => {
      facts.suggested += 1;
      return { total: 1, rows: rowsOf(1, 'idle') };
    },
    recentRows: () => latestRows({ db, directory: { listUsers: async () => [] } }, 5),
    requestAccess: (arrival) =>
      kit.dispatcher.openModal(arrival, 'member', 'Request access', async () =>
        notice('Request access', [section('For whom?')]),
      ),
  });
  await kit.start();
  return { kit, db, clock, facts, refresh: async () => duties[0]?.run() };
}

const published = ({ slack }: BotKit): number => slack.traffic.calls('views.publish').length;

async function openHome({ kit }: Started, userId: string): Promise<string> {
  await kit.slack.as(userId).openHome();
  return (await kit.slack.until(() => kit.slack.as(userId).home())).text;
}

/** Until as many people are known to have opened Home: no event tells of it. */
async function waitForViewers({ db }: Started, n: number): Promise<void> {
  await vi.waitUntil(async () => (await db.selectFrom('homeViewer').selectAll().execute()).length === n);
}

const homeOf = ({ kit }: Started, userId: string): string => kit.slack.as(userId).home()?.text ?? '';

it('shows administrators everything and members their own', async () => {
  const started = await start();
  started.facts.asked = 2;
  await appendAudit(started.db, plainEntry(1));
  const ada = await openHome(started, 'U0ADA');
  for (const part of ['3 of 5 seats', 'pending of all 1', 'idle 0', 'user2@ex.co', 'Activated.'])
    expect(ada).toContain(part);
  const mia = await openHome(started, 'U0MIA');
  expect(mia).toContain('pending of mine 1');
  for (const part of ['pending of all', 'idle 0', 'user2@ex.co', 'Activated.'])
    expect(mia).not.toContain(part);
});

it.each(['U0GUS', 'U0GIA'])('gives the guest %s one sentence and remembers nobody', async (userId) => {
  const started = await start();
  expect(await openHome(started, userId)).toMatch(/Guests may not use this bot/);
  expect(started.kit.slack.as(userId).home()?.buttons).toEqual([]);
  await started.kit.dispatcher.idle();
  expect(await started.db.selectFrom('homeViewer').selectAll().execute()).toEqual([]);
});

it('asks the platform again and publishes on `Refresh`', async () => {
  const started = await start();
  const { kit, facts } = started;
  await openHome(started, 'U0ADA');
  facts.users = manyUsers(5, []);
  await kit.slack.as('U0ADA').press('home', 'Refresh');
  await kit.slack.until(() => homeOf(started, 'U0ADA').includes('License full'));
  expect(facts.listed.fresh).toBe(1);
});

it('opens the form that asks for access', async () => {
  const started = await start();
  await openHome(started, 'U0MIA');
  await started.kit.slack.as('U0MIA').press('home', 'Request access for…');
  await started.kit.slack.until(() => started.kit.slack.as('U0MIA').modal()?.text.includes('For whom?'));
});

it('publishes again after a change that concerns the viewer, once for changes that follow closely', async () => {
  const started = await start();
  const { kit, db, clock, facts, refresh } = started;
  for (const userId of ['U0ADA', 'U0MIA']) await openHome(started, userId);
  await kit.dispatcher.idle();
  clock.advance(10_000);
  facts.asked = 1;
  for (const n of [1, 2, 3])
    await appendAudit(
      db,
      plainEntry(n, { at: clock.now(), event: 'requested', requester: 'U0MIA', actor: 'U0MIA' }),
    );
  const before = published(kit);
  await refresh();
  await refresh();
  expect(published(kit) - before).toBe(2);
  expect(homeOf(started, 'U0ADA')).toContain('pending of all 0');
  expect(homeOf(started, 'U0MIA')).toContain('pending of mine 0');
});

it('reads once what all administrators see alike', async () => {
  const started = await start();
  const { kit, facts, db, clock } = started;
  for (const userId of ['U0ADA', 'U0BEN', 'U0MIA']) await openHome(started, userId);
  await kit.dispatcher.idle();
  const before = { suggested: facts.suggested, listed: facts.listed.any, published: published(kit) };
  await appendAudit(db, plainEntry(1, { at: clock.now(), requester: 'U0MIA' }));
  clock.advance(10_000);
  await started.refresh();
  expect(published(kit)).toBe(before.published + 2);
  expect(facts.suggested).toBe(before.suggested + 1);
  expect(facts.listed.any).toBe(before.listed + 1);
});

it('does not publish what shows the same already, nor to members what does not concern them', async () => {
  const started = await start();
  const { kit, db, clock, refresh } = started;
  for (const userId of ['U0ADA', 'U0MIA']) await openHome(started, userId);
  await kit.dispatcher.idle();
  clock.advance(10_000);
  await appendAudit(db, plainEntry(1, { at: clock.now(), event: 'reminded', requester: 'U0STEVE' }));
  const before = published(kit);
  await refresh();
  clock.advance(60_000);
  await refresh();
  expect(published(kit)).toBe(before);
});

it('says that the platform is down, shows the rest, and heals without help', async () => {
  const started = await start();
  const { kit, clock, facts, refresh } = started;
  facts.users = 'down';
  facts.asked = 1;
  const text = await openHome(started, 'U0ADA');
  expect(text).toContain(new WallarooUnreachable({ method: 'GET', path: '/' }, 'unreachable').userMessage);
  expect(text).toContain('pending of all 0');
  await kit.dispatcher.idle();
  facts.users = manyUsers(4, []);
  await refresh();
  expect(homeOf(started, 'U0ADA')).not.toContain('4 of 5');
  clock.advance(30_000);
  await refresh();
  expect(homeOf(started, 'U0ADA')).toContain('4 of 5 seats');
});

it('publishes over what somebody else has published meanwhile, drawn again', async () => {
  const started = await start();
  const { kit } = started;
  await openHome(started, 'U0ADA');
  await kit.dispatcher.idle();
  await kit.clients.interactive.views.publish({
    user_id: 'U0ADA',
    view: { type: 'home', blocks: [section('other')] },
  });
  started.facts.asked = 1;
  await openHome(started, 'U0ADA');
  await kit.slack.until(() => homeOf(started, 'U0ADA').includes('pending of all 0'));
  const answers = kit.slack.traffic.calls('views.publish').map(({ answer }) => answer.error ?? 'ok');
  expect(answers).toEqual(['ok', 'ok', 'hash_conflict', 'ok']);
});

it('waits as long as Slack says when it is rate-limited, for every viewer', async () => {
  const started = await start();
  const { kit, clock, refresh } = started;
  kit.slack.faults.plan('views.publish', { retryAfterSeconds: 20 });
  await kit.slack.as('U0ADA').openHome();
  await kit.slack.until(() => published(kit) === 1);
  await kit.dispatcher.idle();
  await kit.slack.as('U0MIA').openHome();
  await waitForViewers(started, 2);
  await kit.dispatcher.idle();
  clock.advance(19_000);
  await refresh();
  expect(published(kit)).toBe(1);
  clock.advance(1_000);
  await refresh();
  expect(published(kit)).toBe(3);
  for (const userId of ['U0ADA', 'U0MIA']) expect(homeOf(started, userId)).toContain('3 of 5 seats');
});

it('shows somebody who is no administrator any more only what members see', async () => {
  const started = await start();
  const { kit, db, clock, refresh } = started;
  expect(await openHome(started, 'U0BEN')).toContain('Who holds a seat');
  await kit.dispatcher.idle();
  const group = kit.slack.workspace.state.userGroups.get('S0ADMINS');
  if (group !== undefined)
    kit.slack.workspace.state.userGroups.set('S0ADMINS', { ...group, members: ['U0ADA'] });
  clock.advance(61_000);
  await appendAudit(db, plainEntry(1, { at: clock.now() }));
  await refresh();
  expect(homeOf(started, 'U0BEN')).toContain('Your requests');
  expect(homeOf(started, 'U0BEN')).not.toContain('Who holds a seat');
});
