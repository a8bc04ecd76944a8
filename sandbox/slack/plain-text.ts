import { LRUCache } from 'lru-cache';
import { asJson, asList, asText, type Json } from './json.ts';
import type { SlackState } from './state.ts';

// What a person reads: blocks as plain text, with Slack's markup resolved as its clients do.

function nameOf(state: SlackState, kind: string, id: string, label: string | undefined): string {
  if (kind === '@') return `@${label ?? state.people.get(id)?.realName ?? id}`;
  if (kind === '#') return `#${state.channels.get(id)?.name ?? label ?? id}`;
  if (id.startsWith('subteam^')) return `@${state.userGroups.get(id.slice(8))?.handle ?? label ?? id}`;
  if (id.startsWith('date^')) return label ?? id;
  return `@${label ?? id}`;
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Texts without marks of emphasis: who waits for a message reads all that stand in the channel at every change. */
const withoutEmphasis = new LRUCache<string, string>({ max: 2000, memoMethod: strippedOfEmphasis });

const emphasis = /(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])/g;

function strippedOfEmphasis(text: string): string {
  return text.replace(emphasis, (_, __, inner: string) => strippedOfEmphasis(inner));
}

/** mrkdwn as it is read: mentions by name, links by label, no marks of emphasis, nothing escaped. */
function plainTextOfMrkdwn(state: SlackState, mrkdwn: string): string {
  const resolved = mrkdwn.replace(
    /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g,
    (_, kind: string, id: string, label?: string) =>
      kind === '' ? (label ?? id.replace(/^mailto:/, '')) : nameOf(state, kind, id, label),
  );
  return unescaped(withoutEmphasis.memo(resolved));
}

/** A text object; `plain_text` is read as it stands. */
export function plainTextOfText(state: SlackState, text: unknown): string {
  const { type, text: content } = asJson(text);
  const written = asText(content) ?? '';
  return type === 'mrkdwn' ? plainTextOfMrkdwn(state, written) : unescaped(written);
}

function richText(state: SlackState, element: Json): string {
  const { type, elements, text, user_id, usergroup_id, channel_id, url, name, fallback, range } = element;
  switch (type) {
    case 'text':
      return asText(text) ?? '';
    case 'link':
      return asText(text) ?? asText(url) ?? '';
    case 'emoji':
      return `:${asText(name) ?? ''}:`;
    case 'user':
      return nameOf(state, '@', asText(user_id) ?? '', undefined);
    case 'usergroup':
      return nameOf(state, '!', `subteam^${asText(usergroup_id) ?? ''}`, undefined);
    case 'channel':
      return nameOf(state, '#', asText(channel_id) ?? '', undefined);
    case 'broadcast':
      return `@${asText(range) ?? ''}`;
    case 'date':
      return asText(fallback) ?? '';
    default: {
      const parts = asList(elements).map((inner) => richText(state, asJson(inner)));
      return parts.join(type === 'rich_text' || type === 'rich_text_list' ? '\n' : '');
    }
  }
}

/** All that a block says, except what its controls are labelled with; an input says its label and its hint. */
export function plainTextOfBlock(state: SlackState, block: Json): string {
  const texts = (...values: readonly unknown[]) =>
    values
      .filter((value) => value !== undefined)
      .map((value) => plainTextOfText(state, value))
      .join('\n');
  switch (block.type) {
    case 'section':
      return texts(block.text, ...asList(block.fields));
    case 'header':
      return texts(block.text);
    case 'context':
      return asList(block.elements)
        .map(asJson)
        .map((element) => (element.type === 'image' ? (asText(element.alt_text) ?? '') : texts(element)))
        .join('\n');
    case 'input':
      return texts(block.label, block.hint);
    case 'image':
      return [texts(block.title), asText(block.alt_text) ?? ''].filter(Boolean).join('\n');
    case 'markdown':
      return asText(block.text) ?? '';
    case 'rich_text':
      return richText(state, block);
    default:
      return '';
  }
}

/** Blocks as read from top to bottom; without blocks, the text. */
export function plainTextOf(state: SlackState, blocks: readonly Json[], text = ''): string {
  if (blocks.length === 0) return plainTextOfMrkdwn(state, text);
  return blocks
    .map((block) => plainTextOfBlock(state, block))
    .filter((line) => line !== '')
    .join('\n');
}
