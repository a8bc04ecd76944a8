import { describe, expect, test, vi } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import type { FaultPoint } from '../../src/changes/apply/fault-point.ts';
import { cardsIn, chooseLeaver, openModal, press } from '../flows/requests.ts';
import { APPROVALS, people, startWorld, type World, type WorldOptions } from '../flows/world.ts';
import { askToken, passwordForm } from '../sandbox/wallaroo/support.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { wrongCards } from '../support/cards.ts';
import { readRecords } from '../support/change-records.ts';
import { fileDatabases, postgresDatabases } from '../support/databases.ts';
import { activeOwnersOf } from '../support/workspaces.ts';

/** Where the process dies: at a point, when it passes it for the nth time. */
type Death = `${FaultPoint}:${number}`;

/** In the order in which a request for a swap (two cards) and its approval (two writes, and the end of sessions) pass them. */
const DEATHS: readonly Death[] = [
  'before_post:1',
  'after_post:1',
  'before_post:2',
  'after_post:2',
  'before_update:1',
  'after_update:1',
  'begun:1',
  'locked:1',
  'before_write:1',
  'after_write:1',
  'before_write:2',
  'after_write:2',
  'before_write:3',
  'after_write:3',
  'before_outcome:1',
  'after_outcome:1',
  'before_update:3',
  'after_update:3',
  'before_update:4',
  'after_update:4',
];
/** The second card's and the redrawings' are like the first one's. */
const USUAL = DEATHS.filter((death) => !/_post:2|_update:3|before_update:4/.test(death));
const TELLING: readonly Death[] = ['after_post:1', 'after_write:1', 'before_write:2', 'before_outcome:1'];

/** `CRASH_ROUNDS=100` crashes a hundred times on each database, at each point in turn. */
const ROUNDS = process.env.CRASH_ROUNDS === undefined ? undefined : Number(process.env.CRASH_ROUNDS);
const rounds = (usual: readonly Death[]): readonly Death[] =>
  ROUNDS === undefined
    ? usual
    : Array.from({ length: ROUNDS }, (_, round) => DEATHS[round % DEATHS.length] ?? 'begun:1');

const SEATS = 5;
const LEAVES = 'testuser@wallaroo.ai';
const COMES = 'ada@ex.co';
/** Less than leases and claims last: the successor does not wait for those of the dead. */
const PATIENCE_MS = 12_000;

const databases = [
  { name: 'a file', open: fileDatabases(), deaths: rounds(USUAL) },
  { name: 'PostgreSQL', open: postgresDatabases(), deaths: rounds(TELLING) },
];

describe.each(databases)('a bot on $name, killed in the middle of a swap', ({ open, deaths }) => {
  test.skipIf(open === undefined).each(deaths)(
    'finishes it once after its restart (%s)',
    async (death) => {
      const { url = '' } = (await open?.()) ?? {};
      await expectHealed(death, url);
    },
    120_000,
  );
});

/** In the order in which several at once, made directly, pass them. */
const AMID_SEVERAL: readonly Death[] = [
  'before_write:2',
  'after_write:2',
  'after_write:3',
  'after_outcome:1',
];

describe.each(databases)('a bot on $name, killed in the middle of several at once', ({ open }) => {
  test.skipIf(open === undefined).each(AMID_SEVERAL)(
    'finishes them after its restart, each once (%s)',
    async (death) => {
      const { url = '' } = (await open?.()) ?? {};
      await expectEachOnce(death, url);
    },
    120_000,
  );
});

/** In the order in which a hand-over and what follows it pass them; on PostgreSQL the first alone, which is the telling one. */
const AMID_HAND_OVER: readonly Death[] = [
  'after_write:1',
  'before_write:2',
  'after_write:2',
  'after_write:3',
];

describe.each(databases)('a bot on $name, killed amid a hand-over of workspaces', ({ name, open }) => {
  const deaths = name === 'a file' ? AMID_HAND_OVER : AMID_HAND_OVER.slice(0, 1);
  const ways = { exchange: expectHandedOverInExchange, several: expectHandedOverBySeveral };
  const cases = deaths.flatMap((death) =>
    Object.entries(ways).map(([what, expectIt]) => ({ death, what, expectIt })),
  );
  test.skipIf(open === undefined).each(cases)(
    'finishes it after its restart, each write once ($what, $death)',
    async ({ death, expectIt }) => {
      const { url = '' } = (await open?.()) ?? {};
      await expectIt(death, url);
    },
    120_000,
  );
});

/** Has Ben activate Nora in exchange for Steve, the last active owner of a workspace, while the bot dies on the way. */
async function expectHandedOverInExchange(death: Death, databaseUrl: string): Promise<void> {
  const seed = communitySeed({
    enabled: ['chatops@ex.co', 'admin', 'steve', 'mia@ex.co', LEAVES],
    seats: SEATS,
  });
  const world = await startAsleep(databaseUrl, { seed });
  const supervised = await supervise(world, death);
  await openModal(world, people.ben, '/wallaroo activate nora@ex.co');
  await chooseLeaver(world, people.ben, 'steve@ex.co');
  await world.slack.as(people.ben).fill('New owner of fraud-models', LEAVES);
  await world.slack.as(people.ben).submit();
  expect(await supervised.death).toBe('SIGKILL');
  await untilAllAgree(world, 'applied');
  expect([world.isActive('steve'), world.isActive('nora@ex.co')]).toEqual([false, true]);
  expectEachWriteOnce(world, { handOvers: 1, switches: 2 });
  expect(activeOwnersOf(world.wallaroo.state, 'fraud-models')).toEqual([LEAVES]);
}

/** Has Ben deactivate two owners, whose workspaces two others take over, while the bot dies on the way. */
async function expectHandedOverBySeveral(death: Death, databaseUrl: string): Promise<void> {
  const seed = communitySeed({
    enabled: ['chatops@ex.co', 'admin', 'steve', 'olga@ex.co', LEAVES],
    seats: SEATS,
  });
  const world = await startAsleep(databaseUrl, { seed });
  const supervised = await supervise(world, death);
  await openModal(world, people.ben, '/wallaroo deactivate steve@ex.co olga@ex.co');
  for (const name of ['fraud-models', 'churn-forecast'])
    await world.slack.as(people.ben).fill(`New owner of ${name}`, LEAVES);
  await world.slack.as(people.ben).submit();
  expect(await supervised.death).toBe('SIGKILL');
  await untilAllAgree(world, 'applied');
  expect([world.isActive('steve'), world.isActive('olga@ex.co')]).toEqual([false, false]);
  expectEachWriteOnce(world, { handOvers: 2, switches: 2 });
  for (const name of ['fraud-models', 'churn-forecast'])
    expect(activeOwnersOf(world.wallaroo.state, name)).toEqual([LEAVES]);
}

/** A world whose bots are processes that the test starts. */
async function startAsleep(
  databaseUrl: string,
  wallaroo: NonNullable<WorldOptions['wallaroo']>,
): Promise<World> {
  const settings = databaseUrl === '' ? {} : { DATABASE_URL: databaseUrl };
  const world = await startWorld({ settings, slack: { ackLimitMs: 20_000 }, wallaroo });
  await world.bot.stop();
  await world.slack.until(() => world.slack.connections === 0);
  return world;
}

function expectEachWriteOnce(
  { wallaroo }: World,
  { handOvers, switches }: { readonly handOvers: number; readonly switches: number },
): void {
  const writes = wallaroo.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  expect([new Set(writes).size, writes.length]).toEqual([switches, switches]);
  expect(wallaroo.requests.filter(({ path }) => path.endsWith('/add_user'))).toHaveLength(handOvers);
}

const COMERS = ['ada@ex.co', 'nora@ex.co', 'mia@ex.co'];

/** Has Ada activate three at once, while the bot dies on the way and another takes its place. */
async function expectEachOnce(death: Death, databaseUrl: string): Promise<void> {
  const seats = 7;
  const settings = {
    LICENSE_SEATS: `${seats}`,
    ...(databaseUrl === '' ? {} : { DATABASE_URL: databaseUrl }),
  };
  const seed = communitySeed({ enabled: ['chatops@ex.co', 'admin', 'steve', LEAVES], seats });
  const world = await startWorld({ settings, slack: { ackLimitMs: 20_000 }, wallaroo: { seed } });
  let most = 0;
  world.wallaroo.on('change', () => {
    most = Math.max(most, world.wallaroo.seats().taken);
  });
  await world.bot.stop();
  await world.slack.until(() => world.slack.connections === 0);
  const supervised = await supervise(world, death);

  await openModal(world, people.ben, `/wallaroo activate ${COMERS.join(', ')}`);
  await world.slack.as(people.ben).submit();
  expect(await supervised.death).toBe('SIGKILL');
  await untilAllAgree(world, 'applied');

  expect(COMERS.map(world.isActive)).toEqual([true, true, true]);
  expect(most).toBe(seats);
  const writes = world.wallaroo.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  expect(new Set(writes).size).toBe(writes.length);
  expect(writes).toHaveLength(COMERS.length);
  const { audit } = await readRecords(world.databaseUrl);
  expect(audit.map(({ event }) => event)).toEqual(['applied']);
  expect(JSON.parse(audit[0]?.subjects ?? '[]')).toHaveLength(COMERS.length);
}

/** Posting, and drawing the two cards for the first time. */
const isWhileAsking = (death: Death): boolean => /_post:|_update:[12]$/.test(death);

/** Has Mia ask for a swap and Ben approve it, while the bot dies on the way and another takes its place. */
async function expectHealed(death: Death, databaseUrl: string): Promise<void> {
  const seed = communitySeed({
    enabled: ['chatops@ex.co', 'admin', 'steve', 'mia@ex.co', LEAVES],
    seats: SEATS,
  });
  const settings = databaseUrl === '' ? {} : { DATABASE_URL: databaseUrl };
  const world = await startWorld({ settings, slack: { ackLimitMs: 20_000 }, wallaroo: { seed } });
  let most = 0;
  world.wallaroo.on('change', () => {
    most = Math.max(most, world.wallaroo.seats().taken);
  });
  const { body: session } = await askToken(world.wallaroo, passwordForm(world.wallaroo, LEAVES));
  await world.bot.stop();
  await world.slack.until(() => world.slack.connections === 0);
  const supervised = await supervise(world, death);

  await openModal(world, people.mia, `/wallaroo swap ${LEAVES} ${COMES}`);
  await world.slack.as(people.mia).fill('Reason', 'for the audit');
  await world.slack.as(people.mia).submit();
  if (isWhileAsking(death)) await supervised.death;
  await untilAllAgree(world, 'pending');
  const [card] = cardsIn(world, APPROVALS).filter(({ buttons }) => buttons.includes('Approve'));
  if (card === undefined) throw new Error('no card to approve');
  await press(world, people.ben, card, 'Approve');
  await world.slack.as(people.ben).submit();
  expect(await supervised.death).toBe('SIGKILL');
  await untilAllAgree(world, 'applied');

  expect([world.isActive(LEAVES), world.isActive(COMES)]).toEqual([false, true]);
  expect(most).toBe(SEATS);
  const writes = world.wallaroo.requests.filter(({ method }) => method === 'PUT');
  expect(writes.length).toBeLessThanOrEqual(3);
  const { audit } = await readRecords(world.databaseUrl);
  expect(audit.map(({ event }) => event)).toEqual(['requested', 'approved', 'applied']);
  const live = [...cardsIn(world, APPROVALS), ...cardsIn(world, 'dm', people.mia)].flatMap(
    ({ buttons }) => buttons,
  );
  // A link changes nothing.
  expect(live.filter((text) => text !== 'Open Wallaroo')).toEqual(['Undo']);
  world.wallaroo.state.setEnabled(LEAVES, true);
  const form = { grant_type: 'refresh_token', refresh_token: session.refresh_token };
  expect((await askToken(world.wallaroo, form)).status).toBe(400);
}

/** Starts a bot that dies there, and another once it has. */
async function supervise(world: World, death: Death): Promise<{ readonly death: Promise<number | string> }> {
  const { slack } = world;
  const doomed = startBotProcess({ ...world.settings, TEST_KILL_AT: death });
  await slack.connected(PATIENCE_MS);
  const replaced = async (): Promise<number | string> => {
    const end = await doomed.ended;
    await slack.until(() => slack.connections === 0);
    startBotProcess(world.settings);
    await slack.connected(PATIENCE_MS);
    return end;
  };
  return { death: replaced() };
}

/** Waits until the change is in that state, every card says so, and the bot is there. */
async function untilAllAgree(world: World, state: 'pending' | 'applied'): Promise<void> {
  await vi.waitFor(
    async () => {
      const records = await readRecords(world.databaseUrl);
      expect(records.changes.map((change) => change.state)).toEqual([state]);
      expect(wrongCards(records, world.slack.workspace.state.messages, world.now())).toEqual([]);
      expect(world.slack.connections).toBe(1);
    },
    { timeout: PATIENCE_MS, interval: 100 },
  );
}
