import type { SlackSandbox } from '../../sandbox/slack/start-slack.ts';

/** What no sentence of ours ever holds, whatever it is about. Data of users stands in code spans and is left out. */
const ODD: Readonly<Record<string, RegExp>> = {
  // Slack writes `today at 3:41 PM` or `Nov 26, 2026 at …` there.
  'a date behind "on"': /\bon <!date/,
  'an emoji in the middle of a line':
    /:(?:warning|no_entry|x|white_check_mark|wastebasket|hourglass_flowing_sand|zzz):[*_]?[^\S\n]*[^\s*_:]/,
  'a value that is none': /\b(?:undefined|null|NaN|Invalid Date)\b|\[object/,
  'two full stops, or a blank before one': /(?<!\.)\.\.(?!\.)|\s[.,;](?:\s|$)/,
  'a number and a plural that do not fit':
    /\b1 (?:users|seats|requests|changes|workspaces|days|hours|minutes|people|accounts)\b/,
};

interface Drawn {
  readonly type?: string;
  readonly text?: unknown;
}

/** Every mrkdwn text in what was drawn, wherever it stands. */
function* mrkdwnIn(drawn: unknown): Generator<string> {
  if (typeof drawn !== 'object' || drawn === null) return;
  const { type, text } = drawn as Drawn;
  if (type === 'mrkdwn' && typeof text === 'string') yield text;
  for (const part of Object.values(drawn)) yield* mrkdwnIn(part);
}

const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : json);

/** What is odd about a text of ours; empty where nothing is. */
const oddities = (text: string): readonly string[] =>
  Object.entries(ODD).flatMap(([what, look]) => (look.test(text.replace(/`[^`]*`/g, '`…`')) ? [what] : []));

/** To be asked to try again what the bot tries again. Also looked for in what is no markup, such as the trail. */
const ASKED_AND_DONE = /\btry (?:it )?again\b[^\n]*Retrying automatically/i;

/** Every text that the bot has sent to this Slack and that reads oddly, with why. */
export function oddSentences({ traffic }: SlackSandbox): readonly string[] {
  const sent = traffic.calls().filter(({ method }) => /^(?:chat|views)\./.test(method));
  const texts = [...sent, ...traffic.of('response_url')].flatMap(({ args }) => [
    ...mrkdwnIn(parsed(args.blocks)),
    ...mrkdwnIn(parsed(args.view)),
  ]);
  const idle = sent.map(({ args }) => String(args.text ?? '')).filter((text) => ASKED_AND_DONE.test(text));
  return [
    ...[...new Set(texts)].flatMap((text) => oddities(text).map((what) => `${what}: ${text}`)),
    ...idle.map((text) => `asks to try again what the bot tries again: ${text}`),
  ];
}
