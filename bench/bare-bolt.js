import { App, LogLevel } from '@slack/bolt';

// The baseline: a Bolt app that only acknowledges. Its settings are the bot's.

const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  appToken: process.env.SLACK_APP_TOKEN ?? '',
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
});
app.command('/wallaroo', async ({ ack }) => {
  await ack();
});
await app.start();
