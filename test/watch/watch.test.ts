import { describe, expect, it } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { readAudit } from '../../src/db/read-audit.ts';
import type { Db } from '../../src/db/tables.ts';
import { namesOf } from '../../src/license/seats.ts';
import { plainUser } from '../support/any-data.ts';
import { describeOnDatabases, fileDatabases } from '../support/databases.ts';
import { pass, WatchedWorld } from './support.ts';

const observed = (db: Db) => readAudit(db, { events: ['observed'], most: 100 });

describeOnDatabases('the watch', (open) => {
  it('notes a change made outside Slack once, with what was and what is', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(2);
    const watch = world.watch(db);
    await pass(watch);
    expect(await observed(db)).toEqual([]);
    world.setActive(3);
    await world.passLater(watch);
    await world.passLater(watch);
    const entries = await observed(db);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      actor: 'outside',
      subjects: [{ userId: 'user-2', label: 'user2@ex.co' }],
      before: 'inactive',
      after: 'active',
      outcome: 'Activated outside Slack.',
    });
  });

  it('warns and notes once though several replicas look', async () => {
    const { db, url } = await open();
    const world = await WatchedWorld.start(3);
    await pass(world.watch(db));
    const connections = Array.from({ length: 4 }, () => connect(url, () => undefined));
    const replicas = connections.map((connection) => world.watch(connection));
    world.setActive(4);
    world.now = new Date(world.now.getTime() + 300_000);
    await Promise.all(replicas.map(pass));
    await Promise.all(replicas.map(pass));
    await Promise.all(connections.map((connection) => connection.destroy()));
    expect(world.posts()).toHaveLength(1);
    expect(await observed(db)).toHaveLength(1);
  });
});

describe('license warnings', () => {
  const open = fileDatabases();

  async function begin(active: number, over: Parameters<WatchedWorld['watch']>[1] = {}) {
    const { db } = await open();
    const world = await WatchedWorld.start(active);
    const watch = world.watch(db, over);
    await pass(watch);
    const seeLater = async (count: number): Promise<void> => {
      world.setActive(count);
      await world.passLater(watch);
    };
    return { db, world, watch, seeLater };
  }

  it('are posted at each rise, once, and rewritten as seats come free', async () => {
    const { world, seeLater } = await begin(3);
    expect(world.posts()).toEqual([]);
    await seeLater(4);
    await seeLater(4);
    expect(world.posts()).toEqual([expect.stringContaining('License nearly full')]);
    await seeLater(5);
    expect(world.posts()).toEqual([
      expect.stringContaining('see the later warning'),
      expect.stringContaining('License full'),
    ]);
    await seeLater(4);
    expect(world.posts()).toHaveLength(2);
    expect(world.posts()[1]).toMatch(/nearly full.*4 of 5[\s\S]*come free since/);
    await seeLater(3);
    expect(world.posts()[1]).toContain('Seats are free again: 3 of 5');
    await seeLater(4);
    expect(world.posts()).toHaveLength(3);
    expect(world.posts()[2]).toContain('License nearly full');
  });

  it('are posted again when the limit was left and is reached again', async () => {
    const { world, seeLater } = await begin(3);
    for (const count of [5, 4, 5]) await seeLater(count);
    expect(world.posts().filter((text) => text.includes('License full'))).toHaveLength(1);
    expect(world.posts()).toHaveLength(2);
  });

  it('read differently above the limit', async () => {
    const { world, seeLater } = await begin(3);
    await seeLater(6);
    expect(world.posts()).toEqual([expect.stringContaining('Over the license limit: 6 active users for 5')]);
    await seeLater(7);
    expect(world.posts()).toEqual([expect.stringContaining('7 active users for 5')]);
    await seeLater(5);
    expect(world.posts()).toEqual([expect.stringMatching(/License full[\s\S]*was over its limit/)]);
  });

  it('are posted once if the license is full at the very first look', async () => {
    const { db, world, watch } = await begin(5);
    await world.passLater(watch);
    expect(world.posts()).toEqual([expect.stringContaining('License full')]);
    expect(await observed(db)).toEqual([]);
  });

  it('are not repeated after a restart', async () => {
    const { db, world } = await begin(5);
    await world.passLater(world.watch(db));
    expect(world.posts()).toHaveLength(1);
  });

  it('have no place on Enterprise, where changes are noted nevertheless', async () => {
    const { db, world, seeLater } = await begin(3, {
      rules: { license: { edition: 'enterprise' }, exempt: namesOf([]), administrators: '' },
    });
    await seeLater(8);
    expect(world.posts()).toEqual([]);
    expect(await observed(db)).toHaveLength(5);
  });

  it.each([
    ['is away', (world: WatchedWorld) => world.slack.faults.goDown('refuse'), 15_000],
    [
      'limits the rate',
      (world: WatchedWorld) => world.slack.faults.plan('chat.postMessage', { retryAfterSeconds: 20 }),
      20_000,
    ],
  ])('are posted later, once, when Slack %s', async (_, breakSlack, afterMs) => {
    const { world, watch, seeLater } = await begin(3);
    breakSlack(world);
    await seeLater(4);
    expect(world.slack.as('U0ADA').messages('C0LICENSE')).toEqual([]);
    world.slack.faults.comeUp();
    await world.passLater(watch, afterMs);
    await world.passLater(watch, afterMs);
    expect(world.posts()).toEqual([expect.stringContaining('License nearly full')]);
  });

  it('of a rise that was overtaken while Slack was away are left out', async () => {
    const { world, watch, seeLater } = await begin(3);
    world.slack.faults.goDown('unavailable');
    await seeLater(4);
    await seeLater(5);
    world.slack.faults.comeUp();
    await world.passLater(watch, 15_000);
    expect(world.posts()).toEqual([expect.stringContaining('License full')]);
  });

  it('whose message was deleted are posted again at the next rise', async () => {
    const { world, seeLater } = await begin(3);
    await seeLater(4);
    world.slack.workspace.state.messages.splice(0);
    await seeLater(3);
    expect(world.posts()).toEqual([]);
    await seeLater(4);
    expect(world.posts()).toHaveLength(1);
  });
});

describe('looks', () => {
  const open = fileDatabases();

  it('wait for the interval, unless the bot changed something', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    world.setActive(4);
    await world.passLater(watch, 299_000);
    expect(world.posts()).toEqual([]);
    watch.lookSoon();
    await pass(watch);
    expect(world.posts()).toHaveLength(1);
  });

  it('come only after the bot changed something, where the interval is 0', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(5);
    const watch = world.watch(db, { intervalMs: 0 });
    await pass(watch);
    await world.passLater(watch, 86_400_000);
    expect(world.posts()).toEqual([]);
    watch.lookSoon();
    await pass(watch);
    expect(world.posts()).toHaveLength(1);
  });

  it('are repeated soon when the platform does not answer', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    world.isDown = true;
    world.setActive(4);
    await world.passLater(watch);
    world.isDown = false;
    await world.passLater(watch, 10_000);
    expect(world.posts()).toHaveLength(1);
  });

  it('do not believe a list without anybody', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    const { users } = world;
    world.users = [];
    await world.passLater(watch);
    world.users = users;
    await world.passLater(watch);
    expect(await observed(db)).toEqual([]);
  });

  it('take no change of the bot for one made outside Slack', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    world.setActive(4);
    world.ownWrites = [{ changeId: 'C-1', subject: 'user-3', enabled: true, settledSeq: 3 }];
    world.mark = { seq: 3, open: [] };
    await world.passLater(watch);
    expect(await observed(db)).toEqual([]);
  });

  it('tell whether somebody was changed outside Slack since', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    world.users = [...world.users, plainUser(20, { enabled: false })];
    world.setActive(2);
    await world.passLater(watch);
    const about = (time: string) => ({ changeId: 'C-1', since: new Date(`2026-11-25T${time}Z`) });
    expect(await watch.changedOutside('user-2', about('12:01:00'))).toBe(true);
    expect(await watch.changedOutside('user-2', about('12:05:01'))).toBe(false);
    expect(await watch.changedOutside('user-1', about('12:01:00'))).toBe(false);
  });

  it('believe that a user is gone once the platform says so by id and a second list agrees', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    const watch = world.watch(db);
    await pass(watch);
    const all = world.users;
    world.users = all.filter(({ id }) => id !== 'user-1');
    world.byId = (id) => all.find((user) => user.id === id);
    await world.passLater(watch);
    // By id they are not to be found either, yet the next list has them.
    let lists = 0;
    world.byId = () => undefined;
    const doubtful = world.watch(db, {
      listUsersFresh: async () => {
        lists += 1;
        return lists === 1 ? world.users : all;
      },
    });
    await world.passLater(doubtful);
    expect(await observed(db)).toEqual([]);
    await world.passLater(watch);
    expect(await observed(db)).toMatchObject([{ after: 'deleted', subjects: [{ userId: 'user-1' }] }]);
  });

  it('count the seats of users whom a list leaves out', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(5);
    const watch = world.watch(db);
    await pass(watch);
    const all = world.users;
    world.users = all.slice(2);
    world.byId = (id) => all.find((user) => user.id === id);
    await world.passLater(watch);
    expect(world.posts()).toEqual([expect.stringContaining('License full')]);
    world.users = all;
    await world.passLater(watch);
    expect(await observed(db)).toEqual([]);
    expect(world.posts()).toHaveLength(1);
  });

  it('keep ten thousand users', async () => {
    const { db } = await open();
    const world = await WatchedWorld.start(3);
    world.users = Array.from({ length: 10_000 }, (_, n) => plainUser(n, { enabled: n % 2 === 0 }));
    const watch = world.watch(db);
    await pass(watch);
    world.users = world.users.map((user, n) => (n === 1 ? { ...user, enabled: true } : user));
    await world.passLater(watch);
    expect(await observed(db)).toHaveLength(1);
  });
});
