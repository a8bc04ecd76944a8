import { Button, Switch } from 'react-aria-components';
import { ClockMover } from './clock.tsx';
import { tell } from './control.ts';
import type { WallarooFault } from './model.ts';
import type { Wallaroo } from './wallaroo-source.ts';

interface FaultSwitchProps {
  readonly name: string;
  readonly about: string;
  readonly on: boolean;
  readonly set: (on: boolean) => Promise<void>;
}

function FaultSwitch({ name, about, on, set }: FaultSwitchProps) {
  return (
    <Switch className="switch" isSelected={on} onChange={(wanted) => void set(wanted)}>
      <span aria-hidden className="switch-track" />
      <span>
        {name}
        <span className="choice-description">{about}</span>
      </span>
    </Switch>
  );
}

const wallarooFaults: readonly { fault: WallarooFault; name: string; about: string }[] = [
  { fault: 'slow', name: 'Wallaroo is slow', about: 'Each call takes two seconds more.' },
  { fault: 'down', name: 'Wallaroo is down', about: 'Each call answers 503.' },
  { fault: 'upgraded', name: 'Wallaroo is being upgraded', about: 'An ingress answers each call with 404.' },
  { fault: 'hang', name: 'Wallaroo hangs', about: 'Calls never answer.' },
];

/** Activates users, as somebody would outside Slack, until no seat is left. */
async function fill({ state, setEnabled }: Wallaroo): Promise<void> {
  const taken = state.users.filter(({ enabled }) => enabled).length;
  const free = Math.max(0, (state.seats ?? taken) - taken);
  const comers = state.users.filter(({ enabled }) => !enabled).slice(0, free);
  await Promise.all(comers.map(({ id }) => setEnabled(id, true)));
}

function WallarooFaults({ wallaroo }: { readonly wallaroo: Wallaroo }) {
  return (
    <>
      {wallarooFaults.map(({ fault, ...words }) => (
        <FaultSwitch
          {...words}
          key={fault}
          on={wallaroo.state.fault === fault}
          set={(on) => wallaroo.setFault(on ? fault : undefined)}
        />
      ))}
      <Button className="button" onPress={() => void fill(wallaroo)}>
        Fill every seat outside Slack
      </Button>
    </>
  );
}

interface FaultsProps {
  readonly slackIsDown: boolean;
  readonly wallaroo: Wallaroo | undefined;
}

/** Switches for what can go wrong, each until it is switched off, and the clock. */
export function Faults({ slackIsDown, wallaroo }: FaultsProps) {
  return (
    <div className="faults">
      <h3>Slack</h3>
      <FaultSwitch
        about="Its Web API answers 503, sockets are cut."
        name="Slack is down"
        on={slackIsDown}
        set={(down) => tell('/control/faults', { down })}
      />
      <h3>Wallaroo</h3>
      {wallaroo !== undefined && <WallarooFaults wallaroo={wallaroo} />}
      <ClockMover />
    </div>
  );
}
