import { Button } from 'react-aria-components';
import { MessageRow } from './message.tsx';
import type { Slack } from './slack-source.ts';

interface ThreadProps {
  readonly slack: Slack;
  readonly channel: string;
  readonly ts: string;
  readonly onClose: () => void;
}

/** A message and its replies in the pane at the side. */
export function Thread({ slack, channel, ts, onClose }: ThreadProps) {
  const inThread = slack.state.messages.filter(
    (message) => message.channel === channel && (message.ts === ts || message.threadTs === ts),
  );
  return (
    <aside aria-label="Thread" className="pane thread">
      <div className="pane-head">
        <h2>Thread</h2>
        <Button aria-label="Close thread" className="icon-button" onPress={onClose}>
          <span aria-hidden>✕</span>
        </Button>
      </div>
      <div className="pane-scroll">
        {inThread.map((message) => (
          <MessageRow key={message.ts} message={message} replies={0} slack={slack} />
        ))}
        {inThread.length < 2 && <p className="nothing-yet">No replies.</p>}
      </div>
    </aside>
  );
}
