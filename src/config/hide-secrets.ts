import { formEncoded } from './secrets.ts';

const HIDDEN = '[redacted]';
/** Up to this length they are hidden only where they stand alone, not inside of a word. */
const WORD_LENGTH = 5;

/** A function that hides these secrets in a text, also as JSON, addresses, forms and headers spell them. */
export function hideSecrets(secrets: readonly string[]): (text: string) => string {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
  if (spellings.length === 0) return (text) => text;
  const pattern = new RegExp(spellings.map(patternOf).join('|'), 'giu');
  return (text) => text.replace(pattern, HIDDEN);
}

function spellingsOf(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(secret);
  return [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    asAscii(inJson),
    encoded,
    encodeURIComponent(encoded),
    formEncoded(secret),
    asUserInfo(secret),
    ...asMarkup(secret),
  ];
}

/** JSON of programs that write no letters beyond ASCII. */
const asAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As an address spells it before its `@`, where fewer signs are encoded than elsewhere. */
function asUserInfo(secret: string): string {
  const url = new URL('http://host');
  url.password = secret;
  return url.password || secret;
}

/** As Slack's messages spell it, and as pages do. */
function asMarkup(secret: string): readonly string[] {
  const message = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [message, message.replaceAll('"', '&quot;')];
}

function patternOf(spelling: string): string {
  const literal = spelling.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return spelling.length > WORD_LENGTH ? literal : String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`;
}
