import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { listen } from '../../sandbox/demo/listen.ts';
import { createPage } from '../../sandbox/page-server.ts';
import { controlApi as slackControl } from '../../sandbox/slack/control/control-api.ts';
import { startSlack } from '../../sandbox/slack/start-slack.ts';
import { controlApi as wallarooControl } from '../../sandbox/wallaroo/control-api.ts';
import { startWallaroo } from '../../sandbox/wallaroo/start-wallaroo.ts';
import type { Stage } from './support.ts';

/** What somebody did with an element, as Slack tells an app: the action of `block_actions`. */
export type Action = Readonly<Record<string, unknown>>;

/** The page with an app that is not ours: it posts what a test wants and keeps what comes back. */
export interface LittleApp extends Stage {
  readonly app: App;
  readonly actions: readonly Action[];
  /** Posts these blocks to the license channel; rejects where Slack would refuse them. */
  post(blocks: readonly object[]): Promise<void>;
}

/** Starts Slack, a Wallaroo for the panel, the page and the app. */
export async function startLittleApp(): Promise<LittleApp> {
  const [slack, wallaroo] = await Promise.all([startSlack(), startWallaroo()]);
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const { appToken, botToken: token } = slack;
  const logLevel = LogLevel.ERROR;
  const receiver = new SocketModeReceiver({ appToken, logLevel, installerOptions: { clientOptions } });
  const app = new App({ token, receiver, logLevel, clientOptions });
  const actions: Action[] = [];
  app.action(/./, async ({ ack, action }) => {
    await ack();
    actions.push({ ...action });
  });
  await app.start();
  await slack.connected();
  const page = await createPage({ slack: slackControl(slack), wallaroo: wallarooControl(wallaroo) });
  const server = await listen(page, 0);
  return {
    url: server.url,
    slack,
    app,
    actions,
    async post(blocks) {
      await app.client.chat.postMessage({
        channel: 'C0LICENSE',
        text: 'elements',
        blocks: blocks as never[],
      });
    },
    async stop() {
      await app.stop();
      await Promise.all([server.stop(), slack.stop(), wallaroo.stop()]);
    },
  };
}
