import type { KnownBlock } from '@slack/types';
import type { Message } from './blocks.ts';
import { code, truncate } from './mrkdwn.ts';

/** Slack cuts a message's text from 40,000 characters on (Slack: chat.postMessage). */
const LONGEST_TEXT = 39_000;
const LONGEST_QUOTE = 3000;

/** Words of ours, and others that mean nothing to Slack wherever they stand. */
const PLAIN_WORDS = /^(?:[A-Za-z0-9 ,()'-]|[.:](?= |$))*$/;

interface TextObject {
  readonly type: string;
  readonly text: string;
}

/** Plain text inside of mrkdwn. */
const asMrkdwn = ({ type, text }: TextObject): string =>
  type === 'mrkdwn' || PLAIN_WORDS.test(text) ? text : code(text, LONGEST_QUOTE);

/** All that blocks say, in one text of mrkdwn: a line for each block. Labels of buttons are left out. */
export const spoken = (blocks: readonly KnownBlock[]): string =>
  blocks
    .map((block) => textsIn(block).map(asMrkdwn).join(' · '))
    .filter((text) => text !== '')
    .join('\n');

function textsIn(block: KnownBlock): readonly TextObject[] {
  switch (block.type) {
    case 'section':
      return [...(block.text === undefined ? [] : [block.text]), ...(block.fields ?? [])];
    case 'header':
      return [block.text];
    case 'context':
      return block.elements.filter((element): element is TextObject & typeof element => 'text' in element);
    default:
      return [];
  }
}

/**
 * The text of a message with all that its blocks say: notifications show nothing else, and screen readers read nothing
 * else (Slack: chat.postMessage, "Accessibility considerations"). It is left as it is where it says all of that.
 */
export function withWholeText({ text, blocks }: Message): Message {
  const all = spoken(blocks);
  return { text: truncate(says(text, all) ? text : all, LONGEST_TEXT), blocks };
}

/** What must not be missing: people and channels, dates, data in code spans, numbers. */
const CONTENT = /<[^>]+>|`[^`]+`|\d+/g;

const says = (text: string, all: string): boolean =>
  (all.match(CONTENT) ?? []).every((part) => text.includes(part));
