import { expect, test } from 'vitest';
import { ask, askModal, submit } from './acting.ts';
import { LICENSE, people, startWorld } from './world.ts';

/** What must stand nowhere: passwords, tokens of both sides, what opens modals and posts answers. */
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;

test('no password and no token is ever logged or shown, whatever goes wrong', async () => {
  const world = await startWorld();
  const { slack, wallaroo } = world;
  let echoed = '';
  wallaroo.on('request', ({ endpoint, body }) => {
    if (endpoint === 'users.invite') echoed = JSON.stringify(body);
  });
  await askModal(world, people.ada, '/wallaroo invite newcomer@ex.co');
  expect((await submit(world, people.ada)).text).toContain('is invited');
  const newcomer = wallaroo.state.user('newcomer@ex.co');
  await askModal(world, people.ada, '/wallaroo deactivate testuser');
  await submit(world, people.ada);
  for (const fault of [{ malformed: true }, { cut: true }] as const) {
    for (const endpoint of ['token', 'users.query', 'keycloak.users.get'] as const)
      wallaroo.faults.set(endpoint, fault);
    wallaroo.revokeSessions();
    await ask(world, people.ada, '/wallaroo license', LICENSE);
    await askModal(world, people.ada, '/wallaroo activate nora');
    wallaroo.faults.clear();
  }
  slack.faults.plan('views.open', { status: 500 }, 3);
  await ask(world, people.ada, '/wallaroo activate nora');
  await world.bot.settled();
  expect(echoed).not.toContain('password');
  const secrets = [
    wallaroo.account.password,
    newcomer.password,
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
  ];
  const shown = slack.traffic
    .calls()
    .map(({ args }) => JSON.stringify({ ...args, token: undefined }))
    .concat(slack.traffic.of('response_url').map(({ args }) => JSON.stringify(args)));
  for (const text of [JSON.stringify(world.logs), ...shown]) {
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(JWT);
  }
});
