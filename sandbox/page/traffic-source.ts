import { useEffect, useState } from 'react';
import { ask, coalesced, onEvents } from './control.ts';
import type { TrafficLine } from './model.ts';

interface Line extends Omit<TrafficLine, 'at'> {
  readonly at: string;
}

/** What has travelled so far, kept up to date. */
export function useTraffic(): readonly TrafficLine[] {
  const [lines, setLines] = useState<readonly TrafficLine[]>([]);
  useEffect(() => {
    const read = async () => {
      const fresh = await ask<readonly Line[]>('/control/traffic');
      setLines(fresh.map((line) => ({ ...line, at: new Date(line.at) })));
    };
    return onEvents('/control/events', coalesced(read));
  }, []);
  return lines;
}
