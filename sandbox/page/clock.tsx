import { Button } from 'react-aria-components';
import { tell } from './control.ts';
import { useClock } from './use-clock.ts';

const moment = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** The time that everybody in the sandbox lives in, and a way to the next digest. */
export function ClockMover() {
  const { now, next } = useClock();
  if (next === undefined) return null;
  return (
    <>
      <h3>Clock</h3>
      <p className="fault-line">It is {moment.format(now())}.</p>
      <Button className="button" onPress={() => void tell('/control/clock', { to: next.toISOString() })}>
        Move to the next digest
      </Button>
      <p className="choice-description">
        Due {moment.format(next)}; posted in the license channel some seconds later.
      </p>
    </>
  );
}
