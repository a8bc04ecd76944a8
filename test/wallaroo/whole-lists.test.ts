import { describe, expect, it } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import { KnownUsers } from '../../src/wallaroo/known-users.ts';
import { readUsers } from './read-users.ts';
import { failure, idOf, limitFor, start } from './support.ts';

const now = new Date('2026-03-02T10:00:00Z');
const refused = { status: 403 } as const;

/** Whom a strict list of the sandbox has, by username. */
const everyone = (sandbox: Awaited<ReturnType<typeof start>>['sandbox']): readonly string[] =>
  [...sandbox.state.users.values()]
    .filter(({ serviceAccount }) => !serviceAccount)
    .map(({ username }) => username)
    .sort();

describe("a list without the bot's own account", () => {
  it.each(['none', 'half-without-caller'] as const)(
    'is refused as not understood after two repetitions (%s)',
    async (queryShows) => {
      const { client, sandbox, asked, waits } = await start({}, { switches: { queryShows } });
      const error = await failure(client.listUsers());
      expect(error).toMatchObject({ name: 'WallarooUnreadable', code: 'partial_list', retryable: true });
      expect(error.userMessage).toContain('not understood');
      expect(asked('users.query')).toBe(3);
      expect(waits).toEqual([375, 750]);
      sandbox.setSwitches({ queryShows: 'all' });
      expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
    },
  );

  it('is refused through the API of the platform as well', async () => {
    const { client } = await start({ usersVia: 'api' }, { switches: { queryShows: 'none' } });
    expect(await failure(client.listUsers())).toMatchObject({ code: 'partial_list' });
  });

  it('is asked for again, and believed once it is whole', async () => {
    const { client, sandbox, asked } = await start({}, { switches: { queryShows: 'none' } });
    sandbox.on('response', ({ endpoint }) => {
      if (endpoint === 'users.query' && asked('users.query') === 2)
        sandbox.setSwitches({ queryShows: 'all' });
    });
    expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
  });
});

describe('a list that lacks others', () => {
  it.each(['keycloak', 'api'] as const)("is completed from Keycloak's (%s)", async (usersVia) => {
    const { client, sandbox } = await start({ usersVia }, { switches: { queryShows: 'half' } });
    expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
  });

  it('is refused where Keycloak counts more and lists none', async () => {
    const { client, sandbox } = await start({}, { switches: { queryShows: 'half' } });
    sandbox.faults.set('keycloak.users.list', refused);
    expect(await failure(client.listUsers())).toMatchObject({ code: 'partial_list' });
  });

  it('is refused where nobody counts, when somebody of the last list is still there', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('keycloak.users.count', refused);
    await client.listUsers();
    sandbox.setSwitches({ queryShows: 'half' });
    const error = await failure(client.listUsers({ fresh: true }));
    expect(error).toMatchObject({ code: 'partial_list' });
    expect(error.message).toContain('by id');
  });

  it('is believed where nobody counts, when those of the last list are gone', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('keycloak.users.count', refused);
    await client.listUsers();
    sandbox.state.removeUser('steve');
    const users = await client.listUsers({ fresh: true });
    expect(users.map(({ username }) => username)).toEqual(everyone(sandbox));
  });

  it('is no shorter for service accounts that Keycloak counts and lists nowhere', async () => {
    const { client, sandbox, asked } = await start({}, { switches: { countsServiceAccounts: true } });
    await client.listUsers();
    await client.listUsers({ fresh: true });
    expect((await client.listUsers({ fresh: true })).length).toBe(everyone(sandbox).length);
    // Once their number is known, nobody walks through the pages again.
    expect(asked('keycloak.users.list')).toBeLessThanOrEqual(2);
    sandbox.setSwitches({ queryShows: 'half' });
    expect((await client.listUsers({ fresh: true })).length).toBe(everyone(sandbox).length);
  });
});

describe("Keycloak's list", () => {
  const seed = enterpriseSeed({ users: 1200, now });
  const pages = ({ requests }: Awaited<ReturnType<typeof start>>['sandbox']) =>
    requests
      .filter(({ endpoint }) => endpoint === 'keycloak.users.list')
      .map(({ query }) => Object.fromEntries(new URLSearchParams(query)));

  it('is asked for briefly, a thousand at most at a time', async () => {
    const { client, sandbox } = await start({}, { seed, switches: { queryLimit: 100 } });
    expect(await client.listUsers()).toHaveLength(everyone(sandbox).length);
    const brief = { briefRepresentation: 'true', max: '1000' };
    expect(pages(sandbox)).toEqual(['0', '999', '1199'].map((first) => ({ ...brief, first })));
  });

  it.each([
    { pages: 'of-100', asked: 14 },
    { pages: 'everyone', asked: 2 },
  ] as const)(
    'is read to its end whatever size a page may have: $pages',
    async ({ pages: how, asked: times }) => {
      const { client, sandbox, asked } = await start({}, { seed, switches: { queryLimit: 100, pages: how } });
      expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
      expect(asked('keycloak.users.list')).toBe(times);
    },
  );

  it('is not believed where every page is the beginning', async () => {
    const switches = { queryLimit: 100, pages: 'beginning' } as const;
    const { client, asked } = await start({}, { seed, switches });
    expect(await failure(client.listUsers())).toMatchObject({ code: 'list_cut' });
    expect(asked('keycloak.users.list')).toBe(2);
  });

  it.each([
    { where: 'at the beginning', leave: 0, much: 40, join: 0 },
    { where: 'at the end of the page', leave: 998, much: 2, join: 0 },
    { where: 'and others come', leave: 10, much: 3, join: 5 },
    { where: 'and there is no page any more', leave: 990, much: 209, join: 0 },
    { where: 'more than a step back', leave: 0, much: 180, join: 0 },
  ])('misses nobody where people leave between two pages: $where', async ({ leave, much, join }) => {
    const { client, sandbox } = await start({}, { seed, switches: { queryLimit: 100 } });
    const names = everyone(sandbox).filter((name) => name !== sandbox.account.username);
    sandbox.on('response', ({ endpoint }) => {
      if (endpoint !== 'keycloak.users.list' || pages(sandbox).length !== 1) return;
      for (const name of names.slice(leave, leave + much)) sandbox.state.removeUser(name);
      for (let number = 0; number < join; number += 1)
        sandbox.state.addUser({ username: `aa-${number}`, enabled: true });
    });
    const listed = (await client.listUsers()).map(({ username }) => username);
    const stayed = everyone(sandbox).filter((name) => !name.startsWith('aa-'));
    expect(stayed.filter((name) => !listed.includes(name))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it.each([{ malformed: true }, { cutAfterApply: true }, { status: 504 }, { hang: true }])(
    'comes in smaller pages after one that breaks off or never comes, from then on: %o',
    async (fault) => {
      const { client, sandbox } = await start(limitFor('hang' in fault), {
        seed,
        switches: { queryLimit: 100 },
      });
      sandbox.faults.set('keycloak.users.list', { ...fault, times: 1 });
      expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
      const sizes = () => [...new Set(pages(sandbox).map(({ max }) => max))];
      expect(sizes()).toEqual(['1000', '250']);
      const before = pages(sandbox).length;
      await client.listUsers({ fresh: true });
      expect(
        new Set(
          pages(sandbox)
            .slice(before)
            .map(({ max }) => max),
        ),
      ).toEqual(new Set(['250']));
    },
  );

  it('comes in full pages again after ten minutes', async () => {
    const { client, clock, sandbox } = await start({}, { seed, switches: { queryLimit: 100 } });
    sandbox.faults.set('keycloak.users.list', { malformed: true, times: 1 });
    await client.listUsers();
    clock.advanceSeconds(600);
    const before = pages(sandbox).length;
    await client.listUsers();
    expect(pages(sandbox)[before]).toMatchObject({ first: '0', max: '1000' });
  });

  it('that never comes through is told, after its smallest page was tried, and no reason for small pages', async () => {
    const { client, sandbox } = await start({}, { seed, switches: { queryLimit: 100 } });
    sandbox.faults.set('keycloak.users.list', { malformed: true });
    expect(await failure(client.listUsers())).toMatchObject({ code: 'malformed' });
    expect(pages(sandbox).at(-1)?.max).toBe('100');
    sandbox.faults.clear('keycloak.users.list');
    const before = pages(sandbox).length;
    await client.listUsers();
    expect(pages(sandbox)[before]?.max).toBe('1000');
  });
});

describe('null in place of a user', () => {
  it('is told apart from users', () => {
    const map = { a: null, b: { id: 'b', username: 'b', enabled: true } };
    expect(readUsers(new KnownUsers(), map).empty).toEqual(['a']);
  });
});

it("refuses a user under another's id, who would be counted twice", () => {
  const user = { id: 'b', username: 'b', enabled: true };
  const read = () => readUsers(new KnownUsers(), { a: user, b: user });
  expect(read).toThrow(expect.objectContaining({ code: 'another_user' }));
});

describe('a list that may end at a hundred', () => {
  const cut = (count: number) => ({
    seed: enterpriseSeed({ users: count, now }),
    switches: { queryLimit: 100 },
  });

  it('is completed through the API, too, where Keycloak lists users', async () => {
    const { client, sandbox } = await start({ usersVia: 'api' }, cut(150));
    expect((await client.listUsers()).map(({ username }) => username)).toEqual(everyone(sandbox));
  });

  it.each([
    ['keycloak', 150],
    ['api', 150],
    ['api', 100],
  ] as const)('counts nobody where Keycloak refuses to (%s, %i users)', async (usersVia, count) => {
    const { client, sandbox } = await start({ usersVia }, cut(count));
    sandbox.faults.set('keycloak.users.count', refused);
    sandbox.faults.set('keycloak.users.list', refused);
    const error = await failure(client.listUsers());
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'list_cut', retryable: false });
    expect(error.userMessage).toContain('view-users');
    expect(await client.listUsers({ evenIfCut: true })).toHaveLength(100);
  });

  it('is whole where Keycloak counts as many', async () => {
    const { client, sandbox } = await start({ usersVia: 'api' }, cut(100));
    sandbox.faults.set('keycloak.users.list', refused);
    const people = everyone(sandbox).length;
    sandbox.setSwitches({ queryLimit: null });
    for (const name of everyone(sandbox)
      .filter((one) => one !== sandbox.account.username)
      .slice(0, people - 100))
      sandbox.state.removeUser(name);
    expect(await client.listUsers()).toHaveLength(100);
  });

  it('proves nothing by the count of an account that may not view users', async () => {
    const { client, sandbox } = await start(
      { usersVia: 'api' },
      { ...cut(150), switches: { queryLimit: 100, apiActsAsCaller: false } },
    );
    sandbox.state.updateUser(sandbox.account.username, { realmRoles: [], managementRoles: ['query-users'] });
    expect(await failure(client.listUsers())).toMatchObject({ code: 'list_cut' });
  });
});

describe('the user who was asked for', () => {
  it('is refused as not understood when another is answered, and nothing is written', async () => {
    const { client, sandbox, asked } = await start({}, { switches: { getAnswers: 'another' } });
    const id = idOf(sandbox, 'steve');
    expect(await failure(client.getUser(id))).toMatchObject({
      name: 'WallarooUnreadable',
      code: 'another_user',
    });
    expect(await failure(client.setUserEnabled(id, false))).toMatchObject({ code: 'another_user' });
    expect(asked('keycloak.users.put')).toBe(0);
  });

  it('is not confirmed by the reading of another after the write', async () => {
    const { client, sandbox } = await start();
    sandbox.on('response', ({ endpoint }) => {
      if (endpoint === 'keycloak.users.put') sandbox.setSwitches({ getAnswers: 'another' });
    });
    expect(await failure(client.setUserEnabled(idOf(sandbox, 'steve'), false))).toMatchObject({
      code: 'outcome_unknown',
    });
  });
});
