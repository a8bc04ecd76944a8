import { distance } from 'fastest-levenshtein';
import type { Env } from './secrets.ts';

/** Names of four or five letters lie near many others. */
const SHORT = 5;
/** Variables that a cluster makes for a service of that name. */
const OF_A_CLUSTER = /_(SERVICE|PORT)(_|$)/;
const OURS = /^(SLACK|WALLAROO)_/i;

export interface NearName {
  /** As it is set. */
  readonly name: string;
  /** What was probably meant. */
  readonly nearest: string;
}

/** Names in `env` that are no settings but look like one of `known`: a letter or two differ, or the prefix is ours. */
export function nearNames(env: Env, known: readonly string[]): readonly NearName[] {
  return Object.keys(env).flatMap((name) => {
    if (known.includes(name) || env[name] === undefined) return [];
    const found = nearestOf(name, known);
    if (found === undefined) return [];
    const isNear = found.differs <= (name.length <= SHORT ? 1 : 2);
    const isOurs = OURS.test(name) && !OF_A_CLUSTER.test(name);
    return isNear || isOurs ? [{ name, nearest: found.nearest }] : [];
  });
}

function nearestOf(name: string, known: readonly string[]) {
  const plain = name.toUpperCase().replaceAll('-', '_');
  let best: { readonly nearest: string; readonly differs: number } | undefined;
  for (const nearest of known) {
    const differs = distance(plain, nearest);
    if (best === undefined || differs < best.differs) best = { nearest, differs };
  }
  return best;
}
