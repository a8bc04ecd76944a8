import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnOption,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { oneLine } from '../texts/one-line.ts';
import { code, cutMrkdwn, truncate } from './mrkdwn.ts';

/** What is posted: blocks, and the text for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** Characters that one message's blocks may have together; Slack refuses from about 13,200 on (slackapi/bolt-js#2509). */
export const MESSAGE_BUDGET = 12_500;

/** Plain text of one line, cut to `max` characters; emoji codes stay text. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: truncate(oneLine(text), max) || '–',
  emoji: false,
});

/** A section of mrkdwn, at most 3000 characters. Slack makes no links of what stands in it. */
export function section(text: string, accessory?: SectionBlock['accessory']): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: cutMrkdwn(text, 3000), verbatim: true },
    ...(accessory === undefined ? {} : { accessory }),
  };
}

const SECTION_CHARACTERS = 2900;

/** Lines of mrkdwn in as many sections as they need: at most `most` characters, the rest counted. */
export function lineSections(lines: readonly string[], most: number): readonly SectionBlock[] {
  const texts: string[] = [];
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const text = cutMrkdwn(line, SECTION_CHARACTERS);
    length += text.length + 1;
    if (length > most) {
      texts.push(`… and ${lines.length - index} more`);
      break;
    }
    const last = texts.at(-1);
    if (last === undefined || last.length + text.length + 1 > SECTION_CHARACTERS) texts.push(text);
    else texts[texts.length - 1] = `${last}\n${text}`;
  }
  return texts.map((text) => section(text));
}

/** A person's own words: several lines of plain text, never markup. */
export function quote(text: string, max = 2000): SectionBlock {
  const lines = text.split(/\r?\n/).map(oneLine).join('\n').trim();
  return {
    type: 'section',
    text: { type: 'plain_text', text: truncate(lines, max) || '–', emoji: false },
  };
}

/** Small grey mrkdwn, at most 10 elements. */
export function context(...texts: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: texts
      .slice(0, 10)
      .map((text) => ({ type: 'mrkdwn', text: cutMrkdwn(text, 3000), verbatim: true })),
  };
}

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, 150) });

export const divider: DividerBlock = { type: 'divider' };

/** A row of buttons; undefined ones are left out. At most 25. */
export function actions(...elements: readonly (ActionsBlockElement | undefined)[]): ActionsBlock {
  return { type: 'actions', elements: elements.filter((element) => element !== undefined).slice(0, 25) };
}

interface ButtonOptions {
  readonly text: string;
  readonly actionId: string;
  /** At most 2000 characters. */
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
  readonly url?: string;
}

export function button({ text, actionId, value, style, url }: ButtonOptions): Button {
  return {
    type: 'button',
    text: plain(text, 75),
    action_id: actionId,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}

/** A choice of a menu: text and value at most 75 and 150 characters. */
export const option = (text: string, value: string, description?: string): PlainTextOption => ({
  text: plain(text, 75),
  value,
  ...(description === undefined ? {} : { description: plain(description, 75) }),
});

/** A row's menu of one to five choices. */
export const overflow = (actionId: string, options: readonly PlainTextOption[]): Overflow => ({
  type: 'overflow',
  action_id: actionId,
  options: options.slice(0, 5),
});

/** A box for what is called `name`, which is data of users: text and description at most 75 characters. */
export const box = (name: string, value: string, description: string): MrkdwnOption => ({
  text: { type: 'mrkdwn', text: code(name, 73), verbatim: true },
  value,
  description: plain(description, 75),
});

/** Boxes in as few elements as Slack allows: ten to each (Slack: checkbox group element). `ticked`: values of boxes. */
export function checkboxes(
  actionId: string,
  options: readonly MrkdwnOption[],
  { page, ticked }: { readonly page: number; readonly ticked: readonly string[] },
): readonly ActionsBlock[] {
  const groups: ActionsBlock[] = [];
  for (let from = 0; from < options.length; from += BOXES_TOGETHER) {
    const group = options.slice(from, from + BOXES_TOGETHER);
    const initial = group.filter(({ value }) => value !== undefined && ticked.includes(value));
    groups.push({
      ...actions({
        type: 'checkboxes',
        action_id: `${actionId}/${from}`,
        options: group,
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      }),
      // The same whenever the page is drawn again, so that Slack keeps its ticks; another one's are not taken for them.
      block_id: `${actionId}/${page}/${from}`,
    });
  }
  return groups;
}

const BOXES_TOGETHER = 10;

/** The size of blocks as Slack counts it, on the safe side: all of their JSON. */
export const sizeOf = (blocks: readonly KnownBlock[]): number => JSON.stringify(blocks).length;
