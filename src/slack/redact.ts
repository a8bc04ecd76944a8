/** Fields that hold a secret, or what lets somebody answer, open modals or forge a form in the bot's name. */
export const SECRET_FIELDS = [
  'token',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'signing_secret',
  'secretData',
  'api_key',
  'apiKey',
  'authorization',
  'cookie',
  'response_url',
  'responseUrl',
  'trigger_id',
  'private_metadata',
  'privateMetadata',
] as const;

/** What the names of such fields end with: `client_secret` and `SLACK_SIGNING_SECRET` both hold a secret. */
const names =
  'token|passw(?:or)?d|passphrase|pwd|secret(?:data)?|api[_-]?key|private[_-]?key|credential|authorization|signature|cookie|response_?url|trigger_id|private_?metadata';
const HIDDEN = '[redacted]';

/** A field of JSON, its value a text, a number or a list of such. */
const JSON_FIELD = new RegExp(
  String.raw`((?:${names})"\s*:\s*)(?:"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]*|\[[^[\]{}]*\])`,
  'gi',
);
/** The same in JSON that is quoted in JSON: quotes have as many backslashes before the name as around the value. */
const QUOTED_FIELD = new RegExp(
  String.raw`((?:${names})(\\+)"\s*:\s*)\2"(?:[^"\\]|\\[\s\S])*?(?<!\\)\2"`,
  'gi',
);
/** Keycloak's way to set a password. */
const CREDENTIAL = /("type"\s*:\s*"password"[^{}]*?"value"\s*:\s*)"(?:[^"\\]|\\[\s\S])*"/gi;
const CREDENTIAL_FIRST = /("value"\s*:\s*)"(?:[^"\\]|\\[\s\S])*"([^{}]*?"type"\s*:\s*"password")/gi;
/**
 * A value in single quotes, in double ones that stand in JSON, or up to the next sign that ends one. A double quote
 * alone may be the end of a text in JSON, so it begins no value.
 */
const VALUE = String.raw`(?:\\+"(?:[^"\\]|\\(?!\\*"))*\\+"|'(?:[^'"\\]|\\[\s\S])*'|(?:'|\\+")?[^\s&"'\\,;)}]+)`;
/** A field of a form or of a query, or a line of a settings file. */
const FORM_FIELD = new RegExp(
  String.raw`((?:${names})(?: ?=(?:>|(?!>)) ?|%3D|%22%3A%22)(?:(?:Bearer|Basic)\s+)?)${VALUE}`,
  'gi',
);
/** A field as programs print objects, and a header; what stands behind the address of Keycloak's tokens is no token. */
const PRINTED_FIELD = new RegExp(
  String.raw`(?<!openid-connect\/)((?:\w{1,40}_)?(?:${names})'? ?:\s*(?:(?:Bearer|Basic)\s+)?)${VALUE}`,
  'gi',
);
/** The same two with double quotes, in a text that is not JSON. */
const QUOTED_VALUE = new RegExp(String.raw`((?:${names})'?(?: ?=>? ?| ?:\s*))"(?:[^"\\]|\\[\s\S])*"`, 'gi');
/** What comes after it unquoted is our sentence about that setting. */
const SETTING_NAME = /^[A-Z]+_[A-Z_]+:/;
/** Name and password before the host of an address; a password that is not encoded may reach up to the last @. */
const USER_INFO = [
  /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@:?#"'<>\\]*:(?!\d{1,5}(?:[/?#\s"'<>\\]|$))[^\s"'<>\\]*@/gi,
  /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@?#"'<>\\]+@/gi,
] as const;

/** One header may hold several. */
const COOKIES = /((?:set-)?cookie'? ?: *)(?!\[redacted\])[^\s"'\\][^\n"'\\]*/gi;
/** A name and a password, as base64 (RFC 7617). */
const BASIC = /\bBasic\s+([\w+/-]{4,}={0,2})/g;

/** What is known by its own look, wherever it stands. */
const LOOKS = [
  // Slack's tokens, and JWTs.
  /\b(?:xox[a-z](?:\.xox[a-z])?-|xapp-|xwfp-)[\w-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\bBearer\s+[\w.~+/=-]+/gi,
  // Where answers go: Slack's own address, and whatever stands in for it.
  /https?:\/\/hooks\.slack(?:-gov)?\.com[^\s"'<>\\]*/gi,
  /https?:\/\/[^\s"'<>\\]+\/(?:commands|actions)\/[TE]\w+\/[^\s"'<>\\]+/gi,
  // Triggers, e.g. `13345224609.738474920.8088930838d88f008e0`.
  /\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/gi,
  // The one-time address of a socket.
  /\bticket=[\w%-]+/gi,
] as const;

const isSignIn = (code: string): boolean => /^[ -~]*:/.test(Buffer.from(code, 'base64').toString('latin1'));

/** The text without what would let its reader act for the bot or for somebody. JSON stays JSON. Pure. */
export function redact(text: string): string {
  const isJson = text.startsWith('{');
  const fields = text
    .replace(COOKIES, `$1${HIDDEN}`)
    .replace(BASIC, (all, code: string) => (isSignIn(code) ? `Basic ${HIDDEN}` : all))
    .replace(JSON_FIELD, `$1"${HIDDEN}"`)
    .replace(QUOTED_FIELD, `$1$2"${HIDDEN}$2"`)
    .replace(CREDENTIAL, `$1"${HIDDEN}"`)
    .replace(CREDENTIAL_FIRST, `$1"${HIDDEN}"$2`)
    .replace(FORM_FIELD, `$1${HIDDEN}`)
    .replace(PRINTED_FIELD, (all, field: string) => (SETTING_NAME.test(field) ? all : `${field}${HIDDEN}`))
    .replace(QUOTED_VALUE, (all, field: string) => (isJson ? all : `${field}${HIDDEN}`));
  const addresses = USER_INFO.reduce((hidden, look) => hidden.replace(look, `$1${HIDDEN}@`), fields);
  return LOOKS.reduce((hidden, look) => hidden.replace(look, HIDDEN), addresses);
}

/**
 * A line of JSON in which `hide` was applied to each text, so that it stays JSON whatever a secret looks like: `123`
 * within a number is none, nor is the name of a field.
 */
export function hideInJson(line: string, hide: (text: string) => string): string {
  if (hide(line) === line) return line;
  const ending = line.endsWith('\n') ? '\n' : '';
  return `${JSON.stringify(JSON.parse(line), (_name, value: unknown) => (typeof value === 'string' ? hide(value) : value))}${ending}`;
}
