import * as z from 'zod';

const PRINCIPAL = /^[UWS][A-Z0-9]+$/;
const CHANNEL = /^[CG][A-Z0-9]+$/;

/** Keycloak takes none of these in a username, and no email has them outside of quotes. */
const NEVER_IN_NAMES = /[\s;:"<>()[\]*]/;

/** Entries separated by commas; a comma too many does no harm, but a list of nothing else is none. */
function list(one: string, expected: string, isRight: (entry: string) => boolean) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .refine((entries) => entries.length > 0, `at least one ${one}`)
    .refine((entries) => entries.every(isRight), `${expected}, separated by commas`);
}

/** Slack ids of people and user groups; at least one. */
export const principals = list(
  'Slack id of a person (U…) or user group (S…)',
  'Slack ids of people (U…, W…) or user groups (S…)',
  (entry) => PRINCIPAL.test(entry),
);

/** Emails and usernames of the platform; at least one. */
export const userNames = list(
  'email or username of a Wallaroo user',
  'emails or usernames of Wallaroo users',
  (entry) => {
    if (NEVER_IN_NAMES.test(entry) || /^['`]|['`]$/.test(entry)) return false;
    return !entry.includes('@') || /^[^@]+@[^@]+$/.test(entry);
  },
);

/** The id of a channel. A direct message (`D…`) is none. */
export const channel = z
  .string()
  .regex(CHANNEL, 'a channel id like C0123456789 (not its name or its address)');
