import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { marked } from '../support/harmless.ts';
import { ask, askModal, submit } from './acting.ts';
import { people, startWorld } from './world.ts';

/** What somebody may have called themselves to look like something else, or to break what shows it. */
const names = [
  '<!channel> <@U0ADA> <https://evil.example|click>',
  '*bold* _it_ ~st~ `code` ```block```',
  ':rotating_light: &lt;!here&gt;',
  '\u202egnirts\u202c \u0000\u001b[31m',
  'x'.repeat(10_000),
  '"\\'.repeat(2000),
  '😀'.repeat(800),
  '',
] as const;

test.each(names.map((name) => [name.slice(0, 20), name]))(
  'a user called %j is listed, shown, switched, exchanged and told of; Slack takes all of it',
  async (_, plain) => {
    const name = plain === '' ? '' : marked(plain);
    const world = await startWorld({ settings: { PROTECTED_USERS: 'steve' } });
    const { slack, wallaroo } = world;
    const odd = wallaroo.state.addUser({
      // As one of a directory has it.
      id: `f:${randomUUID()}:odd`,
      username: name || 'empty',
      email: name,
      firstName: name,
      lastName: name,
      enabled: false,
    });
    wallaroo.state.addWorkspace(`${name.slice(0, 500)} `, odd.id);
    for (const command of ['users inactive', `user ${odd.id}`, 'license', 'help'])
      await ask(world, people.ada, `/wallaroo ${command}`);
    expect((await askModal(world, people.ada, `/wallaroo activate ${odd.id} for 7d`)).submit).toBe(
      'Activate',
    );
    expect((await submit(world, people.ada)).text).toContain('is now active.');
    // Whom nobody can find is told of with the nearest, and who is active already is not invited.
    await slack.as(people.ada).close('all');
    const near = await askModal(world, people.ada, `/wallaroo deactivate ${name.slice(0, 60)}x, steve`);
    expect(near.title).not.toBe('Loading…');
    // Every seat is taken by now, and the odd one is among those to choose from.
    expect((await askModal(world, people.ada, '/wallaroo activate nora')).text).toContain(
      'Every seat is taken',
    );
    expect(
      (await askModal(world, people.mia, `/wallaroo swap ${odd.id} nora ${name.slice(0, 300)}`)).submit,
    ).toBe('Send request');
    await slack.as(people.mia).fill('Reason', name.slice(0, 2900) || 'why');
    expect((await submit(world, people.mia)).text).toContain('Request sent');
    for (const command of ['requests', 'audit', 'license'])
      await ask(world, people.ada, `/wallaroo ${command}`);
    await world.bot.settled();
    await slack.as(people.ada).openHome();
    await world.bot.settled();
    const calls = slack.traffic.calls().filter(({ answer }) => answer.ok === false);
    // Nobody in Slack has such an email: an ordinary answer.
    const refused = calls.filter(({ answer }) => answer.error !== 'users_not_found');
    expect(refused.map(({ method, answer }) => [method, answer])).toEqual([]);
    expect(slack.traffic.of('response_url').filter(({ status }) => status !== 200)).toEqual([]);
    expect(world.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
    expect(wallaroo.state.user(odd.id)).toEqual({
      ...odd,
      // Keycloak keeps no empty email.
      email: odd.email || undefined,
      enabled: true,
    });
  },
);
