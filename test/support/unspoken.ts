import type { SlackSandbox } from '../../sandbox/slack/start-slack.ts';

// Notifications show nothing but a message's `text`, and screen readers read nothing else (docs.slack.dev:
// chat.postMessage, "Accessibility considerations").

interface Block {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string };
  readonly fields?: readonly { readonly text: string }[];
  readonly elements?: readonly Element[];
  readonly accessory?: Element;
}
interface Element {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly options?: readonly { readonly text: { readonly text: string } }[];
  readonly initial_option?: { readonly text: { readonly text: string } };
  readonly alt_text?: string;
}
interface Said {
  readonly text?: unknown;
  readonly blocks?: unknown;
}

const unmarked = (text: string): string => text.replace(/[`ˋ*]/g, '').replace(/\s+/g, ' ');

/** A date is told as the day that stands in it: the text may say it in short. */
const bare = (text: string): string =>
  unmarked(text.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1'))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const written = (text: Element['text']): string => (typeof text === 'string' ? text : (text?.text ?? ''));

function* wordsOf(element: Element): Generator<string> {
  // What a button does is said by it; a box or a chosen option holds what the message is about.
  if (element.type === 'mrkdwn' || element.type === 'plain_text') yield written(element.text);
  if (element.type === 'checkboxes' || element.type === 'radio_buttons')
    for (const { text } of element.options ?? []) yield text.text;
  if (element.type === 'image') yield element.alt_text ?? '';
}

function* textsOf(block: Block): Generator<string> {
  if (block.text !== undefined) yield block.text.text;
  for (const field of block.fields ?? []) yield field.text;
  for (const element of block.elements ?? []) yield* wordsOf(element);
  if (block.accessory !== undefined) yield* wordsOf(block.accessory);
}

/** People, channels, links; data in code spans; emails; numbers. */
const CONTENT = /<[^>]+>|`[^`]+`|[\p{L}\p{N}.+_-]+@[\p{L}\p{N}.-]+|\d+/gu;

/** What the blocks name, or quote as a person's own words, and the text does not. */
export function unspoken({ text, blocks }: Said): readonly string[] {
  const said = bare(String(text ?? ''));
  const numbers = new Set(said.match(/\d+/g) ?? []);
  const drawn = (typeof blocks === 'string' ? JSON.parse(blocks) : (blocks ?? [])) as readonly Block[];
  const quotes = drawn.flatMap((block) =>
    block.type === 'section' && block.text?.type === 'plain_text' ? [block.text.text] : [],
  );
  const parts = drawn
    .flatMap((block) => [...textsOf(block)])
    .flatMap((part) => part.match(CONTENT) ?? [])
    .map(bare);
  const isSaid = (part: string) => (/^\d+$/.test(part) ? numbers.has(part) : said.includes(part));
  return [
    ...parts.filter((part) => !isSaid(part)),
    ...quotes.filter((quote) => !said.includes(unmarked(quote))),
  ];
}

/** From so many characters on a text may be cut: Slack takes no rewritten message with more than 4000. */
const CUT_FROM = 3800;

/** Every message that the bot has sent to this Slack and whose text lacks something, with what it lacks. */
export function unspokenMessages({ traffic }: SlackSandbox): readonly object[] {
  const posts = traffic.calls().filter(({ method }) => /^chat\.(?:post|update)/.test(method));
  return [...posts, ...traffic.of('response_url')]
    .map(({ args }) => ({ text: args.text, lacks: unspoken(args) }))
    .filter(({ text, lacks }) => lacks.length > 0 && String(text).length < CUT_FROM);
}
