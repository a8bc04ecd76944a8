import { expect, test } from 'vitest';
import { supported } from '../../../sandbox/slack/supported.ts';
import { methods } from '../../../sandbox/slack/web-api/methods.ts';
import { slackFor, webClient } from './support.ts';

test('the table of what is supported names exactly the methods, with their scopes', () => {
  const served = Object.entries(methods).map(([name, { scope }]) => [
    name,
    typeof scope === 'function' ? 'by kind' : (scope ?? null),
  ]);
  const { 'apps.connections.open': _needsTheServer, ...table } = supported;
  expect(Object.fromEntries(served.toSorted())).toEqual(table);
});

test('every method of the table is routed, and no other', async () => {
  const slack = await slackFor();
  const unknown = async (method: string) => {
    const reply = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-other' },
    });
    return ((await reply.json()) as { error: string }).error;
  };
  for (const method of Object.keys(supported)) expect(await unknown(method)).toBe('invalid_auth');
  expect(await unknown('chat.scheduleMessage')).toBe('unknown_method');
  await expect(webClient(slack).reminders.add({ text: 'x', time: '1' })).rejects.toThrow('unknown_method');
});
