import { useEffect, useRef } from 'react';
import { Composer } from './composer.tsx';
import { MessageRow } from './message.tsx';
import type { Channel, ShownMessage } from './model.ts';
import type { Slack } from './slack-source.ts';

const dayName = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric' });

const dayOf = (message: ShownMessage) => dayName.format(new Date(Number(message.ts) * 1000));

interface ConversationProps {
  readonly slack: Slack;
  readonly channel: Channel;
  readonly onThread: (ts: string) => void;
}

function Messages({ slack, channel, onThread }: ConversationProps) {
  const all = slack.state.messages.filter((message) => message.channel === channel.id);
  const top = all.filter((message) => message.threadTs === undefined || message.threadTs === message.ts);
  const end = useRef<HTMLDivElement>(null);
  const last = top.at(-1)?.ts;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last message or channel is what scrolls
  useEffect(() => {
    // Without braces React would take the promise that newer browsers return for a clean-up.
    end.current?.scrollIntoView({ block: 'end' });
  }, [last, channel.id]);
  return (
    <div aria-label={`Messages in ${channel.name}`} aria-live="polite" className="messages" role="log">
      <div className="messages-fill" />
      {top.length === 0 && (
        <p className="nothing-yet">
          Nothing here yet.{channel.writable && ' Type /wallaroo below to begin.'}
        </p>
      )}
      {top.map((message, index) => (
        <div key={`${message.ts}${message.ephemeral}`}>
          {dayOf(message) !== (top[index - 1] && dayOf(top[index - 1] as ShownMessage)) && (
            <div className="day">
              <span>{dayOf(message)}</span>
            </div>
          )}
          <MessageRow
            message={message}
            onThread={() => onThread(message.ts)}
            replies={all.filter((reply) => reply.threadTs === message.ts && reply.ts !== message.ts).length}
            slack={slack}
          />
        </div>
      ))}
      <div ref={end} />
    </div>
  );
}

/** A channel's messages with the composer below. */
export function Conversation(props: ConversationProps) {
  return (
    <>
      <Messages {...props} />
      {props.channel.writable ? (
        <Composer channel={props.channel} key={props.channel.id} slack={props.slack} />
      ) : (
        <p className="read-only">
          {props.channel.kind === 'app'
            ? 'Sending messages to this app has been turned off. Type commands in a channel.'
            : 'This channel is archived.'}
        </p>
      )}
    </>
  );
}
