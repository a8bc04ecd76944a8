import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { SlackSandbox } from '../../../sandbox/slack/start-slack.ts';
import { button, closeAfter, httpApp, input, modal, section, slackFor, webClient } from './support.ts';

const json = (response: ServerResponse) => response.setHeader('content-type', 'application/json');

interface Taken {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A server that answers as told, in turn, and keeps what came; Slack delivers to it. */
async function recorder(
  slack: SlackSandbox,
  answers: readonly { status: number; headers?: Record<string, string> }[],
) {
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { status, headers } = answers[taken.length] ?? { status: 200 };
    taken.push({ headers: request.headers, body });
    response.writeHead(status, headers).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfter(() => server.close());
  slack.deliverTo({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
  return taken;
}

test('a Bolt app takes commands, presses, submissions and events as signed requests', async () => {
  const slack = await slackFor();
  await httpApp(slack, (app) => {
    app.command('/wallaroo', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'x', blocks: [{ type: 'actions', elements: [button('Open')] }] });
    });
    app.action('press_Open', async ({ ack, client, body }) => {
      await ack();
      const { trigger_id } = body as { trigger_id: string };
      const view = modal('Form', [input('Reason', { type: 'plain_text_input' })]);
      await client.views.open({ trigger_id, view });
    });
    app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { reason: 'No' } }));
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('Hello')] } });
    });
  });
  const ada = slack.as('U0ADA');
  await ada.type('general', '/wallaroo');
  await ada.press(await slack.until(() => ada.messages('general')[0]), 'Open');
  await slack.until(() => ada.modal());
  await ada.fill('Reason', 'x');
  expect((await ada.submit()).errors).toEqual({ Reason: 'No' });
  await ada.openHome();
  await slack.until(() => ada.home()?.text === 'Hello');
});

test('a Bolt app refuses what is signed with another secret', async () => {
  const slack = await slackFor();
  await httpApp(slack, (app) => app.command('/wallaroo', async ({ ack }) => ack()), 'another secret');
  const typed = slack.as('U0ADA').type('dm', '/wallaroo');
  await expect(typed).rejects.toMatchObject({ code: 'dispatch_failed', details: { status: 401 } });
});

test('bodies are forms for people and JSON for events, all signed', async () => {
  const slack = await slackFor();
  const taken = await recorder(slack, []);
  const { chat } = webClient(slack);
  await chat.postMessage({
    channel: 'C0LICENSE',
    text: 'x',
    blocks: [{ type: 'actions', elements: [button('Go')] }],
  });
  const ada = slack.as('U0ADA');
  const [message] = ada.messages('C0LICENSE');
  await ada.type('dm', '/wallaroo a b');
  if (message !== undefined) await ada.press(message, 'Go');
  await ada.openHome();
  const [command, press, event] = taken;
  expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({
    command: '/wallaroo',
    text: 'a b',
  });
  expect(JSON.parse(new URLSearchParams(press?.body).get('payload') ?? '')).toMatchObject({
    type: 'block_actions',
  });
  expect(JSON.parse(event?.body ?? '')).toMatchObject({ type: 'event_callback' });
  for (const { headers } of taken)
    expect(headers).toMatchObject({
      'x-slack-signature': expect.stringMatching(/^v0=[0-9a-f]{64}$/),
      'x-slack-request-timestamp': expect.stringMatching(/^\d{10}$/),
    });
});

test('an event that fails comes again with its number and reason, until the app says no more', async () => {
  const slack = await slackFor({ eventRetryMs: [0, 1, 2] });
  const noMore = { 'x-slack-no-retry': '1' };
  const taken = await recorder(slack, [{ status: 500 }, { status: 503 }, { status: 500, headers: noMore }]);
  await slack.emit({ type: 'app_home_opened' });
  await slack.until(() => slack.traffic.of('unanswered').length === 3);
  expect(taken.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual(
    [
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ],
  );
});

/** A server that does this with every request; its address. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfter(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test.each([
  ['takes too long', 'operation_timeout', () => {}, 30],
  ['answers no JSON', 'invalid_ack', (_, response) => json(response).end('{'), undefined],
  ['hangs up', 'dispatch_failed', ({ socket }) => socket.destroy(), undefined],
  ['answers 404', 'dispatch_failed', (_, response) => response.writeHead(404).end(), undefined],
] satisfies [string, string, RequestListener, number | undefined][])(
  'an app that %s fails the person with %s',
  async (_, code, listener, ackLimitMs) => {
    const slack = await slackFor(ackLimitMs === undefined ? {} : { ackLimitMs });
    slack.deliverTo({ url: await serving(listener) });
    await expect(slack.as('U0ADA').type('dm', '/wallaroo')).rejects.toMatchObject({ code });
  },
);
