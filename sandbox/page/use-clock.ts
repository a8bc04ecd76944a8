import { createContext, useContext, useEffect, useState } from 'react';
import { ask, coalesced, onEvents } from './control.ts';

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
    const read = async () => {
      const clock = await ask<WireClock>('/control/clock');
      if (clock.now !== undefined) setAheadMs(new Date(clock.now).getTime() - Date.now());
      setNext(clock.next);
    };
    return onEvents('/control/events', coalesced(read));
  }, []);
  return {
    now: () => new Date(Date.now() + aheadMs),
    next: next === undefined ? undefined : new Date(next),
  };
}

export const ClockContext = createContext<Clock>({ now: () => new Date(), next: undefined });

export const useClock = (): Clock => useContext(ClockContext);
