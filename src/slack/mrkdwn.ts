import { oneLine } from '../texts/one-line.ts';

const ELLIPSIS = '…';

/** Cuts to `max` UTF-16 units at most, never inside a character, with a mark where something was cut. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > max - ELLIPSIS.length) break;
    kept += character;
  }
  return kept + ELLIPSIS;
}

/** The same for mrkdwn: never inside a tag or an entity, and a code span that is cut is closed, or what follows it is markup. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = max - ELLIPSIS.length - '`'.length;
  const kept = truncate(text, room + ELLIPSIS.length)
    .slice(0, -ELLIPSIS.length)
    .replace(/<[^>]*$|&[a-z]*$/, '');
  const isInCode = kept.split('`').length % 2 === 0;
  return `${kept}${ELLIPSIS}${isInCode ? '`' : ''}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack's three control characters as entities (Slack: messaging/formatting-message-text). */
export function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/**
 * User data inside mrkdwn: a code span, the one place where Slack reads no markup, link, mention or emoji.
 * At most `max` characters once escaped.
 */
export function code(text: string, max = 120): string {
  const line = oneLine(text).replaceAll('`', 'ˋ');
  if (line === '') return '`(empty)`';
  let shown = '';
  for (const character of line) {
    const escaped = escapeMrkdwn(character);
    if (shown.length + escaped.length > max - ELLIPSIS.length) {
      if (escapeMrkdwn(line).length <= max) return `\`${escapeMrkdwn(line)}\``;
      return `\`${shown}${ELLIPSIS}\``;
    }
    shown += escaped;
  }
  return `\`${shown}\``;
}

/** `<@U…>`; ids only, so nothing a person typed reaches it. */
export const mention = (userId: string): string => `<@${userId}>`;

/** `<@U…>` of a person or `<!subteam^S…>` of a user group. */
export const mentionPrincipal = (id: string): string =>
  id.startsWith('S') ? `<!subteam^${id}>` : mention(id);

/** A moment in each reader's own zone (Slack: formatting-message-text, date formatting). */
export function dateTime(at: Date): string {
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} at {time}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`;
}

/** A day in each reader's own zone. */
export function day(at: Date): string {
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty}|${at.toISOString().slice(0, 10)}>`;
}

/** Of each mark how something went; in a code span it is somebody's data. */
const MARK = /`[^`]*`|\s*:(?:warning|no_entry|x|white_check_mark|hourglass_flowing_sand|wastebasket|zzz):/g;

/** A line with its marks at its end, each once: in the midst of a sentence they stop who reads it. */
export function marksLast(line: string): string {
  const marks = new Set<string>();
  const words = line.replace(MARK, (found) => {
    if (found.startsWith('`')) return found;
    marks.add(found.trim());
    return '';
  });
  return [words, ...marks].join(' ');
}

/** `1 user`, `2 users`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
