import type { ActionsBlockElement, KnownBlock, SectionBlockAccessory } from '@slack/types';
import { plainOf, withPlainDates } from '../texts/plain-of.ts';
import type { Message } from './blocks.ts';
import { code, cutMrkdwn } from './mrkdwn.ts';

/** Slack cuts a message's text from 40,000 characters on (Slack: chat.postMessage). */
const LONGEST_TEXT = 39_000;
/** Slack refuses to rewrite a message with a text of more than 4000 (Slack: chat.update, `msg_too_long`). */
const LONGEST_REWRITTEN = 4000;
const LONGEST_QUOTE = 12_000;

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
      return [
        ...(block.text === undefined ? [] : [block.text]),
        ...(block.fields ?? []),
        ...(block.accessory === undefined ? [] : optionsIn(block.accessory)),
      ];
    case 'header':
      return [block.text];
    case 'context':
      return block.elements.map((element) =>
        'text' in element ? element : { type: 'plain_text', text: element.alt_text },
      );
    case 'actions':
      return block.elements.flatMap(optionsIn);
    case 'image':
      return [{ type: 'plain_text', text: block.alt_text }];
    default:
      return [];
  }
}

/** Boxes to tick hold what the message is about; the choices of a menu are what one can do. */
const optionsIn = (element: ActionsBlockElement | SectionBlockAccessory): readonly TextObject[] =>
  element.type === 'checkboxes' || element.type === 'radio_buttons'
    ? element.options.map(({ text }) => text)
    : [];

/**
 * The text of a message with all that its blocks say: notifications show nothing else, and screen readers read nothing
 * else (Slack: chat.postMessage, "Accessibility considerations"). A text that says all of that stays.
 */
export function withWholeText({ text, blocks }: Message): Message {
  return { text: cutMrkdwn(says(text, blocks) ? text : spoken(blocks), LONGEST_TEXT), blocks };
}

/** As `withWholeText`, for a message that may be rewritten. A text too long for that tells days in short, then ends with `…`. */
export function withRewritableText(message: Message): Message {
  const { text, blocks } = withWholeText(message);
  const short = text.length <= LONGEST_REWRITTEN ? text : withPlainDates(text);
  return { text: cutMrkdwn(short, LONGEST_REWRITTEN), blocks };
}

/** What must not be missing: people and channels, dates, data in code spans, numbers. */
const CONTENT = /<[^>]+>|`[^`]+`|\d+/g;
const NUMBERS = /\d+/g;

/** Whether a text has all data, numbers and words of people that the blocks have. */
function says(text: string, blocks: readonly KnownBlock[]): boolean {
  const numbers = new Set(text.match(NUMBERS));
  const plain = plainOf(text);
  return blocks.every((block) =>
    textsIn(block).every((part) => {
      // A person's own words stand in plain text.
      if (block.type === 'section' && part.type === 'plain_text' && !plain.includes(plainOf(asMrkdwn(part))))
        return false;
      return (asMrkdwn(part).match(CONTENT) ?? []).every((it) =>
        /^\d+$/.test(it) ? numbers.has(it) : text.includes(it),
      );
    }),
  );
}
