import { describe, expect, it } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { KnownUsers } from '../../src/wallaroo/known-users.ts';
import { lastSignInOf } from '../../src/wallaroo/user.ts';
import { readUsers } from './read-users.ts';
import { failure, idOf, start } from './support.ts';

describe('listing all users', () => {
  it('sorts by username and tells last sign-in and roles', async () => {
    const { client, sandbox } = await start();
    const users = await client.listUsers();
    const names = users.map(({ username }) => username);
    expect(names).toEqual([...names].sort());
    const byName = new Map(users.map((user) => [user.username, user]));
    const seen = sandbox.state.user('steve').lastLogin ?? 0;
    expect(byName.get('steve')?.lastSignInMs).toBe(seen);
    expect(byName.get('nora@ex.co')?.lastSignInMs).toBeNull();
    expect(byName.get('admin')).toMatchObject({ email: undefined, realmRoles: ['admin'] });
    expect(byName.get('steve')?.realmRoles).toEqual([]);
  });

  it.each(['2022', '2023'] as const)('takes the shape of %s, which tells neither', async (queryRelease) => {
    const { client } = await start({}, { switches: { queryRelease } });
    const users = await client.listUsers();
    expect(new Set(users.map((user) => lastSignInOf(user).kind))).toEqual(new Set(['unknown']));
    expect(users.every(({ realmRoles }) => realmRoles === undefined)).toBe(true);
  });

  it('skips null in place of a user, and takes missing and unknown fields', () => {
    const users = {
      a: null,
      b: { id: 'b', username: 'b', enabled: true, email: null, lastLogin: null, new: 1 },
    };
    const known = new KnownUsers();
    const read = () => readUsers(known, users).users;
    expect(read()).toMatchObject([{ id: 'b', email: undefined, lastSignInMs: null, requiredActions: [] }]);
    expect(read()).toBe(read());
  });

  it('names for the log whose record it cannot understand: of thousands nobody finds it', () => {
    const users = {
      a: { id: 'a', username: 'a', enabled: true },
      'b-7': { id: 'b-7', username: 'b', enabled: null },
    };
    expect(() => readUsers(new KnownUsers(), users)).toThrow(/users\/query: user b-7: .*enabled/);
  });

  it.each([
    [1e21, -9e15],
    [0, 0],
    [1_700_000_000, 1_764_000_000],
  ])('takes what is no date (%d, %d) as one that is not told', (createdTimestamp, lastLogin) => {
    const record = { id: 'a', username: 'a', enabled: true, createdTimestamp, lastLogin };
    const known = new KnownUsers();
    const [user] = readUsers(known, { a: record }).users;
    expect(user).toMatchObject({ createdMs: undefined, lastSignInMs: undefined, realmRoles: [] });
    // The same in other bytes.
    expect(readUsers(known, { a: { ...record, access: {} } }).users[0]).toBe(user);
  });

  it.each([
    [100, 250],
    [200, 250],
    [null, 300],
  ])('completes from Keycloak what the platform cuts off at %s of %i', async (queryLimit, count) => {
    const seed = enterpriseSeed({ users: count, now: new Date('2026-03-02T10:00:00Z') });
    const { client, sandbox } = await start({}, { seed, switches: { queryLimit } });
    const users = await client.listUsers();
    const people = [...sandbox.state.users.values()].filter(({ serviceAccount }) => !serviceAccount);
    expect(users.map(({ username }) => username)).toEqual(people.map(({ username }) => username).sort());
  });

  it('asks Keycloak for nothing but their number when the list cannot be cut off', async () => {
    const { client, sandbox } = await start();
    await client.listUsers();
    const keycloaks = sandbox.requests.filter(({ endpoint }) => endpoint.startsWith('keycloak.'));
    expect(keycloaks.map(({ endpoint }) => endpoint)).toEqual(['keycloak.users.count']);
  });

  it('shows at once every change between two lists, and only those', async () => {
    const { client, sandbox, clock } = await start();
    const first = await client.listUsers();
    clock.advanceSeconds(6);
    expect(await client.listUsers()).toEqual(first);
    const changes = [
      { enabled: false },
      { email: 'steven@ex.co' },
      { email: undefined },
      { emailVerified: false },
      { firstName: 'Stefan' },
      { lastName: undefined },
      { username: 'aaa' },
      { lastLogin: null },
      { lastLogin: 5 },
      { realmRoles: ['admin'] },
      { requiredActions: ['VERIFY_EMAIL'] },
      { createdTimestamp: 7 },
    ];
    const id = idOf(sandbox, 'steve');
    let before = await client.listUsers({ fresh: true });
    for (const change of changes) {
      sandbox.state.updateUser(id, change);
      const after = await client.listUsers({ fresh: true });
      expect(after.find((user) => user.id === id)).not.toEqual(before.find((user) => user.id === id));
      const others = (users: typeof after) => users.filter((user) => user.id !== id);
      expect(others(after)).toEqual(others(before));
      before = after;
    }
    sandbox.state.removeUser(id);
    expect((await client.listUsers({ fresh: true })).some((user) => user.id === id)).toBe(false);
    sandbox.state.addUser({ username: 'zoe', email: 'zoe@ex.co' });
    expect((await client.listUsers({ fresh: true })).at(-1)?.username).toBe('zoe');
  });
});

describe('sharing a list', () => {
  it('asks once for fifty concurrent callers and keeps the answer for five seconds', async () => {
    const { client, clock, asked } = await start();
    await Promise.all(Array.from({ length: 50 }, () => client.listUsers()));
    clock.advanceSeconds(4.9);
    await client.listUsers();
    expect(asked('users.query')).toBe(1);
    clock.advanceSeconds(0.2);
    await client.listUsers();
    expect(asked('users.query')).toBe(2);
  });

  it('asks again for who wants it fresh, sharing among those who do', async () => {
    const { client, asked } = await start();
    await client.listUsers();
    await Promise.all(Array.from({ length: 20 }, () => client.listUsers({ fresh: true })));
    expect(asked('users.query')).toBe(2);
  });

  it('never gives who wants it fresh a list begun before', async () => {
    const { client, sandbox } = await start();
    await client.account();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      sandbox.on('response', ({ endpoint }) => {
        if (endpoint !== 'users.query') return undefined;
        resolve();
        return held;
      });
    });
    const early = client.listUsers();
    await arrived;
    sandbox.state.setEnabled('steve', false);
    const fresh = client.listUsers({ fresh: true });
    release();
    const enabled = (users: Awaited<typeof fresh>) =>
      users.find(({ username }) => username === 'steve')?.enabled;
    expect([enabled(await early), enabled(await fresh)]).toEqual([true, false]);
  });

  it('does not keep a failure', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('users.query', { status: 400, times: 1 });
    await failure(client.listUsers());
    expect(await client.listUsers()).not.toHaveLength(0);
  });
});
