import { describe, expect, it } from 'vitest';
import { activeOwners, memberIn } from '../../src/wallaroo/workspace.ts';
import { failure, idOf, start } from './support.ts';

const workspaceId = (sandbox: Awaited<ReturnType<typeof start>>['sandbox'], name: string): number =>
  [...sandbox.state.workspaces.values()].find((one) => one.name === name)?.id ?? 0;

/** GraphQL's answer where what is asked for is not offered; the sandbox has no fault that answers 200. */
const notOffered = {
  status: 400,
  body: { errors: [{ message: 'no', extensions: { path: '$', code: 'validation-failed' } }] },
};

describe.each([true, false])('workspaces with their members (GraphQL offers them: %s)', (offered) => {
  const begin = async () => {
    const started = await start();
    if (!offered) started.sandbox.faults.set('graphql', notOffered);
    return started;
  };

  it('come by name and id, archived and default ones marked', async () => {
    const { client, sandbox } = await begin();
    const olga = idOf(sandbox, 'olga@ex.co');
    const twin = sandbox.state.addWorkspace('fraud-models', olga);
    const all = await client.workspaces();
    expect(all.map(({ id }) => id).sort()).toEqual([...sandbox.state.workspaces.keys()].sort());
    expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).toSorted());
    const named = (name: string) => all.filter((workspace) => workspace.name === name);
    expect(named('fraud-models').map(({ id }) => id)).toEqual([
      workspaceId(sandbox, 'fraud-models'),
      twin.id,
    ]);
    expect(named('old-experiments')).toMatchObject([{ archived: true, isDefault: false }]);
    expect(named('steve@ex.co - Default Workspace')).toMatchObject([{ archived: false, isDefault: true }]);
  });

  it('are those of one user on demand', async () => {
    const { client, sandbox } = await begin();
    const found = await client.workspaces({ memberId: idOf(sandbox, 'steve') });
    expect(found.map(({ name }) => name)).toEqual([
      'churn-forecast',
      'fraud-models',
      'old-experiments',
      'steve@ex.co - Default Workspace',
    ]);
  });

  it('tell who is a member, as what, and who is active', async () => {
    const { client, sandbox } = await begin();
    const id = workspaceId(sandbox, 'churn-forecast');
    const found = await client.workspace(id);
    if (found === undefined) throw new Error('no workspace');
    expect(found.members.map(({ user, role }) => [user?.username, role])).toEqual([
      ['olga@ex.co', 'OWNER'],
      ['mia@ex.co', 'COLLABORATOR'],
      ['steve', 'COLLABORATOR'],
    ]);
    expect(memberIn(found, idOf(sandbox, 'steve'))?.role).toBe('COLLABORATOR');
    expect(memberIn(found, 'nobody')).toBeUndefined();
    // Olga is deactivated in this seed.
    expect(activeOwners(found)).toEqual([]);
    sandbox.state.setEnabled('olga@ex.co', true);
    const now = await client.workspace(id);
    expect(now && activeOwners(now).map(({ user }) => user?.username)).toEqual(['olga@ex.co']);
  });

  it('show who is removed from Keycloak without a user, and a service account with one', async () => {
    const { client, sandbox } = await begin();
    const id = workspaceId(sandbox, 'churn-forecast');
    const olga = idOf(sandbox, 'olga@ex.co');
    sandbox.state.removeUser(olga);
    sandbox.state.setMember(id, idOf(sandbox, 'service-account-api-client'), 'OWNER');
    const found = await client.workspace(id);
    expect(found?.members.map(({ user, userId }) => user?.username ?? userId)).toEqual([
      'service-account-api-client',
      'mia@ex.co',
      'steve',
      olga,
    ]);
    expect(found && activeOwners(found)).toHaveLength(1);
  });

  it('are none where there is no such workspace, or the account does not see it', async () => {
    const { client, sandbox } = await begin();
    sandbox.state.updateUser('chatops@ex.co', { realmRoles: [], managementRoles: ['manage-users'] });
    expect(await client.workspace(4711)).toBeUndefined();
    expect(await client.workspace(workspaceId(sandbox, 'fraud-models'))).toBeUndefined();
  });
});

describe('workspaces of an instance that cannot be asked', () => {
  it('are no empty list', async () => {
    const { client, sandbox } = await start();
    sandbox.faults.set('graphql', { status: 502 });
    expect(await failure(client.workspaces())).toMatchObject({ code: 'platform_error' });
  });
});
