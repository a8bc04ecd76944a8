import { expect, test } from 'vitest';
import { ask, askModal } from './acting.ts';
import { GENERAL, people, startWorld } from './world.ts';

test('ten commands, Home and all passes make one sign-in with a wrong password; a restart makes the next', async () => {
  const world = await startWorld({
    settings: { WALLAROO_PASSWORD: 'wrong', WATCH_INTERVAL: '1s', DIGEST_CRON: '* * * * *' },
  });
  const { slack, wallaroo } = world;
  const signIns = () => wallaroo.requests.filter(({ endpoint }) => endpoint === 'token').length;
  for (const person of [people.ada, people.ben, people.mia])
    for (const command of ['/wallaroo users', '/wallaroo user steve', '/wallaroo license'])
      expect((await ask(world, person, command)).text, command).toMatch(
        /The bot cannot sign in to Wallaroo: .* at \d\d:\d\d UTC/,
      );
  const modal = await askModal(world, people.ada, '/wallaroo activate nora@ex.co');
  expect(modal.text).toContain('cannot sign in');
  await slack.as(people.ada).close('all');
  await slack.as(people.ada).openHome();
  await slack.until(() => slack.as(people.ada).home()?.text.includes('cannot sign in'));
  world.advance(90_000);
  await world.bot.settled();
  expect(signIns()).toBe(1);
  await world.bot.stop();
  await world.startAnother({ settings: { WALLAROO_PASSWORD: wallaroo.account.password } });
  expect((await ask(world, people.ada, '/wallaroo users', GENERAL)).text).toContain('page 1 of');
  expect(signIns()).toBe(2);
});
