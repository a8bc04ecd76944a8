import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Well within the 3 seconds that Slack waits (docs.slack.dev: handling user interaction). */
const IN_GOOD_TIME_MS = 1500;

/**
 * Acknowledges a delivery. Slack may have closed the connection that brought it: the bot still does what the person
 * wants, and recognises a second delivery.
 */
export async function acknowledge(log: Logger, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.warn({ err: error }, 'Slack did not take an acknowledgement');
  }
}

/** The same once work is done, or in good time where it takes longer. */
export async function acknowledgeAfter(
  log: Logger,
  done: Promise<void>,
  ack: () => Promise<void>,
): Promise<void> {
  await Promise.race([done, wait(IN_GOOD_TIME_MS, undefined, { ref: false })]);
  await acknowledge(log, ack);
}
