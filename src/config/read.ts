import { SECRET_SETTINGS } from './secrets.ts';
import { type SettingName, settings } from './settings.ts';

const MOST_SHOWN = 80;
const QUOTED = /^["'`]|["'`]$/;
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;

export type ReadSetting =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string; readonly isSet: boolean };

/** One setting from its text. The problem tells the text, unless it is a secret or may hold one; `hide` knows the secrets. */
export function readSetting(
  name: SettingName,
  raw: string | undefined,
  hide: (text: string) => string,
): ReadSetting {
  const { schema, isVerbatim } = settings[name];
  const given = givenText(name, raw);
  const fault = (problem: string): ReadSetting => ({ ok: false, problem, isSet: given !== undefined });
  if (given !== undefined && isVerbatim !== true) {
    const odd = INVISIBLE.exec(given)?.[0].codePointAt(0);
    if (odd !== undefined)
      return fault(`expected no invisible character in it, such as this one, ${codeOf(odd)}`);
    if (QUOTED.test(given))
      return fault(`expected it without quotes: only the file .env needs them${shown(name, hide(given))}`);
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  if (given === undefined) return fault('is required and is not set');
  return fault(`expected ${parsed.error.issues[0]?.message}${shown(name, hide(given))}`);
}

/**
 * What was given for a setting: nothing where it is empty. Blanks around it are taken off, but for a secret, whose own
 * they may be; a secret loses the line break that files end with.
 */
export function givenText(name: SettingName, raw: string | undefined): string | undefined {
  const trimmed = raw?.trim();
  if (trimmed === '') return name === 'DIGEST_CRON' ? '' : undefined;
  return settings[name].isVerbatim === true ? raw?.replace(/[\r\n]+$/, '') : trimmed;
}

function shown(name: SettingName, text: string): string {
  const isSecret = SECRET_SETTINGS.some((secret) => secret === name) || /xox\w?-|xapp-|\beyJ/.test(text);
  // An address may have a password in any part of it, but for that of a file.
  const isAddress = /_URL$/.test(name) && !text.startsWith('file:') && /[@?#]/.test(text);
  if (isSecret || isAddress) return '';
  return `, not ${JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text)}`;
}

const codeOf = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
