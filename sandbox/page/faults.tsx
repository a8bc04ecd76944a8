import { useState } from 'react';
import { Switch } from 'react-aria-components';
import { ClockMover } from './clock.tsx';
import { tell } from './control.ts';
import type { Wallaroo } from './wallaroo-source.ts';

interface Fault {
  readonly name: string;
  readonly about: string;
  readonly set: (on: boolean) => Promise<void>;
}

function FaultSwitch({ fault }: { readonly fault: Fault }) {
  const [on, setOn] = useState(false);
  const change = async (wanted: boolean) => {
    await fault.set(wanted);
    setOn(wanted);
  };
  return (
    <Switch className="switch" isSelected={on} onChange={(wanted) => void change(wanted)}>
      <span aria-hidden className="switch-track" />
      <span>
        {fault.name}
        <span className="choice-description">{fault.about}</span>
      </span>
    </Switch>
  );
}

/** Switches for what can go wrong, each until it is switched off, and the clock. */
export function Faults({ wallaroo }: { readonly wallaroo: Wallaroo | undefined }) {
  const slackFaults: readonly Fault[] = [
    {
      name: 'Slack is down',
      about: 'Its Web API answers 503, sockets are cut.',
      set: (on) => tell('/control/faults', { down: on }),
    },
  ];
  const platform = (fault: string) => async (on: boolean) => wallaroo?.setFault(fault, on);
  const wallarooFaults: readonly Fault[] = [
    { name: 'Wallaroo is slow', about: 'Each call takes two seconds more.', set: platform('slow') },
    { name: 'Wallaroo is down', about: 'Each call answers 503.', set: platform('down') },
    { name: 'Wallaroo hangs', about: 'Calls never answer.', set: platform('hang') },
  ];
  return (
    <div className="faults">
      <h3>Slack</h3>
      {slackFaults.map((fault) => (
        <FaultSwitch fault={fault} key={fault.name} />
      ))}
      <h3>Wallaroo</h3>
      {wallarooFaults.map((fault) => (
        <FaultSwitch fault={fault} key={fault.name} />
      ))}
      <ClockMover />
    </div>
  );
}
