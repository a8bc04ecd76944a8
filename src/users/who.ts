import { distance } from 'fastest-levenshtein';
import { typedText } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { indexOf, namesOf } from './user-index.ts';

/** `<who>` as typed, freed of what Slack makes of addresses and mentions. */
export type Who =
  | { readonly kind: 'slack'; readonly slackUserId: string }
  | { readonly kind: 'text'; readonly text: string };

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;

/** Reads one `<who>` (Slack: interactivity/implementing-slash-commands, escaping). */
export function parseWho(typed: string): Who {
  const trimmed = typed.trim();
  const mentioned = MENTION.exec(trimmed)?.[1];
  if (mentioned !== undefined) return { kind: 'slack', slackUserId: mentioned };
  return {
    kind: 'text',
    text: typedText(trimmed)
      .replace(/^[@"'“”]+|["'“”,;]+$/g, '')
      .trim(),
  };
}

/** What a search for one user came to. */
export type Found =
  | { readonly kind: 'one'; readonly user: WallarooUser }
  | { readonly kind: 'several'; readonly users: readonly WallarooUser[] }
  | { readonly kind: 'none'; readonly nearest: readonly WallarooUser[] };

const MOST_NEAREST = 3;

/**
 * The user meant by `text`: an exact id, email or username first, else whatever part is unique. A part that
 * several share is never decided here.
 */
export function findWho(text: string, users: readonly WallarooUser[]): Found {
  const wanted = text.toLowerCase();
  if (wanted === '') return { kind: 'none', nearest: [] };
  const index = indexOf(users);
  const exact = index.byName.get(wanted);
  if (exact !== undefined) return oneOrSeveral(exact);
  const words = wanted.split(/\s+/);
  const partial = users.filter((user) => index.matches(user, words));
  return partial.length > 0 ? oneOrSeveral(partial) : { kind: 'none', nearest: nearestTo(wanted, users) };
}

/** The user with exactly this email: for people mentioned in Slack, where no part will do. */
export function findByEmail(email: string, users: readonly WallarooUser[]): Found {
  const wanted = email.toLowerCase();
  const named = indexOf(users).byName.get(wanted) ?? [];
  const matches = named.filter((user) => namesOf(user).includes(wanted));
  return matches.length > 0 ? oneOrSeveral(matches) : { kind: 'none', nearest: nearestTo(wanted, users) };
}

const oneOrSeveral = (users: readonly WallarooUser[]): Found => {
  const [first, second] = users;
  return first !== undefined && second === undefined
    ? { kind: 'one', user: first }
    : { kind: 'several', users };
};

/** Longer texts are nobody's name, and comparing them with ten thousand users would keep everybody waiting. */
const LONGEST_COMPARED = 100;

function nearestTo(typed: string, users: readonly WallarooUser[]): readonly WallarooUser[] {
  const wanted = typed.slice(0, LONGEST_COMPARED);
  let best: readonly { readonly user: WallarooUser; readonly far: number }[] = [];
  for (const user of users) {
    const limit = best[MOST_NEAREST - 1]?.far ?? Number.POSITIVE_INFINITY;
    const far = distanceWithin(limit, wanted, user);
    if (far < limit) best = [...best, { user, far }].sort((a, b) => a.far - b.far).slice(0, MOST_NEAREST);
  }
  return best.map(({ user }) => user);
}

/** How far the nearest of a user's names is, or `limit` when all are as far at least. */
function distanceWithin(limit: number, wanted: string, user: WallarooUser): number {
  let least = limit;
  for (const name of candidates(user)) {
    // Every character more or less is one edit, so most names need no comparison.
    if (Math.abs(name.length - wanted.length) < least) least = Math.min(least, distance(wanted, name));
  }
  return least;
}

const candidates = (user: WallarooUser): ReadonlySet<string> =>
  new Set(namesOf(user).flatMap((name) => [name, name.split('@')[0] ?? name]));
