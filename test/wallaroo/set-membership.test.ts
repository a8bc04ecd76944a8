import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterpriseSeed } from '../../sandbox/wallaroo/seeds/enterprise-seed.ts';
import type { WorkspaceRole } from '../../src/wallaroo/user.ts';
import { failure, idOf, limitFor, type Started, start } from './support.ts';

/** GraphQL's answer where what is asked for is not offered; the sandbox has no fault that answers 200. */
const notOffered = {
  status: 400,
  body: { errors: [{ message: 'no', extensions: { path: '$', code: 'validation-failed' } }] },
};

interface Scene extends Started {
  readonly id: number;
  /** What everybody is in the workspace now, by username. */
  types(): Record<string, string | null>;
}

/** Among so many users, members are asked for by id. */
const MANY_USERS = 1200;
const manyUsers = enterpriseSeed({ users: MANY_USERS, now: new Date('2026-03-02T10:00:00Z') });

/** A workspace `shared`: olga owns it, mia collaborates. Its twin has the same name and no collaborator. */
async function scene(
  clientOptions: Parameters<typeof start>[0] = {},
  wallarooOptions: Parameters<typeof start>[1] = {},
  many = false,
): Promise<Scene> {
  const started = await start(clientOptions, { ...wallarooOptions, ...(many ? { seed: manyUsers } : {}) });
  if (many) expect(await started.client.listUsers()).toHaveLength(MANY_USERS);
  const { state } = started.sandbox;
  const { id } = state.addWorkspace('shared', state.user('olga@ex.co').id);
  state.addWorkspace('shared', state.user('olga@ex.co').id);
  state.setMember(id, state.user('mia@ex.co').id, 'COLLABORATOR');
  const types = () =>
    Object.fromEntries(
      state
        .workspace(id)
        .members.map(({ userId, userType }) => [state.users.get(userId)?.username ?? userId, userType]),
    );
  return { ...started, id, types };
}

const before = { 'olga@ex.co': 'OWNER', 'mia@ex.co': 'COLLABORATOR' };

const platforms = [true, false].flatMap((repeatSetsRole) =>
  [true, false].flatMap((offered) => [true, false].map((many) => ({ repeatSetsRole, offered, many }))),
);

describe.each(platforms)(
  'a membership (repeat sets the role: $repeatSetsRole, GraphQL: $offered, many users: $many)',
  (platform) => {
    const begin = async (switches = {}): Promise<Scene> => {
      const { repeatSetsRole, offered, many } = platform;
      const begun = await scene({}, { switches: { repeatSetsRole, ...switches } }, many);
      if (!offered) begun.sandbox.faults.set('graphql', notOffered);
      return begun;
    };

    it.each([
      ['steve', 'OWNER', { ...before, steve: 'OWNER' }],
      ['steve', 'COLLABORATOR', { ...before, steve: 'COLLABORATOR' }],
      ['mia@ex.co', 'OWNER', { ...before, 'mia@ex.co': 'OWNER' }],
      ['olga@ex.co', 'COLLABORATOR', { ...before, 'olga@ex.co': 'COLLABORATOR' }],
      ['mia@ex.co', undefined, { 'olga@ex.co': 'OWNER' }],
      ['robot', 'OWNER', { ...before, robot: 'OWNER' }],
    ] as const)('%s becomes %s, and nobody else changes', async (who, role, types) => {
      const { client, sandbox, ...shared } = await begin();
      const twin = sandbox.state.workspace(shared.id + 1);
      const userId = idOf(sandbox, who);
      const { before: was, after } = await client.setMembership(shared.id, userId, role);
      expect(shared.types()).toEqual(types);
      expect(sandbox.state.workspace(shared.id + 1)).toEqual(twin);
      expect(was.members).toHaveLength(2);
      expect(after.members.find((member) => member.userId === userId)?.role).toBe(role);
      expect(after.members.every(({ user }) => user !== undefined)).toBe(true);
    });

    it.each([
      ['olga@ex.co', 'OWNER'],
      ['mia@ex.co', 'COLLABORATOR'],
      ['steve', undefined],
    ] as const)('of %s as %s needs no write', async (who, role) => {
      const { client, sandbox, id, asked } = await begin();
      const { before: was, after } = await client.setMembership(id, idOf(sandbox, who), role);
      expect(after).toEqual(was);
      expect(asked('workspaces.add_user') + asked('workspaces.remove_user')).toBe(0);
    });

    it('goes back and forth through every place', async () => {
      const { client, sandbox, id, types } = await begin();
      const places: (WorkspaceRole | undefined)[] = ['OWNER', 'COLLABORATOR', undefined];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...places), { maxLength: 5 }), async (roles) => {
          for (const role of roles) {
            await client.setMembership(id, idOf(sandbox, 'steve'), role);
            expect(types()).toEqual(role === undefined ? before : { ...before, steve: role });
          }
        }),
        { numRuns: 4 },
      );
    });

    it('asks for leave right before each write, and writes nothing without', async () => {
      const { client, sandbox, id, types } = await begin();
      const lost = new Error('the lock is lost');
      const noLeave = () => Promise.reject(lost);
      for (const [who, role] of [
        ['steve', 'OWNER'],
        ['mia@ex.co', 'OWNER'],
        ['mia@ex.co', undefined],
      ] as const)
        await expect(client.setMembership(id, idOf(sandbox, who), role, noLeave)).rejects.toBe(lost);
      expect(types()).toEqual(before);
      let leaves = 0;
      const count = async () => {
        leaves += 1;
      };
      await client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER', count);
      const writes = sandbox.requests.filter(({ path }) => /\/(add|remove)_user$/.test(path));
      expect(leaves).toBe(writes.length);
    });

    it.each([{ cutAfterApply: true }, { malformed: true }])(
      'is found by reading back when the answer is lost: %j',
      async (fault) => {
        const { client, sandbox, id, types, asked } = await begin();
        sandbox.faults.set('workspaces.add_user', fault);
        sandbox.faults.set('workspaces.remove_user', fault);
        await client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER');
        await client.setMembership(id, idOf(sandbox, 'mia@ex.co'), undefined);
        expect(types()).toEqual({ 'olga@ex.co': 'OWNER', steve: 'OWNER' });
        expect([asked('workspaces.add_user'), asked('workspaces.remove_user')]).toEqual([1, 1]);
      },
    );

    it('is unknown when the answer is lost and nothing can be read', async () => {
      const { client, sandbox, id } = await begin();
      sandbox.faults.set('workspaces.add_user', { cutAfterApply: true });
      sandbox.on('request', ({ endpoint }) => {
        if (endpoint !== 'workspaces.add_user') return;
        sandbox.faults.set('graphql', { status: 502 });
        sandbox.faults.set('workspaces.list', { status: 502 });
        sandbox.faults.set('workspaces.list_users', { status: 502 });
      });
      expect(await failure(client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER'))).toMatchObject({
        name: 'WallarooUnreachable',
        code: 'outcome_unknown',
      });
    });

    it.each([
      [{ cut: true }, 'unreachable'],
      [{ status: 502 }, 'platform_error'],
      [{ status: 403 }, 'missing_workspace_permission'],
      [{ status: 400 }, 'invalid_request'],
      [{ status: 429 }, 'rate_limited'],
    ])('rejects after one attempt that did nothing: %j', async (fault, code) => {
      const { client, sandbox, id, types, asked } = await begin();
      sandbox.faults.set('workspaces.add_user', fault);
      sandbox.faults.set('workspaces.remove_user', fault);
      expect(await failure(client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER'))).toMatchObject({
        code,
      });
      expect(await failure(client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER'))).toMatchObject({
        code,
      });
      expect(await failure(client.setMembership(id, idOf(sandbox, 'mia@ex.co'), undefined))).toMatchObject({
        code,
      });
      expect(types()).toEqual(before);
      expect([asked('workspaces.add_user'), asked('workspaces.remove_user')]).toEqual([2, 1]);
    });

    it('refuses an unknown workspace and an unknown user', async () => {
      const { client, sandbox, id } = await begin();
      const unknown = '00000000-0000-4000-8000-000000000000';
      expect(await failure(client.setMembership(4711, idOf(sandbox, 'steve'), 'OWNER'))).toMatchObject({
        code: 'unknown_workspace',
      });
      expect(await failure(client.setMembership(id, unknown, 'OWNER'))).toMatchObject({ code: 'not_found' });
    });

    it.each([undefined, 'COLLABORATOR'] as const)(
      'of the only OWNER becomes %s, or the platform keeps them and says so',
      async (role) => {
        const { client, sandbox, id, types } = await begin({ keepLastOwner: true });
        const olga = idOf(sandbox, 'olga@ex.co');
        const change = client.setMembership(id, olga, role);
        // Where a repeat leaves the role, the platform's rule is met at the removal.
        expect(await failure(change)).toMatchObject({ name: 'WallarooRefused', code: 'last_owner' });
        expect(types()).toEqual(before);
        await client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER');
        await client.setMembership(id, olga, role);
        expect(types()).toEqual({
          'mia@ex.co': 'OWNER',
          ...(role === undefined ? {} : { 'olga@ex.co': role }),
        });
      },
    );
  },
);

it.each([
  [true, 0],
  [false, 2],
])('is set among many users (%s) with %d lists of all', async (many, lists) => {
  const { client, sandbox, id } = await scene({}, {}, many);
  const begun = sandbox.requests.length;
  const { after } = await client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER');
  expect((await client.workspace(id))?.members).toEqual(after.members);
  const ofAll = sandbox.requests
    .slice(begun)
    .filter(({ endpoint, body }) => endpoint === 'users.query' && !/user_ids/.test(JSON.stringify(body)));
  expect(ofAll).toHaveLength(lists);
});

describe('among many users, a platform that tells of fewer by id than it is asked for', () => {
  it.each(['keycloak', 'api'] as const)('takes nobody for deleted (users via %s)', async (usersVia) => {
    const { client, sandbox, id } = await scene({ usersVia }, { switches: { idsLimit: 1 } }, true);
    const { before: was } = await client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER');
    expect(was.members.map(({ user }) => user?.username)).toEqual(['olga@ex.co', 'mia@ex.co']);
    expect((await client.usersNow([idOf(sandbox, 'mia@ex.co'), idOf(sandbox, 'steve')])).length).toBe(2);
  });

  it('changes nothing where nobody can say who the members are', async () => {
    const { client, sandbox, id } = await scene({}, {}, true);
    for (const userId of [...sandbox.state.users.keys()].slice(20, 40))
      sandbox.state.setMember(id, userId, 'COLLABORATOR');
    const { members } = sandbox.state.workspace(id);
    sandbox.setSwitches({ idsLimit: 0, queryShows: 'none' });
    const error = await failure(client.setMembership(id, idOf(sandbox, 'olga@ex.co'), undefined));
    expect(error).toMatchObject({ code: 'partial_list' });
    expect(sandbox.state.workspace(id).members).toEqual(members);
  });
});

it('lists nobody for a member who was removed from Keycloak, among many users', async () => {
  const { client, sandbox, id } = await scene({}, {}, true);
  sandbox.state.removeUser(idOf(sandbox, 'mia@ex.co'));
  const begun = sandbox.requests.length;
  const workspace = await client.workspace(id);
  expect(workspace?.members.map(({ user }) => user?.username)).toEqual(['olga@ex.co', undefined]);
  const asked = sandbox.requests.slice(begun).map(({ endpoint }) => endpoint);
  expect(asked).toEqual(['graphql', 'users.query', 'keycloak.users.get']);
});

describe('a platform that leaves the role of who is added again', () => {
  const begin = () => scene({}, { switches: { repeatSetsRole: false } });

  it('gets a removal and an addition', async () => {
    const { client, sandbox, id, asked } = await begin();
    await client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER');
    expect([asked('workspaces.add_user'), asked('workspaces.remove_user')]).toEqual([2, 1]);
  });

  it.each([
    [{ status: 400 }, 'invalid_request'],
    [{ status: 502 }, 'platform_error'],
    [{ cut: true }, 'unreachable'],
  ])('gets the removal taken back when the addition fails: %j', async (fault, code) => {
    const { client, sandbox, id, types } = await begin();
    sandbox.faults.set('workspaces.add_user', { ...fault, skip: 1, times: 1 });
    expect(await failure(client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER'))).toMatchObject({
      code,
    });
    expect(types()).toEqual(before);
  });

  it('says so when they stay out', async () => {
    const { client, sandbox, id, types } = await begin();
    sandbox.faults.set('workspaces.add_user', { status: 400, skip: 1 });
    expect(await failure(client.setMembership(id, idOf(sandbox, 'mia@ex.co'), 'OWNER'))).toMatchObject({
      name: 'WallarooRefused',
      code: 'membership_lost',
    });
    expect(types()).toEqual({ 'olga@ex.co': 'OWNER' });
  });
});

it('rejects when a write that did nothing is not answered in time', async () => {
  const { client, sandbox, id, types } = await scene(limitFor(true));
  sandbox.faults.set('workspaces.add_user', { hang: true });
  expect(await failure(client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER'))).toMatchObject({
    code: 'timeout',
  });
  expect(types()).toEqual(before);
});

describe('who is removed from Keycloak', () => {
  it('is taken out even though the API finds no such user', async () => {
    const { client, sandbox, id, types } = await scene();
    const mia = idOf(sandbox, 'mia@ex.co');
    sandbox.state.removeUser(mia);
    const { before: was, after } = await client.setMembership(id, mia, undefined);
    expect(was.members.find(({ userId }) => userId === mia)?.user).toBeUndefined();
    expect(after.members).toHaveLength(1);
    expect(types()).toEqual({ 'olga@ex.co': 'OWNER' });
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'a workspace needs at least one owner', 'last_owner'],
    [403, 'cannot demote the last owner', 'last_owner'],
    [403, 'only an owner may do this', 'missing_workspace_permission'],
    [500, 'the owner service is down', 'platform_error'],
  ])('of the only OWNER, with %s and "%s"', async (status, msg, code) => {
    const { client, sandbox, id, types } = await scene();
    for (const endpoint of ['workspaces.add_user', 'workspaces.remove_user'] as const)
      sandbox.faults.set(endpoint, { status, body: { msg, code: status } });
    const olga = idOf(sandbox, 'olga@ex.co');
    for (const role of ['COLLABORATOR', undefined] as const)
      expect(await failure(client.setMembership(id, olga, role))).toMatchObject({ code });
    expect(types()).toEqual(before);
  });
});

describe.each([{ many: false }, { many: true }])(
  'a platform that goes by the email (many users: $many)',
  ({ many }) => {
    it('and does not find who has none, says what is missing', async () => {
      const { client, sandbox, id, types } = await scene({}, {}, many);
      const msg = 'Failed to find user in Keycloak: No user was found in Keycloak.';
      sandbox.faults.set('workspaces.add_user', { status: 500, body: { msg, code: 500 } });
      const error = await failure(client.setMembership(id, idOf(sandbox, 'robot'), 'OWNER'));
      expect(error).toMatchObject({
        code: 'not_found',
        userMessage: expect.stringContaining('this account has none'),
      });
      expect(types()).toEqual(before);
    });

    it.each(['email', 'part-of-email'] as const)('and takes the right one by %s', async (memberMatching) => {
      const { client, sandbox, id, types } = await scene({}, { switches: { memberMatching } }, many);
      await client.setMembership(id, idOf(sandbox, 'asteve@ex.co'), 'OWNER');
      await client.setMembership(id, idOf(sandbox, 'mia@ex.co'), undefined);
      expect(types()).toEqual({ 'olga@ex.co': 'OWNER', 'asteve@ex.co': 'OWNER' });
    });

    it.each([undefined, 'OWNER'] as const)(
      'and takes another one, has that put back (who was %s)',
      async (role) => {
        const { client, sandbox, id, types } = await scene(
          {},
          { switches: { memberMatching: 'part-of-email' } },
          many,
        );
        if (role !== undefined) sandbox.state.setMember(id, idOf(sandbox, 'asteve@ex.co'), role);
        const was = types();
        const error = await failure(client.setMembership(id, idOf(sandbox, 'steve'), 'COLLABORATOR'));
        expect(error).toMatchObject({ name: 'WallarooRefused', code: 'wrong_member_changed' });
        expect(types()).toEqual(was);
      },
    );
  },
);

describe('an account without the realm role admin', () => {
  const powers = { realmRoles: [], managementRoles: ['manage-users', 'view-users', 'query-users'] };

  it.each([
    ['seen', undefined],
    ['owned', 'missing_workspace_permission'],
    ['none', 'missing_workspace_permission'],
  ] as const)('that sees all and may change those %s', async (ordinaryChanges, code) => {
    const switches = { ordinarySees: 'all' as const, ordinaryChanges };
    const { client, sandbox, id, types } = await scene({}, { switches });
    sandbox.state.updateUser('chatops@ex.co', powers);
    const change = client.setMembership(id, idOf(sandbox, 'steve'), 'OWNER');
    if (code === undefined) await change;
    else expect(await failure(change)).toMatchObject({ code });
    expect(types()).toEqual(code === undefined ? { ...before, steve: 'OWNER' } : before);
  });

  it('that sees only its own, changes those that it owns', async () => {
    const { client, sandbox, id } = await scene();
    const { id: own } = sandbox.state.addWorkspace('own', idOf(sandbox, 'chatops@ex.co'));
    sandbox.state.updateUser('chatops@ex.co', powers);
    const steve = idOf(sandbox, 'steve');
    expect(await failure(client.setMembership(id, steve, 'OWNER'))).toMatchObject({
      code: 'unknown_workspace',
    });
    const { after } = await client.setMembership(own, steve, 'OWNER');
    expect(after.members).toHaveLength(2);
  });
});
