import type { Logger } from 'pino';
import { endsWithin } from './time-limit.ts';
import type { Watched } from './watchdog.ts';

export interface Heartbeat {
  /** Beats no more, and waits for the beat under way. */
  stop(): Promise<void>;
}

export interface HeartbeatOptions {
  /** A beat that takes longer is left alone, and the next one may come. @default twice `everyMs` */
  readonly limitMs?: number;
  /** Told of every beat that went well. @default nobody */
  readonly watched?: Watched;
  /** Whether a beat that fails so says that nothing goes on. @default always */
  readonly isAtStandstill?: (error: unknown) => boolean;
}

/** Runs `beat` regularly, so that others see that this process lives. A beat that fails is logged. */
export function startHeartbeat(
  everyMs: number,
  log: Logger,
  beat: () => Promise<void>,
  { limitMs = 2 * everyMs, watched, isAtStandstill = () => true }: HeartbeatOptions = {},
): Heartbeat {
  const failed = (error: unknown): void => {
    if (!isAtStandstill(error)) watched?.alive();
    log.warn({ err: error }, 'a heartbeat failed: the next one follows');
  };
  let beating: Promise<void> | undefined;
  const timer = setInterval(() => {
    beating ??= endsWithin(limitMs, beat, failed)
      .then((ended) => {
        if (ended) watched?.alive();
        else log.warn('a heartbeat hangs: going on with the next one');
      }, failed)
      .finally(() => {
        beating = undefined;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      watched?.end();
      await beating;
    },
  };
}
