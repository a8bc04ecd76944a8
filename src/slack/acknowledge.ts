import type { Logger } from 'pino';

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
