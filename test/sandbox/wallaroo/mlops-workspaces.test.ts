import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import { type Answer, type Caller, logIn, recorded, shapeOf } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
});

afterEach(() => wallaroo.stop());

const idOf = (who: string) => wallaroo.state.user(who).id;
const names = ({ body }: Answer): string[] =>
  body.workspaces.map(({ name }: { name: string }) => name).sort();
const replied = ({ status, body }: Answer) => ({ status, body });

test('the list as recorded, created_by in its three forms (contract §6.1)', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => admin.api('workspaces/list', {})));
  const [first] = answers;
  const [was] = recorded('workspaces-list.json').workspaces;
  expect(shapeOf(first?.body.workspaces[0])).toEqual(shapeOf(was));
  const creators = answers.flatMap(({ body }) =>
    body.workspaces.map((it: { created_by: string }) => it.created_by),
  );
  expect(creators).toContain('');
  expect(creators).toContain('steve@ex.co');
  expect(creators).toContain(idOf('steve'));
});

test('an administrator sees all workspaces, anyone else their own', async () => {
  const steve = await logIn(wallaroo, 'steve');
  expect(names(await admin.api('workspaces/list', {}))).toHaveLength(wallaroo.state.workspaces.size);
  expect(names(await steve.api('workspaces/list', {}))).toEqual([
    'churn-forecast',
    'fraud-models',
    'old-experiments',
    'steve@ex.co - Default Workspace',
  ]);
});

test('the user filter is ignored as recorded, or heeded', async () => {
  const olga = { user_id: idOf('olga@ex.co') };
  expect(names(await admin.api('workspaces/list', olga))).toHaveLength(wallaroo.state.workspaces.size);
  wallaroo.switches.workspaceFilter = 'applied';
  expect(names(await admin.api('workspaces/list', olga))).toEqual([
    'churn-forecast',
    'olga@ex.co - Default Workspace',
  ]);
});

test('create, list_users, add_user and remove_user answer as recorded (contract §6.2-6.5)', async () => {
  const created = await admin.api('workspaces/create', { workspace_name: 'testapiworkspace-curl' });
  expect(shapeOf(created.body)).toEqual(shapeOf(recorded('workspaces-create-200.json')));
  const workspace_id = created.body.workspace_id;
  const steve = { email: 'steve@ex.co', workspace_id };
  const empty = { status: 200, body: recorded('workspaces-add-user-200.json') };
  expect(replied(await admin.api('workspaces/add_user', steve))).toEqual(empty);
  expect(replied(await admin.api('workspaces/add_user', steve))).toEqual(empty);
  const { body } = await admin.api('workspaces/list_users', { workspace_id });
  expect(shapeOf(body.users[0])).toEqual(shapeOf(recorded('workspaces-list-users.json').users[0]));
  expect(body.users).toEqual([
    { user_id: idOf('chatops@ex.co'), user_type: 'OWNER' },
    { user_id: idOf('steve'), user_type: 'COLLABORATOR' },
  ]);
  const removal = () => admin.api('workspaces/remove_user', steve);
  expect((await removal()).body).toEqual(recorded('workspaces-remove-user-200.json'));
  expect((await removal()).body).toEqual(recorded('workspaces-remove-user-200-not-member.json'));
});

test.each(['add', 'remove'])('%s_user with an unknown email is the recorded 500', async (action) => {
  const answer = await admin.api(`workspaces/${action}_user`, { email: 'nobody@ex.co', workspace_id: 1 });
  const body = recorded(`workspaces-${action}-user-500-unknown-user.json`);
  expect(replied(answer)).toEqual({ status: 500, body });
});

test('adding a member as owner makes them one', async () => {
  const { id } = wallaroo.state.addWorkspace('shared', idOf('olga@ex.co'));
  await admin.api('workspaces/add_user', { user_id: idOf('steve'), workspace_id: id, user_type: 'OWNER' });
  expect(wallaroo.state.workspace(id).members.map(({ userType }) => userType)).toEqual(['OWNER', 'OWNER']);
});

test('names are checked and unique, and the last owner may be held', async () => {
  expect((await admin.api('workspaces/create', { workspace_name: 'No Good' })).status).toBe(400);
  expect((await admin.api('workspaces/create', { workspace_name: 'fraud-models' })).status).toBe(500);
  const { id } = wallaroo.state.addWorkspace('shared', idOf('olga@ex.co'));
  wallaroo.switches.keepLastOwner = true;
  const olga = { user_id: idOf('olga@ex.co'), workspace_id: id };
  expect((await admin.api('workspaces/remove_user', olga)).status).toBe(500);
  expect(wallaroo.state.workspace(id).members).toHaveLength(1);
});
