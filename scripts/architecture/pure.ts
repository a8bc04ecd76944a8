import { firstReached, type Sources } from './reach.ts';
import type { Effect, Source } from './read-source.ts';
import { roomOf } from './rooms.ts';

/** Packages that only compute. */
const COMPUTING = new Set([
  '@slack/types',
  'chrono-node/en',
  'croner',
  'csv-stringify/sync',
  'fastest-levenshtein',
  'parse-duration',
  'zod',
]);

const DRAWS = /-(views|ids|texts?)\.ts$/;
const MEETS_THE_WORLD = /-(store|service|handlers|posts|facts|parts)\.ts$/;
/** Rooms of a feature whose files need no such name. */
const MEETING_ROOMS = /^src\/\w+\/(store|apply|announce)\//;
/** A kind of step is drawn and performed in one file; it waits for nothing but what it is handed. */
const MAY_WAIT = /^src\/\w+\/steps\//;

/** Whether a file has to be data in, data out: what draws, anywhere; in features, rules and texts all that its name or room does not excuse. */
export const isPure = (path: string): boolean =>
  DRAWS.test(path) ||
  (['feature', 'rules', 'texts'].includes(roomOf(path)) &&
    !MEETS_THE_WORLD.test(path) &&
    !MEETING_ROOMS.test(path));

/** What makes a file more than data in, data out: its own doing, or that of something it imports, however far away. */
export function impuritiesOf(source: Source, sources: Sources): readonly Effect[] {
  const taken = source.imports.flatMap(({ target, isType, line }): Effect[] => {
    if (!target.startsWith('src/')) return COMPUTING.has(target) ? [] : [{ what: target, line }];
    if (isType) return [];
    const what = MEETS_THE_WORLD.test(target) ? target : firstReached(target, sources, firstDoing);
    return what === undefined ? [] : [{ what, line }];
  });
  return [...effectsOf(source), ...taken];
}

const effectsOf = ({ path, effects, waits }: Source): readonly Effect[] =>
  MAY_WAIT.test(path) ? effects : [...effects, ...waits];

function firstDoing(source: Source): Effect | undefined {
  const [effect] = effectsOf(source);
  if (effect !== undefined) return effect;
  const tool = source.imports.find(
    ({ target, isType }) => !isType && !target.startsWith('src/') && !COMPUTING.has(target),
  );
  return tool && { what: tool.target, line: tool.line };
}
