import type { Logger } from 'pino';
import { ping } from '../db/connect.ts';
import type { Db } from '../db/tables.ts';
import type { SlackApp } from '../slack/slack-app.ts';
import type { LogDestination } from './log-destination.ts';
import type { Health } from './ops-server.ts';

/** A socket lost for so long is not coming back by itself: the supervisor should start the process anew. */
const DEAD_AFTER_MS = 180_000;

/** Whether the process should live on. */
export function aliveness(slack: SlackApp): Health {
  const lostMs = slack.disconnectedMs(performance.now());
  return { ok: lostMs < DEAD_AFTER_MS, parts: { slack: lostMs === 0 ? 'connected' : 'not connected' } };
}

/** Whether interactions can be served now. */
export async function readiness(
  slack: SlackApp,
  db: Db,
  log: Logger,
  destination?: LogDestination,
): Promise<Health> {
  const connected = slack.disconnectedMs(performance.now()) === 0;
  const database = await ping(db).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error }, 'the database does not answer');
      return false;
    },
  );
  return {
    ok: connected && database,
    parts: {
      slack: connected ? 'connected' : 'not connected',
      database: database ? 'answers' : 'does not answer',
      // Work goes on without a log, so this does not take the bot out of service.
      ...(destination === undefined ? {} : { log: logState(destination) }),
    },
  };
}

const logState = ({ fault, lostLines }: LogDestination): string =>
  `${fault === undefined ? 'is written' : `cannot be written (${fault})`}${lostLines === 0 ? '' : `, ${lostLines} lines were lost`}`;
