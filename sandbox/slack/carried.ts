import { isJson } from './json.ts';

/** Slack's control characters; an `&` that begins an entity stays. */
const CONTROL = /&(?!(?:amp|lt|gt);)|[<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What Slack makes of plain text in all that it hands out: escaped, and so longer than what was sent (slackapi/bolt-python#513). */
export function carried<T>(value: T): T {
  if (Array.isArray(value)) return value.map(carried) as T;
  if (!isJson(value)) return value;
  const isPlain = value.type === 'plain_text' && typeof value.text === 'string';
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isPlain && name === 'text'
        ? String(inner).replace(CONTROL, (character) => ENTITIES[character] ?? character)
        : carried(inner),
    ]),
  ) as T;
}
