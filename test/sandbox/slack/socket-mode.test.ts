import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { RawSocket, refusal, slackFor, socketApp, webClient } from './support.ts';

test('each envelope goes to one of the connections, and any may acknowledge', async () => {
  const slack = await slackFor();
  const sockets = [await RawSocket.connect(slack), await RawSocket.connect(slack)];
  for (const socket of sockets) socket.acknowledgeAll();
  await slack.until(() => slack.connections === 2);
  for (let index = 0; index < 6; index += 1) await slack.as('U0ADA').type('dm', '/wallaroo');
  expect(sockets.map(({ envelopes }) => envelopes.length)).toEqual([3, 3]);
  expect(sockets[1]?.received[0]).toMatchObject({
    type: 'hello',
    num_connections: 2,
    connection_info: { app_id: 'A0WALLAROO' },
    debug_info: { approximate_connection_time: 18_060 },
  });
  expect(sockets[0]?.envelopes[0]).toMatchObject({
    envelope_id: expect.any(String),
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: { command: '/wallaroo' },
  });
});

test('a connection needs the app token, and an address of its own', async () => {
  const slack = await slackFor();
  expect(await refusal(webClient(slack).apps.connections.open({}))).toBe('not_allowed_token_type');
  const { url } = await webClient(slack, {}, slack.appToken).apps.connections.open({});
  const first = new WebSocket(String(url));
  await once(first, 'open');
  const again = new WebSocket(String(url));
  await expect(once(again, 'open')).rejects.toThrow('403');
});

test('an eleventh connection is sent away', async () => {
  const slack = await slackFor();
  for (let index = 0; index < 10; index += 1) await RawSocket.connect(slack);
  const eleventh = await RawSocket.connect(slack);
  await once(eleventh.socket, 'close');
  expect(eleventh.received).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
  expect(slack.connections).toBe(10);
});

test.each(['refresh_requested', 'link_disabled'] as const)('%s closes every connection', async (reason) => {
  const slack = await slackFor();
  const socket = await RawSocket.connect(slack);
  await slack.connected();
  slack.disconnect(reason);
  await once(socket.socket, 'close');
  expect(socket.received.at(-1)).toMatchObject({ type: 'disconnect', reason });
});

test('a warning leaves the connection open for what is still under way', async () => {
  const slack = await slackFor();
  const socket = await RawSocket.connect(slack);
  socket.acknowledgeAll();
  await slack.connected();
  slack.disconnect('warning');
  await slack.as('U0ADA').type('dm', '/wallaroo');
  expect(socket.received.map(({ type }) => type)).toEqual(['hello', 'disconnect', 'slash_commands']);
});

test('a Bolt app comes back after a refresh and after a cut', async () => {
  const slack = await slackFor();
  await socketApp(slack, (app) => app.command('/wallaroo', async ({ ack }) => ack()), 500);
  const hellos = () => slack.traffic.of('socket').filter(({ what }) => what === 'hello').length;
  slack.disconnect('refresh_requested');
  await slack.until(() => hellos() === 2 && slack.connections === 1);
  slack.faults.goDown('unavailable');
  slack.faults.comeUp();
  await slack.until(() => hellos() === 3 && slack.connections === 1);
  await slack.as('U0ADA').type('dm', '/wallaroo');
});

test('while Slack is down its sockets are cut and its Web API is away', async () => {
  const slack = await slackFor();
  const socket = await RawSocket.connect(slack);
  await slack.connected();
  slack.faults.goDown('unavailable');
  await once(socket.socket, 'close');
  await expect(webClient(slack).auth.test()).rejects.toThrow('503');
  await expect(slack.as('U0ADA').type('dm', '/wallaroo')).rejects.toMatchObject({ code: 'dispatch_failed' });
  slack.faults.goDown('refuse');
  await expect(webClient(slack).auth.test()).rejects.toThrow();
  slack.faults.comeUp();
  expect(await refusal(webClient(slack).auth.test())).toBe('ok');
});

test('events are repeated until acknowledged, three times at most', async () => {
  const slack = await slackFor({ ackLimitMs: 20, eventRetryMs: [0, 1, 2] });
  const socket = await RawSocket.connect(slack);
  await slack.connected();
  await slack.emit({ type: 'app_home_opened' });
  await slack.until(() => slack.traffic.of('unanswered').length === 4);
  expect(socket.envelopes.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
    [0, ''],
    [1, 'http_timeout'],
    [2, 'http_timeout'],
    [3, 'http_timeout'],
  ]);
  const ids = slack.traffic.of('envelope').map(({ payload }) => payload.event_id);
  expect(new Set(ids).size).toBe(1);
});

test('an acknowledgement of nothing is noted', async () => {
  const slack = await slackFor();
  const { socket } = await RawSocket.connect(slack);
  socket.send(JSON.stringify({ envelope_id: 'made up' }));
  await slack.until(() => slack.traffic.of('warning').length === 1);
});
