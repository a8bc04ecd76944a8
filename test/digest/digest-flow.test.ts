import { expect, test } from 'vitest';
import { communitySeed } from '../../sandbox/wallaroo/seeds/community-seed.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';

const IDLE = 'testuser@wallaroo.ai';

const digestIn = ({ slack }: World) =>
  slack
    .as(people.ada)
    .messages(LICENSE)
    .find(({ isEphemeral, text }) => !isEphemeral && text.includes('license digest'));

test('a suggestion opens the same confirmation as the command, and the digest follows what comes of it', async () => {
  const world = await startWorld({ wallaroo: { seed: communitySeed({ seatsTaken: 4 }) } });
  const { slack } = world;
  const ada = slack.as(people.ada);
  await ada.type(LICENSE, '/wallaroo digest');
  const digest = await slack.until(() => digestIn(world));
  expect(digest.text).toContain('4 of 5 seats');
  expect(digest.text).toMatch(/steve@ex\.co: username and email differ · .*open in Keycloak/);
  await ada.press(digest, { near: IDLE, label: 'Deactivate…' });
  const modal = await filledModal(world, people.ada);
  expect(modal.submit).toBe('Deactivate');
  expect(slack.textOf(modal)).toContain(IDLE);
  expect(world.isActive(IDLE)).toBe(true);
  await ada.submit();
  const redrawn = await slack.until(() => {
    const now = digestIn(world);
    return now?.text.includes('3 of 5 seats') ? now : undefined;
  });
  expect(world.isActive(IDLE)).toBe(false);
  expect(redrawn.text).not.toContain(IDLE);
});

test('a member can only ask for what a digest suggests', async () => {
  const world = await startWorld();
  const { slack } = world;
  await slack.as(people.ada).type(LICENSE, '/wallaroo digest');
  const digest = await slack.until(() => digestIn(world));
  await slack.as(people.mia).press(digest, { near: IDLE, label: 'Deactivate…' });
  expect((await filledModal(world, people.mia)).submit).toBe('Send request');
});

test('two bots post one digest on schedule', async () => {
  const world = await startWorld({ settings: { DIGEST_CRON: '0 9 * * *' } });
  const second = await world.startAnother();
  await Promise.all([world.bot.settled(), second.settled()]);
  const untilNineMs = Date.parse(`${tomorrow(world.now())}T09:00:01Z`) - world.now().getTime();
  world.advance(untilNineMs);
  await Promise.all([world.bot.settled(), second.settled()]);
  await world.slack.until(() => digestIn(world));
  const posts = world.slack.traffic
    .calls('chat.postMessage')
    .filter(({ args }) => String(args.text).includes('license digest'));
  expect(posts).toHaveLength(1);
});

const tomorrow = (now: Date): string => new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
