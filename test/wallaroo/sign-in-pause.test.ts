import { describe, expect, it } from 'vitest';
import { failure, start } from './support.ts';

/** Ten calls of all kinds, one after the other. */
async function tenCalls({ client, sandbox }: Awaited<ReturnType<typeof start>>): Promise<readonly string[]> {
  const id = sandbox.state.user('steve').id;
  const codes: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    codes.push((await failure(client.account())).code);
    codes.push((await failure(client.listUsers({ fresh: true }))).code);
    codes.push((await failure(client.getUser(id))).code);
    codes.push((await failure(client.setUserEnabled(id, false))).code);
    codes.push((await failure(client.workspacesOf(id))).code);
  }
  return codes;
}

const allWrong = Array.from({ length: 10 }, () => 'wrong_password');

describe('a password that is not accepted', () => {
  it.each(['21', '26'] as const)(
    'is tried once in five minutes, whatever is asked (Keycloak %s)',
    async (release) => {
      const started = await start({ password: 'wrong' }, { switches: { keycloakRelease: release } });
      const { clock, asked } = started;
      expect(await tenCalls(started)).toEqual(allWrong);
      expect(asked('token')).toBe(1);
      clock.advanceSeconds(299);
      expect(await tenCalls(started)).toEqual(allWrong);
      expect(asked('token')).toBe(1);
      clock.advanceSeconds(1);
      expect(await tenCalls(started)).toEqual(allWrong);
      expect(asked('token')).toBe(2);
    },
  );

  it('is told with the time of the next try', async () => {
    const { client, clock } = await start({
      password: 'wrong',
      now: () => new Date('2026-03-02T11:58:59Z'),
    });
    const first = await failure(client.account());
    expect(first.userMessage).toContain('cannot sign in to Wallaroo');
    expect(first.userMessage).toContain('Before 12:04 UTC');
    clock.advanceSeconds(200);
    expect((await failure(client.listUsers())).userMessage).toBe(first.userMessage);
  });

  it('is tried at once by a new client, as after a restart', async () => {
    const { client, connect, sandbox } = await start({ password: 'wrong' });
    await failure(client.account());
    expect((await connect({ password: sandbox.account.password }).account()).username).toBe('chatops@ex.co');
  });

  it('costs one request even where a refresh token is left', async () => {
    const started = await start();
    const { client, sandbox, clock, asked } = started;
    await client.account();
    sandbox.state.updateUser(sandbox.account.username, { password: 'changed' });
    sandbox.revokeSessions();
    clock.advanceSeconds(55);
    await tenCalls(started);
    expect(asked('token')).toBe(3);
  });
});

it('leaves a locked account alone, and signs in once the lock and the pause are over', async () => {
  const started = await start();
  const { client, sandbox, clock, asked } = started;
  sandbox.state.updateUser(sandbox.account.username, { locked: true });
  expect(await tenCalls(started)).toEqual(allWrong);
  expect(asked('token')).toBe(1);
  sandbox.state.updateUser(sandbox.account.username, { locked: false });
  clock.advanceSeconds(300);
  expect((await client.account()).username).toBe('chatops@ex.co');
});

it('knows a lock by its name, too', async () => {
  const { client, sandbox, asked } = await start();
  const body = { error: 'invalid_grant', error_description: 'Account temporarily disabled' };
  sandbox.faults.set('token', { status: 400, body });
  expect(await failure(client.account())).toMatchObject({ code: 'wrong_password' });
  await failure(client.account());
  expect(asked('token')).toBe(1);
});

it.each([
  ['a disabled account', { enabled: false }],
  ['an account that is not set up', { requiredActions: ['UPDATE_PASSWORD'] }],
])('asks again at once for %s, which no lock counts', async (_name, change) => {
  const { client, sandbox } = await start();
  const { username } = sandbox.account;
  sandbox.state.updateUser(username, change);
  await failure(client.account());
  sandbox.state.updateUser(username, { enabled: true, requiredActions: [] });
  expect((await client.account()).username).toBe('chatops@ex.co');
});
