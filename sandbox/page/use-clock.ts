import { createContext, useContext, useEffect, useState } from 'react';
import { ask } from './control.ts';
import { follow } from './follow.ts';

/** The time that Slack, Wallaroo and the bot live in. */
export interface Clock {
  readonly now: () => Date;
  /** When the next digest is due; absent where nobody knows. */
  readonly next: Date | undefined;
}

interface WireClock {
  readonly now?: string;
  readonly next?: string;
}

/** The sandbox's clock, which may run ahead of the browser's. */
export function useSandboxClock(): Clock {
  const [aheadMs, setAheadMs] = useState(0);
  const [next, setNext] = useState<string>();
  useEffect(() => {
    const read = async () => ({ clock: await ask<WireClock>('/control/clock'), readAtMs: Date.now() });
    return follow('/control/events', read, ({ clock, readAtMs }) => {
      if (clock.now !== undefined) setAheadMs(new Date(clock.now).getTime() - readAtMs);
      setNext(clock.next);
    });
  }, []);
  return {
    now: () => new Date(Date.now() + aheadMs),
    next: next === undefined ? undefined : new Date(next),
  };
}

export const ClockContext = createContext<Clock>({ now: () => new Date(), next: undefined });

export const useClock = (): Clock => useContext(ClockContext);
