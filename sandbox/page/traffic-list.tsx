import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { TrafficLine } from './model.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const kinds: Readonly<Record<TrafficLine['kind'], string>> = {
  envelope: 'Slack → bot',
  ack: 'bot → Slack',
  'web-api': 'bot → Slack',
  platform: 'bot → Wallaroo',
};

const shown = 200;

/** What travelled between Slack, the bot and the platform, newest first; each line opens to its whole content. */
export function TrafficList({ lines }: { readonly lines: readonly TrafficLine[] }) {
  if (lines.length === 0) return <p className="nothing-yet">Nothing has travelled yet.</p>;
  return (
    <ol className="traffic">
      {lines
        .slice(-shown)
        .toReversed()
        .map((line) => (
          <li data-failed={line.failed} data-kind={line.kind} key={line.id}>
            <Disclosure>
              <Button className="traffic-line" slot="trigger">
                <span className="traffic-time">{clock.format(line.at)}</span>
                <span className="traffic-kind">{kinds[line.kind]}</span>
                <span className="traffic-summary" title={line.summary}>
                  {line.summary}
                </span>
                {line.ms !== undefined && <span className="traffic-ms">{Math.round(line.ms)} ms</span>}
              </Button>
              <DisclosurePanel>
                <pre className="traffic-detail">{line.detail}</pre>
              </DisclosurePanel>
            </Disclosure>
          </li>
        ))}
    </ol>
  );
}
