import type { DeliveryWatch } from '../slack/watch-deliveries.ts';
import type { Metrics } from './metrics.ts';

/** Counts and times what Slack delivers. */
export const countDeliveries = ({ interactions, ackSeconds, handlerSeconds }: Metrics): DeliveryWatch => ({
  acknowledged: (kind, afterMs) => ackSeconds.observe({ kind }, afterMs / 1000),
  ended: (kind, afterMs) => {
    interactions.inc({ kind });
    handlerSeconds.observe({ kind }, afterMs / 1000);
  },
});
