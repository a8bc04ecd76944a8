import type { TrafficLine } from '../slack/control/traffic-lines.ts';
import type { RecordedRequest } from '../wallaroo/traffic.ts';

/** What the bot asked of the platform, as lines of the page's traffic list. */
export function platformLines(requests: readonly RecordedRequest[]): readonly TrafficLine[] {
  return requests.map(({ method, path, query, endpoint, body, at, status }, index) => ({
    id: `wallaroo-${index}`,
    at: at.toISOString(),
    kind: 'platform',
    summary: `${method} ${path}${query} → ${status ?? 'no answer'}`,
    failed: status === null || status >= 400,
    detail: JSON.stringify({ endpoint, body }, null, 2),
  }));
}
