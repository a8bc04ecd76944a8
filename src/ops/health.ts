import type { Logger } from 'pino';
import { isFull } from '../db/database-fault.ts';
import { FileGoneError } from '../db/same-file.ts';
import { endsWithin } from '../jobs/time-limit.ts';
import type { Watchdog } from '../jobs/watchdog.ts';
import type { SlackApp } from '../slack/slack-app.ts';
import type { SlackStanding } from '../slack/slack-standing.ts';
import type { LogDestination } from './log-destination.ts';
import type { Health } from './ops-server.ts';

/** A socket lost for this long will not come back: the supervisor should start the process again. */
const DEAD_AFTER_MS = 180_000;
/** For the write that readiness tries. */
const WRITE_WITHIN_MS = 3000;

export interface AlivenessParts {
  readonly slack: SlackApp;
  readonly standing: SlackStanding;
  readonly watchdog: Watchdog;
  /** What the settings switch off. */
  readonly off: string;
}

/** Whether the process should live on. Names what has stopped, and for how long. */
export function aliveness({ slack, standing, watchdog, off }: AlivenessParts): Health {
  const lostMs = slack.disconnectedMs(performance.now());
  const silent = watchdog.standing();
  const named = silent.map(({ name, silentMs }) => `${name} (${Math.round(silentMs / 1000)} s)`);
  return {
    // A refused token is told, and no reason for a restart: the bot works on as soon as Slack takes it.
    ok: lostMs < DEAD_AFTER_MS && silent.length === 0,
    parts: {
      slack: slackState(lostMs === 0, standing),
      work: silent.length === 0 ? 'goes on' : `stands still: ${named.join(', ')}`,
      off,
    },
  };
}

export interface ReadinessParts {
  readonly slack: SlackApp;
  readonly standing: SlackStanding;
  readonly log: Logger;
  readonly destination?: LogDestination | undefined;
  /** Writes to the database, as whatever the bot does begins with that; `undefined` while the bot starts. */
  readonly write: () => Promise<void> | undefined;
}

/** Whether interactions can be served now. */
export async function readiness(parts: ReadinessParts): Promise<Health> {
  const { slack, standing, log, destination, write } = parts;
  const connected = slack.disconnectedMs(performance.now()) === 0;
  const database = await databaseState(write, log);
  return {
    ok: connected && standing.health.ok && database === ANSWERS,
    parts: {
      slack: slackState(connected, standing),
      database,
      // Work goes on without a log, so this does not take the bot out of service.
      ...(destination === undefined ? {} : { log: logState(destination) }),
    },
  };
}

const slackState = (isConnected: boolean, { health, isAway }: SlackStanding): string =>
  [
    isConnected ? 'connected' : 'not connected',
    ...(isAway ? ['does not answer'] : []),
    ...health.refused.map((what) => `refuses ${what}`),
  ].join('; ');

const ANSWERS = 'answers';
const SILENT = 'does not answer, or takes no write';

async function databaseState(write: ReadinessParts['write'], log: Logger): Promise<string> {
  const failed = (error: unknown): void => log.warn({ err: error }, 'the database takes no write');
  try {
    const writing = write();
    if (writing === undefined) return 'is being opened';
    return (await endsWithin(WRITE_WITHIN_MS, () => writing, failed)) ? ANSWERS : SILENT;
  } catch (error) {
    failed(error);
    if (error instanceof FileGoneError)
      return 'its file is gone, or another lies in its place: start the bot again';
    return isFull(error) ? 'is full: make room on its disk' : SILENT;
  }
}

const logState = ({ fault, lostLines }: LogDestination): string =>
  `${fault === undefined ? 'is written' : `cannot be written (${fault})`}${lostLines === 0 ? '' : `, ${lostLines} lines were lost`}`;
