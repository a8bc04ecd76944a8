import { describe, expect, it } from 'vitest';
import { failure, idOf, start } from './support.ts';

const steves = [
  { name: 'churn-forecast', role: 'COLLABORATOR', otherOwners: 1 },
  { name: 'fraud-models', role: 'OWNER', otherOwners: 0 },
  { name: 'steve@ex.co - Default Workspace', role: 'OWNER', otherOwners: 0 },
];

describe("a user's workspaces", () => {
  it.each([true, false])(
    'come by name with role and other owners (relation filters: %s)',
    async (relationFilters) => {
      const { client, sandbox, asked } = await start({}, { switches: { relationFilters } });
      expect(await client.workspacesOf(idOf(sandbox, 'steve'))).toMatchObject(steves);
      expect(asked('graphql')).toBe(1);
    },
  );

  it.each(['validation-failed', 'permission-error', 'not-supported'])(
    'are sought among all where the filter is refused (%s)',
    async (code) => {
      const { client, sandbox, asked } = await start();
      const errors = [{ message: 'refused', extensions: { path: '$', code } }];
      sandbox.faults.set('graphql', { status: 400, body: { errors }, times: 1 });
      expect(await client.workspacesOf(idOf(sandbox, 'steve'))).toMatchObject(steves);
      expect([asked('graphql'), asked('workspaces.list')]).toEqual([2, 0]);
    },
  );

  it('come from the API where GraphQL offers neither query', async () => {
    const { client, sandbox } = await start();
    const extensions = { path: '$', code: 'validation-failed' };
    const errors = [{ message: "field 'workspace' not found in type: 'query_root'", extensions }];
    // The sandbox has no fault that answers 200; errors of GraphQL count whatever the status.
    sandbox.faults.set('graphql', { status: 400, body: { errors } });
    expect(await client.workspacesOf(idOf(sandbox, 'steve'))).toMatchObject(steves);
  });

  it('know the types in small letters, as the SDK of the vendor sends them', async () => {
    const { client, sandbox } = await start();
    const [workspace] = [...sandbox.state.workspaces.values()].filter(
      ({ name }) => name === 'churn-forecast',
    );
    const members = (workspace?.members ?? []).map((member) => ({
      ...member,
      userType: member.userType?.toLowerCase() as 'OWNER',
    }));
    sandbox.state.updateWorkspace(workspace?.id ?? 0, { members });
    expect((await client.workspacesOf(idOf(sandbox, 'steve')))[0]).toMatchObject(steves[0] ?? {});
  });

  it('leave the role open where the platform does', async () => {
    const { client, sandbox } = await start();
    const [first] = await client.workspacesOf(idOf(sandbox, 'asteve@ex.co'));
    expect(first).toMatchObject({ name: 'asteve@ex.co - Default Workspace' });
    const tests = (await client.workspacesOf(idOf(sandbox, 'asteve@ex.co'))).at(-1);
    expect(tests).toMatchObject({ name: 'platform-tests', role: undefined, otherOwners: 2 });
  });

  it('are none for somebody who has none', async () => {
    const { client, sandbox } = await start();
    expect(await client.workspacesOf(idOf(sandbox, 'nora@ex.co'))).toEqual([]);
  });

  it("name the platform's known failure for accounts without a proper email", async () => {
    const { client, sandbox } = await start();
    const message =
      'cannot proceed to insert array relations since insert to table "workspace" affects zero rows';
    const path = '$.selectionSet.insert_workspace_one.args.object[0]';
    const errors = [{ message, extensions: { path, code: 'not-supported' } }];
    sandbox.faults.set('graphql', { status: 400, body: { errors } });
    const error = await failure(client.workspacesOf(idOf(sandbox, 'steve')));
    expect(error).toMatchObject({ name: 'WallarooRefused', code: 'improper_account' });
    expect(error.userMessage).toMatch(/email/);
  });
});

describe('recent workspaces, for menus', () => {
  it('are asked for once in five seconds, and again after a change', async () => {
    const { client, clock, sandbox, asked } = await start();
    const ask = () => client.workspaces({ recent: true });
    await Promise.all([ask(), ask()]);
    await ask();
    expect(asked('graphql')).toBe(1);
    clock.advanceSeconds(5);
    await ask();
    expect(asked('graphql')).toBe(2);
    await client.workspaces();
    expect(asked('graphql')).toBe(3);
    const { id } = (await ask()).find(({ name }) => name === 'churn-forecast') ?? { id: 0 };
    const mia = idOf(sandbox, 'mia@ex.co');
    await client.setMembership(id, mia, 'OWNER');
    const role = (await ask())
      .find((one) => one.id === id)
      ?.members.find(({ userId }) => userId === mia)?.role;
    expect(role).toBe('OWNER');
  });
});
