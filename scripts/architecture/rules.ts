import { impuritiesOf, isPure } from './pure.ts';
import { firstReached, type Sources } from './reach.ts';
import type { Effect, Source } from './read-source.ts';
import { neighbours, placeOf, roomOf } from './rooms.ts';

/** A place that breaks a rule. */
export interface Violation {
  /** `src/users/who.ts:3` */
  readonly where: string;
  /** What stands there: an import, an effect. */
  readonly what: string;
  /** The rule, as `docs/architecture.md` says it. */
  readonly rule: string;
}

/** The rules beside who may import whom, as `docs/architecture.md` says them. */
export const rules = {
  sandbox: "The sandbox imports nothing of src: a fake that shares the bot's types shares its mistakes.",
  aside: 'src imports nothing of sandbox, test, bench or scripts.',
  settings: 'Settings are handed in: only what starts or composes imports config.ts.',
  withoutSlack: 'core.ts and the command line do without Slack.',
  pure: 'Views, ids, texts and rules are pure: data in, data out, no clock, no chance, no waiting, no client.',
  small: 'Half of the files of src have at most 60 lines.',
} as const;

const MEDIAN_LINES = 60;

/** Every place in `sources` that breaks a rule, in the order of the files. */
export function violationsIn(sources: Sources): readonly Violation[] {
  const inFiles = [...sources.values()].flatMap((source) => violationsOf(source, sources));
  return [...inFiles, ...sizeOf(sources)];
}

function sizeOf(sources: Sources): readonly Violation[] {
  const ofBot = [...sources.values()].filter(({ path }) => path.startsWith('src/'));
  const small = ofBot.filter(({ lineCount }) => lineCount <= MEDIAN_LINES);
  if (small.length * 2 >= ofBot.length) return [];
  return [{ where: 'src', what: `${small.length} of ${ofBot.length}`, rule: rules.small }];
}

/** Every place in one file that breaks a rule. */
export function violationsOf(source: Source, sources: Sources): readonly Violation[] {
  const { path } = source;
  const found: Violation[] = [];
  const refuse = (line: number, what: string, rule: string): void => {
    found.push({ where: `${path}:${line}`, what, rule });
  };
  for (const { target, line } of source.imports) {
    const rule = path.startsWith('src/') ? ruleAgainst(path, target) : ruleOfSandbox(path, target);
    if (rule !== undefined) refuse(line, target, rule);
  }
  if (!path.startsWith('src/')) return found;
  if (isPure(path))
    for (const { line, what } of impuritiesOf(source, sources)) refuse(line, what, rules.pure);
  if (['core', 'cli'].includes(roomOf(path)))
    for (const { line, what } of waysToSlack(source, sources)) refuse(line, what, rules.withoutSlack);
  return found;
}

const ruleOfSandbox = (path: string, target: string): string | undefined =>
  path.startsWith('sandbox/') && target.startsWith('src/') ? rules.sandbox : undefined;

/** The rule that keeps the file at `path` in `src` from importing `target`. */
function ruleAgainst(path: string, target: string): string | undefined {
  if (/^(sandbox|test|bench|scripts)\//.test(target)) return rules.aside;
  if (!target.startsWith('src/') || placeOf(path) === placeOf(target)) return undefined;
  const { rooms, rule } = neighbours[roomOf(path)];
  if (rooms.includes(roomOf(target))) return undefined;
  return roomOf(target) === 'settings' ? rules.settings : rule;
}

/** What a file takes of Slack: a file of `src/slack`, or a client of it, however far away. */
function waysToSlack({ imports }: Source, sources: Sources): readonly Effect[] {
  return imports.flatMap(({ target, isType, line }) => {
    const isSlack = target.startsWith('src/slack/') || isSlackClient(target);
    const reached = isType ? undefined : firstReached(target, sources, firstClient);
    const what = isSlack ? target : reached;
    return what === undefined ? [] : [{ what, line }];
  });
}

const isSlackClient = (name: string): boolean => name === '@slack/bolt' || name === '@slack/web-api';

function firstClient({ imports }: Source): Effect | undefined {
  const client = imports.find(({ target, isType }) => !isType && isSlackClient(target));
  return client && { what: client.target, line: client.line };
}
