import { once } from '../once.ts';

/** RFC 5321, 4.5.3.1: octets of the part before the `@`, and of the whole path less its brackets. */
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/** The atoms of RFC 5322, 3.2.3, with letters of any script (RFC 6531); Keycloak takes the same. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?';
/** Made when it is first needed: letters of all scripts take a while. */
const domain = once(() => new RegExp(`^(?:${LABEL}\\.)+(?=[^.]*\\p{L})${LABEL}$`, 'u'));

const octets = (text: string): number => new TextEncoder().encode(text).length;

/** Why a text is no email that an account can have, as a sentence; `undefined` for one. */
export function emailFault(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  if (at < 0) return 'An email has an @ in it.';
  const [local, host] = [text.slice(0, at), text.slice(at + 1)];
  if (/^".*"$/.test(local)) return 'Wallaroo takes no email with a part in quotation marks.';
  if (/\s/.test(text)) return 'An email has no blanks in it.';
  if (local.includes('@')) return 'An email has one @ only.';
  if (octets(local) > LONGEST_LOCAL || octets(text) > LONGEST) return 'This email is too long.';
  if (!LOCAL.test(local)) return 'The part before the @ is not one that an email may have.';
  if (!host.includes('.')) return 'The part after the @ has no dot, such as in example.com.';
  if (!domain().test(host) || !URL.canParse(`http://${host}`))
    return 'The part after the @ is not the name of a domain.';
  return undefined;
}

/**
 * Whether a text is an email that an account can have: also with letters of other scripts on both sides of the `@`,
 * with `&`, `+` or an apostrophe. No quoted part, no address of a machine, no name without a dot.
 */
export const isEmail = (text: string): boolean => emailFault(text) === undefined;
