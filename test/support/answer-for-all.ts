import type { World } from '../flows/world.ts';

/** The platform's answer for all users, as it is now, to be sent again later. */
export async function answerForAll({ wallaroo }: World): Promise<unknown> {
  const { username, password } = wallaroo.account;
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'sdk-client', username, password });
  const token = await fetch(`${wallaroo.url}/auth/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: form,
  });
  const { access_token: access } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access}` };
  return (await fetch(`${wallaroo.url}/v1/api/users/query`, { method: 'POST', headers, body: '{}' })).json();
}
