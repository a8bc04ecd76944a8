import { Button } from 'react-aria-components';
import { Avatar } from './avatar.tsx';
import { Block } from './blocks/block.tsx';
import { Text } from './blocks/rich-text.tsx';
import { SurfaceContext } from './blocks/surface.ts';
import type { ShownMessage } from './model.ts';
import type { Slack } from './slack-source.ts';
import { useSurfaceOf } from './use-surface.ts';

const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });

const momentOf = (ts: string) => new Date(Number(ts) * 1000);

interface MessageRowProps {
  readonly message: ShownMessage;
  readonly slack: Slack;
  readonly replies: number;
  readonly onThread?: (() => void) | undefined;
}

/** One message with who wrote it and when; ephemerals say who sees them, threads how many replied. */
export function MessageRow({ message, slack, replies, onThread }: MessageRowProps) {
  const surface = useSurfaceOf(slack, { on: 'message', channel: message.channel, ts: message.ts });
  const at = momentOf(message.ts);
  return (
    <article
      aria-label={`${message.from.name}, ${clock.format(at)}`}
      className="message"
      data-ephemeral={message.ephemeral}
      tabIndex={-1}
    >
      {message.ephemeral && (
        <p className="only-you">
          <span aria-hidden>👁</span> Only visible to you
        </p>
      )}
      <Avatar isApp={message.from.isApp} name={message.from.name} />
      <div className="message-main">
        <div className="message-head">
          <span className="message-name">{message.from.name}</span>
          {message.from.isApp && <span className="app-badge">APP</span>}
          <time className="message-time" dateTime={at.toISOString()} title={at.toLocaleString()}>
            {clock.format(at)}
          </time>
        </div>
        <SurfaceContext value={surface}>
          <div className="blocks">
            {message.blocks.length === 0 ? (
              <Text text={{ type: 'mrkdwn', text: message.text }} />
            ) : (
              message.blocks.map((block, index) => <Block block={block} key={block.block_id ?? index} />)
            )}
            {message.edited && <span className="edited">(edited)</span>}
          </div>
        </SurfaceContext>
        {replies > 0 && onThread !== undefined && (
          <Button className="replies" onPress={onThread}>
            {replies} {replies === 1 ? 'reply' : 'replies'}
          </Button>
        )}
      </div>
      {onThread !== undefined && !message.ephemeral && (
        <Button aria-label="Reply in thread" className="message-tool" onPress={onThread}>
          <span aria-hidden>💬</span>
        </Button>
      )}
    </article>
  );
}
