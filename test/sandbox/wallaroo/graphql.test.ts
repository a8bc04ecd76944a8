import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { Caller, logIn } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
});

afterEach(() => wallaroo.stop());

const idOf = (who: string) => wallaroo.state.user(who).id;

const workspacesOf = `query ($userId: String!) {
  workspace(
    where: { users: { user_id: { _eq: $userId } }, archived: { _eq: false } }, order_by: { id: asc }
  ) { name users(where: { user_id: { _eq: $userId } }) { user_type } }
}`;

describe('queries (contract §7.2, §7.3)', () => {
  test("finds a user's workspaces with their type, archived ones left out", async () => {
    const { body } = await admin.graphql(workspacesOf, { userId: idOf('steve') });
    expect(body).toEqual({
      data: {
        workspace: [
          { name: 'steve@ex.co - Default Workspace', users: [{ user_type: 'OWNER' }] },
          { name: 'fraud-models', users: [{ user_type: 'OWNER' }] },
          { name: 'churn-forecast', users: [{ user_type: 'COLLABORATOR' }] },
        ],
      },
    });
  });

  test('an ordinary user sees only their own', async () => {
    const steve = await logIn(wallaroo, 'steve');
    const { body } = await steve.graphql(workspacesOf, { userId: idOf('olga@ex.co') });
    expect(body.data.workspace.map((it: { name: string }) => it.name)).toEqual(['churn-forecast']);
  });

  test('by key, by member row, by default workspace', async () => {
    const query = `query ($id: bigint!, $userId: String!) {
      workspace_by_pk(id: $id) { id models { models { id } } pipelines { id } }
      workspace_users(where: { user_id: { _eq: $userId } }, order_by: { workspace_id: desc }, limit: 1) {
        user_type workspace { name }
      }
      user_default_workspace(where: { user_id: { _eq: $userId } }) { workspace { name } }
    }`;
    const id = [...wallaroo.state.workspaces.values()].find(({ name }) => name === 'fraud-models')?.id;
    const { body } = await admin.graphql(query, { id: `${id}`, userId: idOf('olga@ex.co') });
    expect(body.data).toEqual({
      workspace_by_pk: {
        id,
        models: [{ models: [{ id: 1 }] }, { models: [{ id: 2 }] }],
        pipelines: [{ id: 1 }],
      },
      workspace_users: [{ user_type: 'OWNER', workspace: { name: 'churn-forecast' } }],
      user_default_workspace: [{ workspace: { name: 'olga@ex.co - Default Workspace' } }],
    });
  });

  test('combines conditions as Hasura does', async () => {
    const names = async (where: string) => {
      const { body } = await admin.graphql(
        `{ workspace(where: ${where}, order_by: { name: asc }) { name } }`,
      );
      return body.data.workspace.map((it: { name: string }) => it.name);
    };
    expect(await names('{ _or: [{ name: { _eq: "fraud-models" } }, { archived: { _eq: true } }] }')).toEqual([
      'fraud-models',
      'old-experiments',
    ]);
    expect(await names('{ name: { _ilike: "%MODELS" }, _not: { archived: { _eq: true } } }')).toEqual([
      'fraud-models',
    ]);
    expect(await names('{ users: { user_type: { _is_null: true } } }')).toEqual(['platform-tests']);
    expect(
      await names(
        `{ users: { user_id: { _in: ["${idOf('ivan@ex.co')}"] }, user_type: { _eq: "COLLABORATOR" } } }`,
      ),
    ).toEqual(['old-experiments']);
  });

  test('answers introspection with a valid schema', async () => {
    const { body } = await admin.graphql(getIntrospectionQuery());
    expect(buildClientSchema(body.data).getQueryType()?.name).toBe('query_root');
  });
});

describe('errors are HTTP 200 without data (contract §7.1)', () => {
  const failure = (code: string) => ({
    status: 200,
    body: { errors: [{ message: expect.any(String), extensions: { path: expect.any(String), code } }] },
  });

  test('an unknown field, broken syntax', async () => {
    expect(await admin.graphql('{ users { email } }')).toMatchObject(failure('validation-failed'));
    expect(await admin.graphql('{ workspace {')).toMatchObject(failure('validation-failed'));
  });

  test('a relation without filters, a missing root, where switched so', async () => {
    wallaroo.setSwitches({ relationFilters: false, memberRoot: false });
    expect(await admin.graphql(workspacesOf, { userId: 'x' })).toMatchObject(failure('validation-failed'));
    expect(await admin.graphql('{ workspace_users { id } }')).toMatchObject(failure('validation-failed'));
    expect((await admin.graphql('{ workspace { users { user_id } } }')).body).toHaveProperty('data');
  });

  test('no token, or garbage', async () => {
    expect(await new Caller(wallaroo.url).graphql('{ workspace { id } }')).toMatchObject(
      failure('invalid-headers'),
    );
    const garbage = new Caller(wallaroo.url, 'garbage');
    const answer = await garbage.graphql('{ workspace { id } }');
    expect(answer).toMatchObject(failure('invalid-jwt'));
    expect(answer.body).not.toHaveProperty('data');
  });
});

describe('mutations (contract §7.2)', () => {
  const insert = `mutation ($name: String!, $userId: String!) {
    insert_workspace_one(
      object: { name: $name, users: { data: [{ user_id: $userId, user_type: "OWNER" }] } }
      on_conflict: { constraint: workspace_name_key, update_columns: [] }
    ) { name users { user_id user_type } }
  }`;

  test('inserts a workspace with its member', async () => {
    const { body } = await admin.graphql(insert, { name: 'x - Default Workspace', userId: idOf('steve') });
    expect(body.data.insert_workspace_one).toEqual({
      name: 'x - Default Workspace',
      users: [{ user_id: idOf('steve'), user_type: 'OWNER' }],
    });
  });

  test('a default workspace whose name exists is the fault of users without a proper email (§7.4)', async () => {
    wallaroo.state.addWorkspace('admin@keycloak - Default Workspace', idOf('admin'));
    const variables = { name: 'admin@keycloak - Default Workspace', userId: idOf('robot') };
    expect(await admin.graphql(insert, variables)).toMatchObject({
      status: 200,
      body: {
        errors: [
          {
            message:
              'cannot proceed to insert array relations since insert to table "workspace" affects zero rows',
            extensions: { path: '$.selectionSet.insert_workspace_one.args.object[0]', code: 'not-supported' },
          },
        ],
      },
    });
  });

  test('changes the type of a member on conflict, and deletes with a count', async () => {
    const { id } = wallaroo.state.addWorkspace('shared', idOf('olga@ex.co'));
    const add = `mutation ($id: bigint!, $userId: String!) {
      insert_workspace_users_one(
        object: { workspace_id: $id, user_id: $userId, user_type: "COLLABORATOR" }
        on_conflict: { constraint: workspace_users_workspace_id_user_id_key, update_columns: [user_type] }
      ) { user_type }
    }`;
    await admin.graphql(add, { id, userId: idOf('olga@ex.co') });
    expect(wallaroo.state.workspace(id).members).toMatchObject([{ userType: 'COLLABORATOR' }]);
    const remove = `mutation ($id: bigint!) {
      delete_workspace_users(where: { workspace_id: { _eq: $id } }) { affected_rows }
    }`;
    expect((await admin.graphql(remove, { id })).body.data.delete_workspace_users.affected_rows).toBe(1);
    expect((await admin.graphql(remove, { id })).body.data.delete_workspace_users.affected_rows).toBe(0);
  });

  test('an ordinary user changes no workspace that is not theirs', async () => {
    const steve = await logIn(wallaroo, 'steve');
    const { id } = wallaroo.state.addWorkspace('shared', idOf('olga@ex.co'));
    const add = `mutation ($id: bigint!, $userId: String!) {
      insert_workspace_users_one(object: { workspace_id: $id, user_id: $userId, user_type: "OWNER" }) { id }
    }`;
    const { body } = await steve.graphql(add, { id, userId: idOf('steve') });
    expect(body.errors[0].extensions.code).toBe('permission-error');
    expect(wallaroo.state.workspace(id).members).toHaveLength(1);
  });
});
