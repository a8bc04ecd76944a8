import { expect, test } from 'vitest';
import { ask, askModal } from './acting.ts';
import { approve, dmSaying, expectNoLiveButtons, request, saying } from './requests.ts';
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
        /The bot cannot sign in to Wallaroo: .* Before \d\d:\d\d UTC/,
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

test('a change that fails as the bot cannot sign in says when it may, and not that the bot tries the change again', async () => {
  const world = await startWorld();
  const { wallaroo } = world;
  const card = await request(world, people.mia, '/wallaroo activate ada@ex.co');
  // It can read yet, but needs another token as it writes.
  wallaroo.faults.set('keycloak.users.put', { status: 401 });
  const body = { error: 'invalid_grant', error_description: 'Invalid user credentials' };
  wallaroo.faults.set('token', { status: 401, body });
  await approve(world, people.ben, card);
  const failed = await saying(world, card, 'Failed after approval');
  for (const { text } of [failed, await dmSaying(world, people.mia, 'Failed')]) {
    expect(text).toMatch(/cannot sign in to Wallaroo: .* Before \d\d:\d\d UTC it does not sign in again/);
    expect(text).not.toMatch(/tries again|Retrying/);
  }
  expect(failed.buttons).toEqual(['Try again']);
  expect(world.isActive('ada@ex.co')).toBe(false);
  await expectNoLiveButtons(world);
});
