import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SocketModeReceiver } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { startSlack } from '../../sandbox/slack/start-slack.ts';
import { createLogger, slackLogger } from '../../src/slack/log.ts';
import { SocketConnection } from '../../src/slack/socket-connection.ts';

const HELLO_WITHIN_MS = 300;

/** Takes connections, and says nothing on them. */
async function silence() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

test('a socket on which Slack never says hello is given up, and another one opened', async () => {
  const slack = await startSlack();
  const silent = await silence();
  const { workspace } = slack;
  const right = workspace.url;
  workspace.url = silent.url;
  const log = createLogger('silent');
  const { client } = new SocketModeReceiver({
    appToken: slack.appToken,
    autoReconnectEnabled: false,
    logger: slackLogger(log),
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const heard: unknown[] = [];
  const hear = (error?: unknown): void => {
    if (error !== undefined) heard.push(error);
    if (heard.length === 2) workspace.url = right;
  };
  const connection = new SocketConnection(client, log, hear, HELLO_WITHIN_MS);
  onTestFinished(async () => {
    connection.close();
    await slack.stop();
  });
  await connection.open();
  expect(heard.map(String)).toEqual(Array(2).fill(expect.stringContaining('before Slack said hello')));
  expect(silent.sockets.size).toBeGreaterThanOrEqual(2);
  expect(connection.lostMs(performance.now())).toBe(0);
});
