import type { Logger } from 'pino';

export interface Heartbeat {
  /** Beats no more, and waits for the beat under way. */
  stop(): Promise<void>;
}

/** Runs `beat` regularly, never two at once, so that others see that this process lives. A beat that fails is logged. */
export function startHeartbeat(everyMs: number, log: Logger, beat: () => Promise<void>): Heartbeat {
  let beating: Promise<void> | undefined;
  const timer = setInterval(() => {
    // As a call of an async function, so that a beat that throws at once is met like one that rejects.
    beating ??= (async () => beat())()
      .catch((error: unknown) => log.warn({ err: error }, 'a lease could not be renewed'))
      .finally(() => {
        beating = undefined;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await beating;
    },
  };
}
