import { useEffect, useState } from 'react';

/** Who looks and at what; it stands in the address, so that two tabs can be two persons. */
export interface Route {
  readonly as: string;
  readonly channel: string;
  readonly thread: string | undefined;
  /** Which tab of the app's own place. */
  readonly tab: 'home' | 'messages';
}

// Where the demo begins: an administrator, and the channel in which the bot speaks first.
export const firstPerson = 'U0ADA';
const firstChannel = 'C0LICENSE';

function read(): Route {
  const query = new URLSearchParams(location.search);
  return {
    as: query.get('as') ?? firstPerson,
    channel: query.get('channel') ?? firstChannel,
    thread: query.get('thread') ?? undefined,
    tab: query.get('tab') === 'messages' ? 'messages' : 'home',
  };
}

/** The route in the address and a function that changes parts of it. */
export function useRoute(): readonly [Route, (part: Partial<Route>) => void] {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const back = () => setRoute(read());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (part: Partial<Route>) => {
    const next = { ...read(), ...part };
    const query = new URLSearchParams({ as: next.as, channel: next.channel });
    if (next.thread !== undefined) query.set('thread', next.thread);
    if (next.tab !== 'home') query.set('tab', next.tab);
    history.pushState(null, '', `?${query}`);
    setRoute(next);
  };
  return [route, go];
}
