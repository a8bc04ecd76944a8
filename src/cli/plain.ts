import { plainOf as textOf } from '../texts/plain-of.ts';

const MENTION = /<@([A-Z0-9]+)>/g;
/** With the blank before it: no terminal draws it. One may close a bold title, and the squares of a meter stand side by side. */
const EMOJI = /(?:^|\s+)(?::[a-z_]+:)+(?=[\s*]|$)/g;
/** Of ours: in what people write, `<` is escaped. */
const LINK = /<(https?:[^|>]+)\|([^>]*)>/g;
/** What a terminal would take for an order, such as a colour in somebody's name, and what reorders a line. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu;

/** One line that a terminal takes for text and nothing else. */
export const printable = (text: string): string => text.replace(CONTROLS, ' ').trim();

/** A text of ours for Slack as plain text. */
export const plainOf = (mrkdwn: string): string =>
  printable(textOf(mrkdwn.replace(EMOJI, '').replace(MENTION, '$1').replace(LINK, '$2: $1')));
