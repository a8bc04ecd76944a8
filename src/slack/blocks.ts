import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { oneLine, truncate } from './mrkdwn.ts';

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
    text: { type: 'mrkdwn', text: truncate(text, 3000), verbatim: true },
    ...(accessory === undefined ? {} : { accessory }),
  };
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
      .map((text) => ({ type: 'mrkdwn', text: truncate(text, 3000), verbatim: true })),
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

/** The size of blocks as Slack counts it, on the safe side: all of their JSON. */
export const sizeOf = (blocks: readonly KnownBlock[]): number => JSON.stringify(blocks).length;
