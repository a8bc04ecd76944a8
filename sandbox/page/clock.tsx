import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { ask, coalesced, onEvents, tell } from './control.ts';

interface Clock {
  readonly now?: string;
  /** When the next digest is due. */
  readonly next?: string;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** The time that Slack, Wallaroo and the bot live in, and a way to the next digest. */
export function ClockMover() {
  const [clock, setClock] = useState<Clock>({});
  useEffect(() => {
    const read = async () => setClock(await ask<Clock>('/control/clock'));
    return onEvents('/control/events', coalesced(read));
  }, []);
  const { now, next } = clock;
  if (now === undefined || next === undefined) return null;
  return (
    <>
      <h3>Clock</h3>
      <p>It is {moment.format(new Date(now))}.</p>
      <Button className="button" onPress={() => void tell('/control/clock', { to: next })}>
        Move to the next digest
      </Button>
      <p className="choice-description">
        Due {moment.format(new Date(next))}; posted in the license channel some seconds later.
      </p>
    </>
  );
}
