import { afterEach, beforeEach, expect, test } from 'vitest';
import { controlApi } from '../../../sandbox/wallaroo/control-api.ts';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';

let wallaroo: WallarooSandbox;
let app: ReturnType<typeof controlApi>;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  app = controlApi(wallaroo);
});

afterEach(() => wallaroo.stop());

const post = async (path: string, body: unknown) =>
  (await app.request(path, { method: 'POST', body: JSON.stringify(body) })).status;

test('shows users and seats, service accounts left out', async () => {
  const text = await (await app.request('/state')).text();
  const state = JSON.parse(text);
  expect(state.seats).toEqual({ taken: 4, limit: 5 });
  expect(state.users).toHaveLength(15);
  expect(state.users).toContainEqual({
    id: wallaroo.state.user('admin').id,
    username: 'admin',
    email: null,
    enabled: true,
    lastLogin: expect.any(Number),
    admin: true,
  });
  expect(text).not.toContain(wallaroo.account.password);
});

test('acts outside Slack, sets and clears faults, turns switches, resets', async () => {
  expect(await post('/outside', { userId: wallaroo.state.user('steve').id, enabled: false })).toBe(200);
  expect(wallaroo.state.user('steve').enabled).toBe(false);
  expect(await post('/outside', { userId: 'nobody', enabled: false })).toBe(404);
  expect(await post('/fault', { endpoint: 'users.query', fault: { status: 500 } })).toBe(200);
  expect(wallaroo.faults.current.size).toBe(1);
  expect(await post('/fault', { endpoint: 'users.query', fault: null })).toBe(200);
  expect(wallaroo.faults.current.size).toBe(0);
  expect(await post('/fault', { endpoint: '*', fault: { delayMs: 1 } })).toBe(200);
  expect(wallaroo.faults.current.size).toBeGreaterThan(10);
  expect(await post('/fault', { endpoint: '*', fault: null })).toBe(200);
  expect(wallaroo.faults.current.size).toBe(0);
  wallaroo.switches.unknownIds = 'absent';
  expect(await post('/switch', { putMode: 'merge' })).toBe(200);
  expect(wallaroo.switches).toMatchObject({ putMode: 'merge', unknownIds: 'absent' });
  expect(await post('/reset', {})).toBe(200);
  expect(wallaroo.state.user('steve').enabled).toBe(true);
  expect(wallaroo.switches.putMode).toBe('patch-like');
});

test.each([
  ['/fault', { endpoint: 'nothing', fault: null }],
  ['/fault', { endpoint: 'users.query', fault: { cut: true, hang: true } }],
  ['/switch', { putMode: 'other' }],
  ['/switch', { nothing: true }],
  ['/outside', {}],
])('refuses at %s the body %j', async (path, body) => {
  expect(await post(path, body)).toBe(400);
});

test('tells of changes as they happen', async () => {
  const stopped = new AbortController();
  const { body } = await app.request('/events', { signal: stopped.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('"kind":"reset"');
  const { id } = wallaroo.state.setEnabled('steve', false);
  expect((await reader?.read())?.value).toBe(`event: change\ndata: {"kind":"user","userId":"${id}"}\n\n`);
  await reader?.cancel();
});

test('shows workspaces and mails, and changes members outside Slack', async () => {
  const { state } = wallaroo;
  const [workspace] = [...state.workspaces.values()].filter(({ name }) => name === 'fraud-models');
  const workspaceId = workspace?.id ?? 0;
  const [steve, mia] = [state.user('steve').id, state.user('mia@ex.co').id];
  expect(await post('/member', { workspaceId, userId: mia, role: 'OWNER' })).toBe(200);
  expect(await post('/member', { workspaceId, userId: steve, role: null })).toBe(200);
  expect(await post('/member', { workspaceId, userId: 'nobody', role: 'OWNER' })).toBe(404);
  expect(await post('/member', { workspaceId: 4711, userId: mia, role: 'OWNER' })).toBe(404);
  state.mail({ to: 'mia@ex.co', userId: mia, actions: ['UPDATE_PASSWORD'] });
  const shown = JSON.parse(await (await app.request('/state')).text());
  expect(shown.workspaces).toContainEqual({
    id: workspaceId,
    name: 'fraud-models',
    archived: false,
    members: [
      { userId: state.user('testuser@wallaroo.ai').id, role: 'COLLABORATOR' },
      { userId: mia, role: 'OWNER' },
    ],
  });
  expect(shown.mails).toEqual([{ to: 'mia@ex.co', actions: ['UPDATE_PASSWORD'], at: expect.any(String) }]);
  expect(await post('/reset', {})).toBe(200);
  expect(JSON.parse(await (await app.request('/state')).text()).mails).toEqual([]);
});
