import { distance } from 'fastest-levenshtein';
import type { Env } from './secrets.ts';

/** What a proxy is read from; libraries read them, too. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;
const PROXIES_AS_READ: readonly string[] = [...PROXIES, ...PROXIES.map((name) => name.toLowerCase())];
/** Of other programs. */
const OTHERS = /^(?:ftp|all|rsync|socks)_proxy$/i;

/** Names of four or five letters lie near many others. */
const SHORT = 5;
/** Variables that a cluster makes for a service of that name. */
const OF_A_CLUSTER = /_(SERVICE|PORT)(_|$)/;
const OURS = /^(?:SLACK|WALLAROO)_/i;

export interface NearName {
  /** As it is set. */
  readonly name: string;
  /** What was probably meant. */
  readonly nearest: string;
}

/** Names in `env` that are no settings but look like one of `known`: a letter or two differ, or the prefix is ours. */
export function nearNames(env: Env, known: readonly string[]): readonly NearName[] {
  return Object.keys(env).flatMap((name) => {
    if (known.includes(name) || PROXIES_AS_READ.includes(name) || OTHERS.test(name)) return [];
    if (env[name] === undefined) return [];
    const found = nearestOf(name, [...known, ...PROXIES]);
    if (found === undefined) return [];
    const isNear = found.differs <= (name.length <= SHORT ? 1 : 2);
    const isOurs = OURS.test(name) && !OF_A_CLUSTER.test(name);
    return isNear || isOurs || found.isShort ? [{ name, nearest: found.nearest }] : [];
  });
}

function nearestOf(name: string, known: readonly string[]) {
  const plain = name.toUpperCase().replaceAll('-', '_');
  const shortened = known.filter((other) => isShortFor(plain, other));
  const isShort = shortened.length > 0;
  let best: { readonly nearest: string; readonly differs: number } | undefined;
  for (const nearest of isShort ? shortened : known) {
    const differs = distance(plain, nearest);
    if (best === undefined || differs < best.differs) best = { nearest, differs };
  }
  return best && { ...best, isShort };
}

/** Whether each of several words is that of another name, or short for it: `WALLAROO_PASS`, `DIGEST_TZ`, `SLACK_SECRET`. */
function isShortFor(name: string, other: string): boolean {
  const words = name.split('_');
  const wholes = other.split('_');
  return (
    words.length > 1 &&
    wholes.includes(words[0] ?? '') &&
    words.every((word) => word !== '' && wholes.some((whole) => isSubsequence(word, whole)))
  );
}

function isSubsequence(letters: string, of: string): boolean {
  if (letters[0] !== of[0]) return false;
  let at = 0;
  for (const letter of of) if (letter === letters[at]) at += 1;
  return at === letters.length;
}
