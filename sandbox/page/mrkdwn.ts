import type { RichTextBlock, RichTextElement, RichTextText } from '@slack/types';

// Slack's mrkdwn read into rich text, as Slack itself does it before drawing. The drawing library reads mrkdwn
// too, but it decodes `&lt;` first, so that escaped text becomes a mention there.

type Style = NonNullable<RichTextText['style']>;
type Piece = RichTextBlock['elements'][number];

const inline =
  /<(?<entity>[^<>\n]+)>|`(?<code>[^`\n]+)`|(?<!\w)\*(?=\S)(?<bold>[^*\n]+?)(?<=\S)\*(?!\w)|(?<!\w)_(?=\S)(?<italic>[^_\n]+?)(?<=\S)_(?!\w)|(?<!\w)~(?=\S)(?<strike>[^~\n]+?)(?<=\S)~(?!\w)|:(?<emoji>[a-z0-9_+'-]+):|(?<url>https?:\/\/[^\s<>|]+)/giu;

const meant: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Slack escapes three characters and no others; decoded once, so `&amp;lt;` stays `&lt;`. */
const unescaped = (text: string): string => text.replace(/&(?:lt|gt|amp);/g, (it) => meant[it] ?? it);

const styled = (style: Style) => (Object.keys(style).length > 0 ? { style } : {});

function entityOf(content: string, style: Style): RichTextElement {
  const bar = content.indexOf('|');
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(content.slice(bar + 1));
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1), ...styled(style) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1), ...styled(style) };
  if (target.startsWith('!subteam^'))
    return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length), ...styled(style) };
  if (target === '!here' || target === '!channel' || target === '!everyone')
    return { type: 'broadcast', range: target.slice(1) as 'here' | 'channel' | 'everyone', ...styled(style) };
  if (target.startsWith('!date^')) return dateOf(target, label ?? '', style);
  return { type: 'link', url: unescaped(target), text: label ?? unescaped(target), ...styled(style) };
}

function dateOf(target: string, fallback: string, style: Style): RichTextElement {
  const [, seconds, format, url] = target.split('^');
  const timestamp = Number(seconds);
  if (!Number.isInteger(timestamp) || format === undefined) return { type: 'text', text: fallback };
  return { type: 'date', timestamp, format, fallback, ...(url ? { url } : {}), ...styled(style) };
}

const textOf = (raw: string, style: Style): RichTextElement[] =>
  raw === '' ? [] : [{ type: 'text', text: unescaped(raw), ...styled(style) }];

/** One run of mrkdwn without quotes or preformatted parts. */
export function inlineElements(raw: string, style: Style = {}): RichTextElement[] {
  const found: RichTextElement[] = [];
  let end = 0;
  for (const match of raw.matchAll(inline)) {
    const { entity, code, bold, italic, strike, emoji, url } = match.groups ?? {};
    found.push(...textOf(raw.slice(end, match.index), style));
    end = match.index + match[0].length;
    if (entity !== undefined) found.push(entityOf(entity, style));
    else if (code !== undefined) found.push(...textOf(code, { ...style, code: true }));
    else if (bold !== undefined) found.push(...inlineElements(bold, { ...style, bold: true }));
    else if (italic !== undefined) found.push(...inlineElements(italic, { ...style, italic: true }));
    else if (strike !== undefined) found.push(...inlineElements(strike, { ...style, strike: true }));
    else if (emoji !== undefined) found.push({ type: 'emoji', name: emoji });
    else if (url !== undefined) found.push({ type: 'link', url: unescaped(url), text: unescaped(url) });
  }
  return [...found, ...textOf(raw.slice(end), style)];
}

const quoted = /^(?:>|&gt;)\s?/;

function lines(raw: string): Piece[] {
  const pieces: { quote: boolean; lines: string[] }[] = [];
  for (const line of raw.split('\n')) {
    const quote = quoted.test(line);
    const last = pieces.at(-1);
    if (last?.quote === quote) last.lines.push(line.replace(quoted, ''));
    else pieces.push({ quote, lines: [line.replace(quoted, '')] });
  }
  return pieces.map((piece) => ({
    type: piece.quote ? 'rich_text_quote' : 'rich_text_section',
    elements: inlineElements(piece.lines.join('\n')),
  }));
}

/** A whole mrkdwn text as the elements of a `rich_text` block. */
export function richTextOf(mrkdwn: string): Piece[] {
  return mrkdwn.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index): Piece[] => {
    if (index % 2 === 1)
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescaped(part) }] }];
    return part === '' ? [] : lines(part.replace(/\n$/, ''));
  });
}

/** Plain text knows no markup but emoji. */
export function plainElements(text: string, emoji: boolean): RichTextElement[] {
  return text.split(/:([a-z0-9_+'-]+):/i).flatMap((part, index): RichTextElement[] => {
    if (index % 2 === 1)
      return emoji ? [{ type: 'emoji', name: part }] : [{ type: 'text', text: `:${part}:` }];
    return part === '' ? [] : [{ type: 'text', text: part }];
  });
}
