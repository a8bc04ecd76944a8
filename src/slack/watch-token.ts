import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { RecurringPass } from '../jobs/recurring-pass.ts';
import type { SlackStanding } from './slack-standing.ts';

const EVERY_MS = 5000;
/** So long a silence of Slack's is enough for a bot that nobody uses at the moment. */
const SILENT_MS = 30_000;

/**
 * Asks Slack about the bot's token where nothing else does, so that health knows soon of a token that is revoked, of
 * one that is good again, and of a Slack that does not answer.
 */
export function watchToken(client: WebClient, standing: SlackStanding, log: Logger): RecurringPass {
  const look = async (): Promise<void> => {
    if (!standing.isRefused && !standing.isInDoubt && standing.silentMs < SILENT_MS) return;
    // `standing` hears the answer from the client.
    await client.auth.test().catch((error: unknown) => log.debug({ err: error }, 'auth.test did not work'));
  };
  return new RecurringPass({
    duties: [{ name: 'ask Slack about the token', run: look }],
    everyMs: EVERY_MS,
    log,
  });
}
