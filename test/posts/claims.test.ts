import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/start-slack.ts';
import { connect } from '../../src/db/connect.ts';
import type { Db } from '../../src/db/tables.ts';
import { DigestService } from '../../src/digest/digest-service.ts';
import { askForHome, claimViewer } from '../../src/home/viewer-store.ts';
import { namesOf } from '../../src/license/seats.ts';
import { ClaimLost } from '../../src/posts/claim.ts';
import { keepPosts, type PostParts } from '../../src/posts/keep-posts.ts';
import type { PostFaultPoint } from '../../src/posts/post.ts';
import { slackLogger } from '../../src/slack/log.ts';
import { createSlackClients } from '../../src/slack/slack-clients.ts';
import { warningPosts } from '../../src/watch/warning-posts.ts';
import { followMeter } from '../../src/watch/warning-store.ts';
import { startWorld as startDigests } from '../digest/support.ts';
import { describeOnDatabases } from '../support/databases.ts';

const CHANNEL = 'C0LICENSE';
const meter = (taken: number) => ({ kind: 'limited', taken, seats: 5, warnAt: 4 }) as const;

const running: SlackSandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((slack) => slack.stop()));
});

/** A point that a process reaches and where it sleeps until it is woken. */
function sleepAt(wanted: PostFaultPoint) {
  let fallenAsleep: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => {
    fallenAsleep = resolve;
  });
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const faultPoint = async (point: PostFaultPoint): Promise<void> => {
    if (point !== wanted) return;
    fallenAsleep();
    await awake;
  };
  return { faultPoint, asleep, wake: () => wake() };
}

describeOnDatabases('two processes with one message', (open) => {
  /** A warning that is due, and what each of two processes works with. */
  async function dueWarning() {
    let now = new Date('2026-11-25T12:00:00Z');
    const slack = await startSlack({ now: () => now });
    running.push(slack);
    const { db, url } = await open();
    await followMeter(db, { id: 1, before: 'free', meter: meter(4), channel: CHANNEL, beganAt: now });
    const log = pino({ level: 'silent' });
    const processOf = (own: Db, faultPoint: PostParts['faultPoint'] = async () => undefined) => {
      const { background: client } = createSlackClients(slack.botToken, slack.apiUrl, slackLogger(log));
      const parts = {
        db: own,
        client,
        log,
        now: () => now,
        leaseNow: () => now,
        newId: randomUUID,
        faultPoint,
      };
      const rules = {
        license: { edition: 'community', seats: 5, warnAt: 4 } as const,
        exempt: namesOf([]),
        administrators: '<@U0ADA>',
      };
      const kind = warningPosts(own, rules);
      return () => keepPosts(parts, kind);
    };
    return {
      db,
      url,
      processOf,
      later: (ms: number) => {
        now = new Date(now.getTime() + ms);
      },
      posts: () => slack.as('U0ADA').messages(CHANNEL),
      row: () => db.selectFrom('licenseWarning').selectAll().executeTakeFirstOrThrow(),
    };
  }

  it.each(['before_post', 'after_post'] as const)(
    'leave one live message, though the first slept %s for longer than its claim',
    async (point) => {
      const { url, processOf, later, posts, row, db } = await dueWarning();
      const own = connect(url, () => undefined);
      const sleeper = sleepAt(point);
      const first = processOf(own, sleeper.faultPoint)();
      await sleeper.asleep;
      later(31_000);
      const second = processOf(db);
      await second();
      sleeper.wake();
      await first;
      const standing = posts();
      expect(standing).toHaveLength(1);
      expect((await row()).ts).toBe(standing[0]?.ts);
      // The message that stands is the one that is rewritten.
      await followMeter(db, {
        id: 2,
        before: 'near',
        meter: meter(3),
        channel: CHANNEL,
        beganAt: new Date(),
      });
      await second();
      expect(posts().map(({ text }) => text)).toEqual([expect.stringContaining('3 of 5')]);
      await own.destroy();
    },
  );

  it('post a warning once though the license changes while one of them posts it', async () => {
    const { url, processOf, posts, row, db } = await dueWarning();
    const own = connect(url, () => undefined);
    const sleeper = sleepAt('after_post');
    const first = processOf(own, sleeper.faultPoint)();
    await sleeper.asleep;
    await followMeter(db, { id: 2, before: 'near', meter: meter(3), channel: CHANNEL, beganAt: new Date() });
    await processOf(db)();
    sleeper.wake();
    await first;
    await processOf(db)();
    expect(posts().map(({ text }) => text)).toEqual([expect.stringContaining('3 of 5')]);
    expect((await row()).shownRevision).toBe(1);
    await own.destroy();
  });

  it('post one digest for a slot, though the first read the instance for longer than its claim', async () => {
    const world = await startDigests('2026-11-24T20:00:00Z');
    const { db, url } = await open();
    const own = connect(url, () => undefined);
    let reading: () => void = () => undefined;
    const reads = new Promise<void>((resolve) => {
      reading = resolve;
    });
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow = new DigestService(
      world.parts(own, {
        listUsers: async () => {
          reading();
          await answered;
          return [...world.users];
        },
      }),
    );
    const quick = new DigestService(world.parts(db));
    await quick.keepDigests();
    world.now = new Date('2026-11-25T09:00:00Z');
    const first = slow.keepDigests();
    await reads;
    world.now = new Date('2026-11-25T09:01:01Z');
    await quick.keepDigests();
    answer();
    await first;
    const [standing, ...others] = world.digests();
    expect(others).toEqual([]);
    const run = await db.selectFrom('digestRun').selectAll().executeTakeFirstOrThrow();
    expect(run.ts).toBe(standing?.ts);
    await own.destroy();
  });

  it('record nothing about a Home that the other has by now', async () => {
    const { db } = await open();
    let at = new Date('2026-11-25T12:00:00Z');
    const terms = { leaseNow: () => at, newId: randomUUID };
    const opened = await askForHome(db, { userId: 'U0ADA', teamId: 'T0' }, at);
    const slept = await claimViewer(db, opened, terms);
    at = new Date(at.getTime() + 46_000);
    const viewer = await db.selectFrom('homeViewer').selectAll().executeTakeFirstOrThrow();
    const other = await claimViewer(db, viewer, terms);
    await expect(slept?.release({ shown: 'old', hash: 'old' })).rejects.toThrow(ClaimLost);
    await expect(slept?.remove()).rejects.toThrow(ClaimLost);
    await other?.release({ shown: 'new', hash: 'new' });
    expect(await db.selectFrom('homeViewer').select(['shown', 'hash']).execute()).toEqual([
      { shown: 'new', hash: 'new' },
    ]);
  });
});
