import type { Logger } from 'pino';

/**
 * Acknowledges a delivery. Slack may have closed the connection that brought it: then what a person wants is carried out
 * all the same, and a second delivery of it is known as such.
 */
export async function acknowledge(log: Logger, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.warn({ err: error }, 'Slack did not take an acknowledgement');
  }
}
