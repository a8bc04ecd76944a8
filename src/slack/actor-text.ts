import { code, mention } from './mrkdwn.ts';

/** Whether an actor is a person in Slack, by their id (`U…`, in an Enterprise Grid also `W…`), and can be written to. */
export const isSlackId = (actor: string): boolean => /^[UW][A-Z0-9]+$/.test(actor);

/** Actors of the trail who are nobody. */
const NOBODY: Readonly<Record<string, string>> = { system: 'the bot', outside: 'outside Slack' };

/** Whether somebody acted: not the clock, nor anybody outside of what the bot sees. */
export const isSomebody = (actor: string): boolean => NOBODY[actor] === undefined;

/**
 * Who acted, asked or decided, as mrkdwn: a person in Slack as a mention, somebody else, such as `cli:ann@host`, as they
 * are called; in words where it was nobody.
 */
export const actorText = (actor: string): string =>
  isSlackId(actor) ? mention(actor) : (NOBODY[actor] ?? code(actor));
