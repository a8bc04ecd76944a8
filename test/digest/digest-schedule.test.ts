import { describe, expect, it } from 'vitest';
import { appendAudit } from '../../src/db/audit-trail.ts';
import { connect } from '../../src/db/connect.ts';
import type { Db } from '../../src/db/tables.ts';
import type { DigestParts } from '../../src/digest/digest-parts.ts';
import { DigestService } from '../../src/digest/digest-service.ts';
import { plainUser } from '../support/any-data.ts';
import { describeOnDatabases, fileDatabases, type TestDatabase } from '../support/databases.ts';
import { startWorld, type World } from './support.ts';

type Open = () => Promise<TestDatabase>;

/** A bot that first ran at `startedAt`, and the passes it makes at moments. */
async function begin(open: Open, startedAt: string, over: Partial<DigestParts> = {}) {
  const world = await startWorld(startedAt);
  const { db, url } = await open();
  const service = new DigestService(world.parts(db, over));
  await service.keepDigests();
  const passAt = async (at: string, bot = service): Promise<void> => {
    world.now = new Date(at);
    await bot.keepDigests();
  };
  /** Another process, or this one after a restart. */
  const another = (): DigestService => new DigestService(world.parts(db, over));
  return { world, db, url, passAt, another };
}

const count = (world: World): number => world.digests().length;

describeOnDatabases('a slot of the digest', (open) => {
  it('posts once at its time, and not before', async () => {
    const { world, passAt } = await begin(open, '2026-11-24T20:00:00Z');
    await passAt('2026-11-25T08:59:58Z');
    expect(count(world)).toBe(0);
    await passAt('2026-11-25T09:00:00Z');
    await passAt('2026-11-25T09:00:02Z');
    await passAt('2026-11-25T20:00:00Z');
    expect(count(world)).toBe(1);
    await passAt('2026-11-26T09:00:01Z');
    expect(count(world)).toBe(2);
  });

  it.each([
    ['before the slot', '2026-11-25T08:59:00Z', ['2026-11-25T08:59:00Z', '2026-11-25T09:00:00Z'], 1],
    ['in the slot', '2026-11-25T09:00:00Z', ['2026-11-25T09:00:00Z', '2026-11-25T09:00:01Z'], 1],
    ['after the slot', '2026-11-25T09:30:00Z', ['2026-11-25T09:30:00Z', '2026-11-25T09:31:00Z'], 1],
    ['more than 12 hours after the slot', '2026-11-25T21:00:01Z', ['2026-11-25T21:00:01Z'], 0],
  ])('restarted %s (%s), posts once or not at all', async (_, __, passes, expected) => {
    const { world, passAt, another } = await begin(open, '2026-11-24T20:00:00Z');
    const restarted = another();
    for (const at of passes) await passAt(at, restarted);
    expect(count(world)).toBe(expected);
  });

  it('is posted after the clock was set back, by the same process and by another one', async () => {
    const { world, passAt, another } = await begin(open, '2027-06-01T20:00:00Z');
    await passAt('2027-06-02T09:00:00Z');
    await passAt('2026-11-25T08:00:00Z');
    expect(count(world)).toBe(1);
    await passAt('2026-11-25T09:00:00Z');
    await passAt('2026-11-25T09:00:01Z');
    expect(count(world)).toBe(2);
    const restarted = another();
    await passAt('2026-11-26T08:59:00Z', restarted);
    await passAt('2026-11-26T09:00:00Z', restarted);
    await passAt('2026-11-26T09:00:01Z');
    expect(count(world)).toBe(3);
  });

  it('posts one though several replicas look at the same moment', async () => {
    const { world, url } = await begin(open, '2026-11-24T20:00:00Z');
    const connections = Array.from({ length: 4 }, (): Db => connect(url, () => undefined));
    world.now = new Date('2026-11-25T09:00:00Z');
    const replicas = connections.map((db) => new DigestService(world.parts(db)));
    await Promise.all(replicas.map((replica) => replica.keepDigests()));
    await Promise.all(connections.map((db) => db.destroy()));
    expect(count(world)).toBe(1);
  });

  it('posts one a day where replicas take turns, each remembering what was claimed when it looked last', async () => {
    const { world, passAt, another } = await begin(open, '2026-11-24T20:00:00Z');
    const other = another();
    await passAt('2026-11-24T20:00:01Z', other);
    await passAt('2026-11-25T09:00:00Z');
    await passAt('2026-11-26T09:00:00Z', other);
    await passAt('2026-11-26T09:00:01Z');
    expect(count(world)).toBe(2);
    await passAt('2026-11-27T09:00:00Z');
    await passAt('2026-11-27T09:00:01Z', other);
    expect(count(world)).toBe(3);
  });

  it('tells each change in one digest', async () => {
    const { world, db, passAt } = await begin(open, '2026-11-24T20:00:00Z');
    await note(db, '2026-11-25T08:00:00Z', 'first@ex.co');
    await passAt('2026-11-25T09:00:00Z');
    await note(db, '2026-11-25T09:00:00Z', 'second@ex.co');
    await passAt('2026-11-26T09:00:00Z');
    const [one, two] = world.digests();
    expect(one?.text).toContain('first@ex.co');
    expect(one?.text).not.toContain('second@ex.co');
    expect(two?.text).toContain('second@ex.co');
    expect(two?.text).not.toContain('first@ex.co');
  });
});

describe('the digest schedule', () => {
  const open = fileDatabases();

  it('does not catch up what was before the very first start, nor before a new schedule', async () => {
    const { world, db, passAt } = await begin(open, '2026-11-25T10:00:00Z');
    await passAt('2026-11-25T10:00:02Z');
    expect(count(world)).toBe(0);
    const changed = new DigestService(world.parts(db, { cron: '30 9 * * *' }));
    await passAt('2026-11-25T10:01:00Z', changed);
    expect(count(world)).toBe(0);
    await passAt('2026-11-26T09:30:00Z', changed);
    expect(count(world)).toBe(1);
  });

  it.each([
    ['Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-28T12:00:00Z'],
    ['Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z'],
    ['America/New_York', '2027-03-13T12:00:00Z', '2027-03-14T12:00:00Z'],
    ['America/New_York', '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z'],
  ])('posts one at 02:30 in %s in the night after %s', async (timeZone, from, to) => {
    const { world, passAt, another } = await begin(open, from, { timeZone, cron: '30 2 * * *' });
    const other = another();
    for (let at = Date.parse(from); at <= Date.parse(to); at += 900_000) {
      await passAt(new Date(at).toISOString());
      await passAt(new Date(at + 1000).toISOString(), other);
    }
    expect(count(world)).toBe(1);
  });

  it.each([
    ['does not answer', (world: World) => world.slack.faults.goDown('refuse')],
    ['answers 503', (world: World) => world.slack.faults.goDown('unavailable')],
    [
      'limits the rate',
      (world: World) => world.slack.faults.plan('chat.postMessage', { retryAfterSeconds: 30 }, 1),
    ],
    [
      'lost the channel',
      (world: World) => world.slack.faults.plan('chat.postMessage', { error: 'is_archived' }),
    ],
  ])('posts one later when Slack %s', async (_, breakSlack) => {
    const { world, passAt } = await begin(open, '2026-11-24T20:00:00Z');
    breakSlack(world);
    await passAt('2026-11-25T09:00:00Z');
    world.slack.faults.comeUp();
    await passAt('2026-11-25T09:06:00Z');
    await passAt('2026-11-25T09:12:00Z');
    expect(count(world)).toBe(1);
  });

  it('waits as long as Slack says at a rate limit', async () => {
    const { world, passAt } = await begin(open, '2026-11-24T20:00:00Z');
    world.slack.faults.plan('chat.postMessage', { retryAfterSeconds: 30 }, 1);
    await passAt('2026-11-25T09:00:00Z');
    await passAt('2026-11-25T09:00:29Z');
    expect(world.slack.traffic.calls('chat.postMessage')).toHaveLength(1);
    await passAt('2026-11-25T09:00:30Z');
    expect(count(world)).toBe(1);
  });

  it('posts it later when the platform does not answer', async () => {
    let isDown = true;
    const world = await startWorld('2026-11-24T20:00:00Z');
    const { db } = await open();
    const listUsers = async () => {
      if (isDown) throw new Error('no answer');
      return world.users;
    };
    const service = new DigestService(world.parts(db, { listUsers }));
    await service.keepDigests();
    world.now = new Date('2026-11-25T09:00:00Z');
    await service.keepDigests();
    expect(count(world)).toBe(0);
    isDown = false;
    world.now = new Date('2026-11-25T09:00:30Z');
    await service.keepDigests();
    expect(count(world)).toBe(1);
  });

  it('gives up a digest that could not be posted for 12 hours, and tells its changes in the next', async () => {
    const { world, db, passAt } = await begin(open, '2026-11-24T20:00:00Z');
    await note(db, '2026-11-25T08:00:00Z', 'early@ex.co');
    world.slack.faults.goDown('unavailable');
    await passAt('2026-11-25T09:00:00Z');
    world.slack.faults.comeUp();
    await passAt('2026-11-25T21:00:01Z');
    expect(count(world)).toBe(0);
    await passAt('2026-11-26T09:00:00Z');
    expect(world.digests()[0]?.text).toContain('early@ex.co');
  });

  it('is quiet when nothing changed since the last, where that is wanted', async () => {
    const { world, db, passAt } = await begin(open, '2026-11-23T20:00:00Z', { whenUnchanged: false });
    await passAt('2026-11-24T09:00:00Z');
    await passAt('2026-11-25T09:00:00Z');
    expect(count(world)).toBe(1);
    await note(db, '2026-11-25T10:00:00Z', 'new@ex.co');
    await passAt('2026-11-26T09:00:00Z');
    expect(count(world)).toBe(2);
    world.users.push(plainUser(3));
    await passAt('2026-11-27T09:00:00Z');
    expect(count(world)).toBe(3);
  });

  it('never posts without an expression', async () => {
    const { world, passAt } = await begin(open, '2026-11-24T20:00:00Z', { cron: '' });
    await passAt('2026-11-25T09:00:00Z');
    expect(count(world)).toBe(0);
  });
});

const note = (db: Db, at: string, label: string): Promise<void> =>
  appendAudit(db, {
    at: new Date(at),
    changeId: undefined,
    event: 'applied',
    actor: 'U0ADA',
    requester: 'U0ADA',
    subjects: [{ userId: label, label }],
    reason: '',
    before: 'inactive',
    after: 'active',
    outcome: 'Activated.',
    once: label,
  });
