import type { RichTextBlock, TextObject } from '@slack/types';
import { type RichTextBlock as DrawnBlock, Message, type MessageProps } from 'slack-blocks-to-jsx';
import { plainElements, richTextOf } from '../mrkdwn.ts';
import { slackDate } from '../slack-date.ts';
import { type Clock, useClock } from '../use-clock.ts';
import { useDirectory } from './directory.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const hooksAt = (now: Clock['now']): NonNullable<MessageProps['hooks']> => ({
  date: ({ timestamp, format, link }) => {
    const text = slackDate(Number(timestamp), format, now());
    const time = (
      <time dateTime={new Date(Number(timestamp) * 1000).toISOString()} title={`in your time zone, ${zone}`}>
        {text}
      </time>
    );
    return link === null ? time : <a href={link}>{time}</a>;
  },
});

/** Blocks that only show something, drawn by the library with our names. */
export function Drawn({ blocks }: { readonly blocks: MessageProps['blocks'] }) {
  const { names, dark } = useDirectory();
  const { now } = useClock();
  return (
    <Message
      blocks={blocks}
      data={{ users: [...names.users], channels: [...names.channels], user_groups: [...names.groups] }}
      hooks={hooksAt(now)}
      // The library draws a date once; another day makes another “today” of it.
      key={now().toDateString()}
      logo=""
      name=""
      theme={dark ? 'dark' : 'light'}
      withoutWrapper
    />
  );
}

/** Rich text, and mrkdwn or plain text turned into it. */
export function RichText({ elements }: { readonly elements: RichTextBlock['elements'] }) {
  return <Drawn blocks={[{ type: 'rich_text', elements } as DrawnBlock]} />;
}

/** A text object: mrkdwn, or plain text, which knows nothing but emoji. */
export function Text({ text }: { readonly text: TextObject }) {
  if (text.type === 'mrkdwn') return <RichText elements={richTextOf(text.text)} />;
  const elements = plainElements(text.text, text.emoji !== false);
  const bare = elements.every((element) => element.type === 'text');
  return bare ? text.text : <RichText elements={[{ type: 'rich_text_section', elements }]} />;
}
