import type fc from 'fast-check';
import { expect } from 'vitest';
import { validateMessage, validateView } from '../../sandbox/slack/block-kit/validate.ts';
import type { SlackSandbox } from '../../sandbox/slack/start-slack.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { anyText, anyUser } from './any-data.ts';

/** Stands in all data of people, to be found again wherever it came to be shown. */
const MARK = '\u03a9';

/** A text that is recognised in what is shown. */
export const marked = (text: string): string => `${MARK}${text}${MARK}`;

/** Any text that is recognised in what is shown. */
export const anyMarkedText = (maxLength = 300): fc.Arbitrary<string> => anyText(maxLength).map(marked);

/** A user with any data, all of which is recognised in what is shown. */
export const anyMarkedUser: fc.Arbitrary<WallarooUser> = anyUser.map((user) => ({
  ...user,
  username: marked(user.username),
  email: user.email === undefined ? undefined : marked(user.email),
  firstName: user.firstName === undefined ? undefined : marked(user.firstName),
  realmRoles: user.realmRoles?.map(marked),
}));

/** What we write ourselves between angle brackets: dates, people, groups, channels, links to the console. */
const OURS =
  /<(?:!date\^\d+\^[^<>|]*\|[^<>]*|@U0[A-Z]+|!subteam\^S0[A-Z]+|#C0[A-Z]+|https:\/\/wallaroo\.example\.com\/[^<>|]*\|[^<>]*)>/g;

interface Texts {
  readonly mrkdwn: string[];
  readonly plain: { readonly text: string; readonly emoji: unknown }[];
}

function collect(value: unknown, found: Texts): Texts {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (value !== null && typeof value === 'object') {
    const { type, text, emoji } = value as { type?: unknown; text?: unknown; emoji?: unknown };
    if (type === 'mrkdwn' && typeof text === 'string') found.mrkdwn.push(text);
    if (type === 'plain_text' && typeof text === 'string') found.plain.push({ text, emoji });
    for (const item of Object.values(value)) collect(item, found);
  }
  return found;
}

type SentTexts = Pick<SlackSandbox, 'traffic'>;

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : json);

/** Every text that the bot has sent to this Slack in which marked data stands outside of a code span. */
export function spilledData({ traffic }: SentTexts): readonly string[] {
  const sent = traffic.calls().filter(({ method }) => /^(?:chat|views)\./.test(method));
  const texts = [...sent, ...traffic.of('response_url')].flatMap(({ args }) => {
    const drawn = [parsed(args.blocks), parsed(args.view)];
    return [String(args.text ?? ''), ...collect(drawn, { mrkdwn: [], plain: [] }).mrkdwn];
  });
  return [...new Set(texts)].filter((text) =>
    text.split('`').some((part, at) => at % 2 === 0 && part.includes(MARK)),
  );
}

/** Data of people stands in code spans only, and brackets mean something only where we wrote them. */
function expectHarmlessMrkdwn(text: string): void {
  const own = text.replace(OURS, '');
  expect(own).not.toMatch(/[<>]/);
  const parts = own.split('`');
  expect(parts.length % 2, `unclosed code span in ${JSON.stringify(text)}`).toBe(1);
  for (const [index, part] of parts.entries()) if (index % 2 === 0) expect(part).not.toContain(MARK);
}

function expectHarmless(shown: unknown): void {
  const { mrkdwn, plain } = collect(shown, { mrkdwn: [], plain: [] });
  for (const text of mrkdwn) expectHarmlessMrkdwn(text);
  for (const { text, emoji } of plain) if (text.includes(MARK)) expect(emoji).toBe(false);
}

/** Slack takes the message, and nothing that people called themselves becomes a mention, a link or markup. */
export function expectHarmlessMessage(message: {
  readonly text: string;
  readonly blocks: readonly unknown[];
}): void {
  expect(validateMessage(message)).toBeUndefined();
  expectHarmless(message.blocks);
  expectHarmlessMrkdwn(message.text);
}

/** The same of a modal. */
export function expectHarmlessView(view: object): void {
  expect(validateView(view)).toBeUndefined();
  expectHarmless(view);
}
