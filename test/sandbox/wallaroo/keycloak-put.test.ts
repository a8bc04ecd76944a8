import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import type { Switches } from '../../../sandbox/wallaroo/switches.ts';
import type { WallarooUser } from '../../../sandbox/wallaroo/user.ts';
import { type Caller, logIn } from './support.ts';

let wallaroo: WallarooSandbox;
let admin: Caller;
let before: WallarooUser;

beforeEach(async () => {
  wallaroo = await startWallaroo();
  admin = await logIn(wallaroo);
  before = wallaroo.state.updateUser('steve', { attributes: { team: ['fraud'], floor: ['2'] } });
});

afterEach(() => wallaroo.stop());

const put = (body: unknown) => admin.users('PUT', `/${before.id}`, body);
const after = (): WallarooUser | undefined => wallaroo.state.users.get(before.id);
const modes: Switches['putMode'][] = ['patch-like', 'replace', 'merge'];

test.each(modes)('%s: the whole record with one change changes nothing else', async (putMode) => {
  wallaroo.switches.putMode = putMode;
  const { body } = await admin.users('GET', `/${before.id}`);
  expect(await put({ ...body, enabled: false })).toMatchObject({ status: 204, body: undefined });
  expect(after()).toEqual({ ...before, enabled: false });
});

describe('a partial body (the table of contract §4.5)', () => {
  const cleared = { email: undefined, firstName: undefined, lastName: undefined };
  test.each([
    ['patch-like', { enabled: false }, {}],
    ['patch-like', { attributes: { team: ['x'] } }, { attributes: { team: ['x'] } }],
    ['replace', { enabled: false }, { ...cleared, attributes: {} }],
    ['merge', { enabled: false }, {}],
    ['merge', { attributes: { team: ['x'] } }, { ...cleared, attributes: { team: ['x'] } }],
  ] as const)('%s: %j', async (putMode, body, changed) => {
    wallaroo.switches.putMode = putMode;
    expect((await put(body)).status).toBe(204);
    expect(after()).toEqual({ ...before, ...('enabled' in body ? { enabled: false } : {}), ...changed });
  });
});

test('requiredActions in the body replace the set, left out they stay', async () => {
  wallaroo.state.updateUser('steve', { requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'] });
  await put({ enabled: true });
  expect(after()?.requiredActions).toEqual(['UPDATE_PASSWORD', 'VERIFY_EMAIL']);
  await put({ requiredActions: ['VERIFY_EMAIL'] });
  expect(after()?.requiredActions).toEqual(['VERIFY_EMAIL']);
});

test('createdTimestamp in the body is ignored, and enabling ends a brute-force lock', async () => {
  wallaroo.state.updateUser('steve', { locked: true });
  await put({ createdTimestamp: 1, enabled: true });
  expect(after()).toMatchObject({ createdTimestamp: before.createdTimestamp, locked: false });
});

test('unknown properties pass, or are refused where switched on', async () => {
  wallaroo.switches.refuseUnknownProperties = false;
  expect((await put({ lastLogin: 1 })).status).toBe(204);
  wallaroo.switches.refuseUnknownProperties = true;
  expect(await put({ lastLogin: 1, enabled: false })).toMatchObject({
    status: 400,
    body: { error: 'Unrecognized field "lastLogin"' },
  });
  expect(after()?.enabled).toBe(true);
});

test('an email that becomes missing is refused where it is required', async () => {
  wallaroo.setSwitches({ keycloakRelease: '26', putMode: 'replace', putNeedsEmail: true });
  expect(await put({ enabled: false })).toMatchObject({
    status: 400,
    body: { field: 'email', errorMessage: 'error-user-attribute-required', params: ['email'] },
  });
  expect(after()).toEqual(before);
});

test("another's email is a conflict", async () => {
  expect(await put({ email: 'MIA@ex.co' })).toMatchObject({
    status: 409,
    body: { errorMessage: 'User exists with same username or email' },
  });
});

test('bodies of other types, broken JSON and wrong values are refused', async () => {
  const path = `/auth/admin/realms/master/users/${before.id}`;
  expect((await admin.call('PUT', path, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await put('{"enabled":')).status).toBe(400);
  expect((await put({ enabled: 'no' })).status).toBe(400);
  expect(after()).toEqual(before);
});
