import { describe, expect, inject, it } from 'vitest';
import { rolesIn, workspaceNamed } from '../../support/workspaces.ts';
import { useSdk } from './sdk-under-test.ts';

describe.skipIf('missing' in inject('sdk'))("workspaces through the vendor's SDK", () => {
  const underTest = useSdk({});

  const idOf = (name: string): number => workspaceNamed(underTest().sandbox.state, name).id;

  const typesIn = (id: number) => {
    const { state } = underTest().sandbox;
    return rolesIn(state, state.workspace(id));
  };

  it('lists those that a platform administrator sees', async () => {
    const { sdk, sandbox } = underTest();
    const { value } = await sdk.call('list_workspaces');
    const names = [...sandbox.state.workspaces.values()].map(({ id, name }) => ({ id, name }));
    expect(value).toHaveLength(names.length);
    expect(value).toEqual(expect.arrayContaining(names));
  });

  it('reads a workspace with its members, models and pipelines', async () => {
    const { sdk, sandbox } = underTest();
    const id = idOf('fraud-models');
    const { value } = await sdk.call('workspace', id);
    const { name, archived, models, pipelines, members } = sandbox.state.workspace(id);
    expect(value).toMatchObject({ id, name, archived, models: models.length, pipelines: pipelines.length });
    expect(value.users.map((user: { id: string }) => user.id).sort()).toEqual(
      members.map(({ userId }) => userId).sort(),
    );
  });

  it('shows a member who is gone as removed', async () => {
    const { sdk, sandbox } = underTest();
    sandbox.state.removeUser('olga@ex.co');
    const { value } = await sdk.call('workspace', idOf('churn-forecast'));
    expect(value.users).toContain('Removed User');
  });

  it('creates one, adds a collaborator and an owner, and removes a member, as our client sees', async () => {
    const { sdk, client, sandbox } = underTest();
    const { value: id } = await sdk.call('create_workspace', 'from-the-sdk');
    expect((await sdk.call('add_user', id, 'olga@ex.co')).error).toBeUndefined();
    expect((await sdk.call('add_owner', id, 'mia@ex.co')).error).toBeUndefined();
    const caller = sandbox.account.username;
    expect(typesIn(id)).toEqual({ [caller]: 'OWNER', 'olga@ex.co': 'COLLABORATOR', 'mia@ex.co': 'OWNER' });
    const ofOlga = await client.workspacesOf(sandbox.state.user('olga@ex.co').id);
    const owners = [caller, 'mia@ex.co'].map((username) => sandbox.state.user(username).id);
    expect(ofOlga).toContainEqual({
      workspaceId: id,
      name: 'from-the-sdk',
      role: 'COLLABORATOR',
      otherOwners: 2,
      otherOwnerIds: expect.arrayContaining(owners),
    });
    expect((await sdk.call('remove_user', id, 'olga@ex.co')).error).toBeUndefined();
    expect(Object.keys(typesIn(id))).not.toContain('olga@ex.co');
  });

  describe.each([true, false])(
    'of which our client changes members (a repeat sets the role: %s)',
    (repeats) => {
      it('shows what it did, and our client what the SDK did', async () => {
        const { sdk, client, sandbox } = underTest();
        sandbox.setSwitches({ repeatSetsRole: repeats });
        const { value: id } = await sdk.call('create_workspace', `shared-${repeats}`);
        const [caller, olga, mia] = [sandbox.account.username, 'olga@ex.co', 'mia@ex.co'].map(
          (who) => sandbox.state.user(who).id,
        ) as [string, string, string];
        const sdkSees = async () => {
          const { value: types } = await sdk.call('members', id);
          const { value: workspace } = await sdk.call('workspace', id);
          expect(workspace.users.map((user: { id: string }) => user.id).sort()).toEqual(
            Object.keys(types).sort(),
          );
          return types;
        };
        const clientSees = async () =>
          Object.fromEntries(
            (await client.workspace(id))?.members.map(({ userId, role }) => [userId, role]) ?? [],
          );
        const bothSee = async (types: object) => {
          expect(await sdkSees()).toEqual(types);
          expect(await clientSees()).toEqual(types);
        };

        await client.setMembership(id, olga, 'COLLABORATOR');
        await bothSee({ [caller]: 'OWNER', [olga]: 'COLLABORATOR' });
        expect((await sdk.call('add_user', id, 'olga@ex.co')).error?.message).toContain('already exists');
        await client.setMembership(id, olga, 'OWNER');
        await bothSee({ [caller]: 'OWNER', [olga]: 'OWNER' });
        expect((await sdk.call('add_owner', id, 'mia@ex.co')).error).toBeUndefined();
        await bothSee({ [caller]: 'OWNER', [olga]: 'OWNER', [mia]: 'OWNER' });
        await client.setMembership(id, mia, 'COLLABORATOR');
        await bothSee({ [caller]: 'OWNER', [olga]: 'OWNER', [mia]: 'COLLABORATOR' });
        await client.setMembership(id, olga, undefined);
        expect((await sdk.call('remove_user', id, 'mia@ex.co')).error).toBeUndefined();
        await bothSee({ [caller]: 'OWNER' });
        const { value: listed } = await sdk.call('list_workspaces');
        const ours = (await client.workspaces()).map(({ id: one, name }) => ({ id: one, name }));
        expect(listed).toHaveLength(ours.length);
        expect(listed).toEqual(expect.arrayContaining(ours));
      });
    },
  );

  it('sends the types in small letters and the id beside the email, as our client does', async () => {
    const { sdk, client, sandbox } = underTest();
    const id = idOf('fraud-models');
    expect((await sdk.call('add_owner', id, 'olga@ex.co')).error).toBeUndefined();
    await client.setMembership(id, sandbox.state.user('mia@ex.co').id, 'OWNER');
    const bodies = sandbox.requests.filter(({ path }) => path.endsWith('/add_user')).map(({ body }) => body);
    const [ofSdk, ours] = bodies as [Record<string, unknown>, Record<string, unknown>];
    const { url: _, ...rest } = ofSdk;
    const { id: mia, email } = sandbox.state.user('mia@ex.co');
    expect(ours).toEqual({ ...rest, user_id: mia, email });
  });

  it('does not add somebody unknown, nor a member twice', async () => {
    const { sdk } = underTest();
    const id = idOf('fraud-models');
    expect((await sdk.call('add_user', id, 'nobody@ex.co')).error?.type).toBe('EntityNotFoundError');
    expect((await sdk.call('add_user', id, 'olga@ex.co')).error).toBeUndefined();
    expect((await sdk.call('add_user', id, 'olga@ex.co')).error?.message).toContain('already exists');
  });

  it('finds or makes the default workspace', async () => {
    const { sdk, sandbox } = underTest();
    const name = `${sandbox.account.username} - Default Workspace`;
    expect((await sdk.call('current_workspace')).value).toMatchObject({ id: idOf(name), name });
    sandbox.state.updateWorkspace(idOf(name), { name: 'renamed' });
    await sdk.call('forget_sign_in');
    const { value: made } = await sdk.call('current_workspace');
    expect(made).toMatchObject({ id: idOf(name), name, users: [{ username: sandbox.account.username }] });
  });

  it('meets the fault of a default workspace whose name is taken (contract §7.4)', async () => {
    const { sdk, sandbox } = underTest();
    // To the SDK everybody without an email is `admin@keycloak`.
    sandbox.state.addWorkspace('admin@keycloak - Default Workspace', sandbox.state.user('admin').id);
    sandbox.state.updateUser(sandbox.account.username, { email: undefined });
    const { error } = await sdk.call('current_workspace');
    expect(error?.message).toContain('insert to table "workspace" affects zero rows');
  });
});
