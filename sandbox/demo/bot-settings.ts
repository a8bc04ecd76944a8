import type { SlackSandbox } from '../slack/start-slack.ts';
import type { WallarooSandbox } from '../wallaroo/start-wallaroo.ts';

/** Every day, so that the clock need not be moved far; Slack and Wallaroo know nothing of it. */
export const digestCron = '0 9 * * *';

/** The bot's settings in the demo: the sandboxes, and the people and channels of `demoSlackSeed`. */
export function botSettings(
  slack: SlackSandbox,
  wallaroo: WallarooSandbox,
  databaseFile: string,
): Readonly<Record<string, string>> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    WALLAROO_URL: wallaroo.url,
    WALLAROO_USER: wallaroo.account.username,
    WALLAROO_PASSWORD: wallaroo.account.password,
    ADMINS: 'S0ADMINS',
    APPROVALS_CHANNEL: 'C0APPROVALS',
    LICENSE_CHANNEL: 'C0LICENSE',
    // Longer than the clock is moved: a request should still wait in the next digest.
    REQUEST_TTL: '3d',
    DIGEST_CRON: digestCron,
    DIGEST_TIMEZONE: 'UTC',
    WATCH_INTERVAL: '5s',
    DATABASE_URL: `file:${databaseFile}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}
