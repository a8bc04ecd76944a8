import { describe, expect, inject, it } from 'vitest';
import type { WallarooUser } from '../../../src/wallaroo/user.ts';
import { failure } from '../../wallaroo/support.ts';
import { useSdk } from './sdk-under-test.ts';

/** What the SDK tells of a user, from what our client tells of them. */
const asTheSdkTells = ({ id, email, username, enabled }: WallarooUser) => ({
  id,
  // Its name for a missing email (contract §2.2).
  email: email ?? 'admin@keycloak',
  username,
  enabled,
});

const byUsername = (a: { username: string }, b: { username: string }) => (a.username < b.username ? -1 : 1);

describe.skipIf('missing' in inject('sdk'))("users through the vendor's SDK", () => {
  // Invitations without `roles`, as the SDK sends them (contract §5.2).
  const underTest = useSdk({ switches: { inviteNeedsRoles: false } });

  it('signs in by user and password', async () => {
    const { sdk, client } = underTest();
    const { userId, username } = await client.account();
    expect(await sdk.call('connect')).toEqual({ value: { user_id: userId, email: username } });
  });

  it('lists the users whom our client lists', async () => {
    const { sdk, client } = underTest();
    const { value } = await sdk.call('list_users');
    expect(value.sort(byUsername)).toEqual((await client.listUsers()).map(asTheSdkTells).sort(byUsername));
  });

  it.each([
    'olga@ex.co',
    'OLGA@ex.co',
    'john.hummel+signuptest@wallaroo.ai',
    'Dana.Mixed@Ex.co',
    'nobody@ex.co',
  ])('finds by email as our client does: %s', async (email) => {
    const { sdk, client } = underTest();
    const found = await client.findUserByEmail(email);
    expect(await sdk.call('get_user_by_email', email)).toEqual({
      value: found ? asTheSdkTells(found) : null,
    });
  });

  it('takes somebody else by a partial match, where our client finds the right one or nobody', async () => {
    const { sdk, client } = underTest();
    expect((await sdk.call('get_user_by_email', 'steve@ex.co')).value.username).toBe('asteve@ex.co');
    expect((await client.findUserByEmail('steve@ex.co'))?.username).toBe('steve');
    expect((await sdk.call('get_user_by_email', 'teve@ex')).value.username).toBe('asteve@ex.co');
    expect(await client.findUserByEmail('teve@ex')).toBeUndefined();
  });

  it('deactivates and activates, as our client sees at once', async () => {
    const { sdk, client, sandbox } = underTest();
    const before = sandbox.state.user('olga@ex.co');
    for (const enabled of [!before.enabled, before.enabled]) {
      const { error } = await sdk.call(enabled ? 'activate_user' : 'deactivate_user', 'olga@ex.co');
      expect(error).toBeUndefined();
      expect((await client.getUser(before.id))?.enabled).toBe(enabled);
      expect(sandbox.state.user('olga@ex.co')).toEqual({ ...before, enabled });
    }
  });

  it('sees what our client switched', async () => {
    const { sdk, client, sandbox } = underTest();
    const { id, enabled } = sandbox.state.user('olga@ex.co');
    await client.setUserEnabled(id, !enabled);
    expect((await sdk.call('get_user_by_email', 'olga@ex.co')).value.enabled).toBe(!enabled);
  });

  it('refuses to deactivate the caller, the admin and somebody unknown', async () => {
    const { sdk, sandbox } = underTest();
    sandbox.state.updateUser('admin', { email: 'admin@ex.co' });
    const refusals = [
      await sdk.call('deactivate_user', sandbox.account.username),
      await sdk.call('deactivate_user', 'admin@ex.co'),
      await sdk.call('deactivate_user', 'nobody@ex.co'),
      await sdk.call('activate_user', 'nobody@ex.co'),
    ];
    expect(refusals.map(({ error }) => error?.type)).toEqual([
      'Exception',
      'Exception',
      'EntityNotFoundError',
      'EntityNotFoundError',
    ]);
    expect(sandbox.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('invites somebody new, and finds somebody who is there', async () => {
    const { sdk, client } = underTest();
    const { value: invited } = await sdk.call('invite_user', 'new@ex.co', 'initial-password');
    expect(invited).toEqual({ id: expect.any(String), password: 'initial-password' });
    expect(await client.findUserByEmail('new@ex.co')).toMatchObject({ id: invited.id, enabled: true });
    const { value: existing } = await sdk.call('invite_user', 'new@ex.co');
    expect(existing).toMatchObject({ id: invited.id, username: 'new@ex.co' });
    expect(existing).not.toHaveProperty('password');
    expect(await failure(client.inviteUser('new@ex.co'))).toMatchObject({ code: 'conflict' });
  });

  it('reads the 403 of a full license as we do', async () => {
    const { sdk, client, sandbox } = underTest();
    const { taken, limit } = sandbox.seats();
    for (let count = taken; count < (limit ?? 0); count += 1)
      sandbox.state.addUser({ username: `filler${count}@ex.co`, email: `filler${count}@ex.co` });
    expect((await sdk.call('invite_user', 'late@ex.co')).error?.type).toBe('UserLimitError');
    expect(await failure(client.inviteUser('late@ex.co'))).toMatchObject({ code: 'license_full' });
    expect(sandbox.state.find('late@ex.co')).toBeUndefined();
  });

  it('looks up an email by id', async () => {
    const { sdk, sandbox } = underTest();
    const { id } = sandbox.state.user('olga@ex.co');
    expect(await sdk.call('get_email_by_id', id)).toEqual({ value: 'olga@ex.co' });
  });
});
