import { describe, expect, test } from 'vitest';
import type { Json } from '../../sandbox/slack/json.ts';
import { issueTrigger } from '../../sandbox/slack/triggers.ts';
import { ask, askModal, messageNow, submit } from '../flows/acting.ts';
import { filledModal, LICENSE, people, startWorld, type World } from '../flows/world.ts';

/** What Slack sent last, as it would send it again. */
function lastSent({ slack }: World): Json {
  const sent = slack.traffic.of('envelope').at(-1);
  if (sent === undefined) throw new Error('nothing was sent');
  return structuredClone(sent.payload);
}

const digests = ({ slack }: World) =>
  slack.traffic.calls('chat.postMessage').filter(({ args }) => String(args.text).includes('license digest'));

describe.each(['socket', 'http'] as const)('what Slack delivers twice over %s', (transport) => {
  test('posts one digest, and the next one that is asked for', async () => {
    const world = await startWorld({ transport });
    await ask(world, people.ada, '/wallaroo digest');
    const sent = lastSent(world);
    await world.slack.deliver(sent);
    await world.bot.settled();
    expect(digests(world)).toHaveLength(1);
    // Another trigger is another wish, though every word is the same.
    await world.slack.deliver({ ...sent, trigger_id: issueTrigger(world.slack.workspace, people.ada) });
    await world.bot.settled();
    expect(digests(world)).toHaveLength(2);
  });

  test('opens one modal, and complains of nothing', async () => {
    const world = await startWorld({ transport });
    const { slack } = world;
    await askModal(world, people.ada, '/wallaroo deactivate testuser');
    await slack.deliver(lastSent(world));
    await world.bot.settled();
    expect(slack.traffic.calls('views.open')).toHaveLength(1);
    expect(slack.as(people.ada).messages(LICENSE)).toEqual([]);
    expect((await filledModal(world, people.ada)).submit).toBe('Deactivate');
  });

  test('turns a list by one page', async () => {
    const world = await startWorld({ transport });
    const { slack } = world;
    const list = await ask(world, people.ada, '/wallaroo users');
    await slack.as(people.ada).press(list, 'Next');
    await slack.until(() => messageNow(world, people.ada, list).text.includes('page 2'));
    const before = slack.traffic.of('response_url').length;
    await slack.deliver(lastSent(world));
    await world.bot.settled();
    expect(slack.traffic.of('response_url')).toHaveLength(before);
  });

  test('changes a user once, and shows what came of it', async () => {
    const world = await startWorld({ transport });
    const { slack, wallaroo } = world;
    await askModal(world, people.ada, '/wallaroo deactivate testuser');
    const result = await submit(world, people.ada);
    await slack.deliver(lastSent(world));
    await world.bot.settled();
    expect(slack.textOf(await filledModal(world, people.ada))).toBe(slack.textOf(result));
    expect(wallaroo.requests.filter(({ endpoint }) => endpoint === 'keycloak.users.put')).toHaveLength(1);
  });
});

test('a press is carried out although Slack closes the socket before it hears of the acknowledgement', async () => {
  const world = await startWorld();
  const { slack } = world;
  const typed = slack
    .as(people.ada)
    .type(LICENSE, '/wallaroo digest')
    .catch(() => undefined);
  slack.disconnect('refresh_requested');
  await slack.until(() => digests(world).length === 1);
  await slack.connected();
  await slack.deliver(lastSent(world));
  await typed;
  await world.bot.settled();
  expect(digests(world)).toHaveLength(1);
});
