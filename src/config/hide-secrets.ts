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
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  return [secret, inJson, JSON.stringify(inJson).slice(1, -1), encodeURIComponent(secret), form];
}

function patternOf(spelling: string): string {
  const literal = spelling.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return spelling.length > WORD_LENGTH ? literal : String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`;
}
