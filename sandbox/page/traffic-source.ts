import { useEffect, useState } from 'react';
import { ask } from './control.ts';
import { follow } from './follow.ts';
import type { TrafficLine } from './model.ts';

interface Line extends Omit<TrafficLine, 'at'> {
  readonly at: string;
}

/** What has travelled so far, kept up to date. */
export function useTraffic(): readonly TrafficLine[] {
  const [lines, setLines] = useState<readonly TrafficLine[]>([]);
  useEffect(() => {
    const read = () => ask<readonly Line[]>('/control/traffic');
    return follow('/control/events', read, (fresh) =>
      setLines(fresh.map((line) => ({ ...line, at: new Date(line.at) }))),
    );
  }, []);
  return lines;
}
