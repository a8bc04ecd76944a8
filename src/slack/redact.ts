/** Fields that hold a secret, or what lets somebody answer, open modals or forge a form in the bot's name. */
export const SECRET_FIELDS = [
  'token',
  'password',
  'access_token',
  'refresh_token',
  'client_secret',
  'authorization',
  'response_url',
  'responseUrl',
  'trigger_id',
  'private_metadata',
  'privateMetadata',
] as const;

const names = SECRET_FIELDS.join('|');
const HIDDEN = '[redacted]';

/** A field of JSON. */
const JSON_FIELD = new RegExp(String.raw`"(${names})"\s*:\s*"(?:[^"\\]|\\[\s\S])*"`, 'gi');
/** The same in JSON that is quoted in JSON: quotes have as many backslashes before the name as around the value. */
const QUOTED_FIELD = new RegExp(
  String.raw`(\\+)"(${names})\1"\s*:\s*\1"(?:[^"\\]|\\[\s\S])*?(?<!\\)\1"`,
  'gi',
);
/** A field of a form. */
const FORM_FIELD = new RegExp(String.raw`\b(${names})=[^&\s"'\\]+`, 'gi');

/** What is known by its own look, wherever it stands. */
const LOOKS = [
  // Slack's tokens, and JWTs.
  /\b(?:xox[a-z]-|xapp-)[\w-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\bBearer\s+[\w.~+/=-]+/gi,
  // Where answers go: Slack's own address, and whatever stands in for it.
  /https?:\/\/hooks\.slack(?:-gov)?\.com[^\s"'<>\\]*/gi,
  /https?:\/\/[^\s"'<>\\]+\/(?:commands|actions)\/[TE]\w+\/[^\s"'<>\\]+/gi,
  // Triggers, e.g. `13345224609.738474920.8088930838d88f008e0`.
  /\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/gi,
  // The one-time address of a socket.
  /\bticket=[\w%-]+/gi,
] as const;

/** The text without what would let its reader act for the bot or for somebody. JSON stays JSON. Pure. */
export function redact(text: string): string {
  const fields = text
    .replace(JSON_FIELD, `"$1":"${HIDDEN}"`)
    .replace(QUOTED_FIELD, `$1"$2$1":$1"${HIDDEN}$1"`)
    .replace(FORM_FIELD, `$1=${HIDDEN}`);
  return LOOKS.reduce((hidden, look) => hidden.replace(look, HIDDEN), fields);
}
