import { RefusedError } from '../errors.ts';
import type { Verdict } from './actor.ts';
import type { AdministratorsAnd, Arrival, Interaction, Need } from './interaction.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

/** Whether who acts may do what has these needs; outsiders have been turned away. */
export async function suffices<A extends Arrival>(
  needs: Need | AdministratorsAnd<A>,
  interaction: Interaction<A>,
): Promise<boolean> {
  if (interaction.actor.role === 'administrator') return true;
  return typeof needs === 'function' ? needs(interaction) : needs !== 'administrator';
}

/** Somebody may not do what only administrators do. `administrators` are mentions of those whom they can ask. */
export const onlyAdministrators = (administrators: string): RefusedError =>
  new RefusedError('Only administrators of this bot may do that.', `Please ask ${administrators}.`);

type Refusal = Pick<Verdict, 'refusal' | 'asksAdministrators'>;

/** Somebody may not use the bot at all. `administrators` are mentions of those whom they can ask, where these can help. */
export const turnedAway = ({ refusal, asksAdministrators }: Refusal, administrators: string): RefusedError =>
  refusal === undefined || asksAdministrators
    ? new RefusedError(refusal ?? 'You may not use this bot.', `Please ask ${administrators}.`)
    : new RefusedError(refusal);

/** The same as mrkdwn, where it is no answer but all that somebody sees. */
export function turnedAwayText(refusal: Refusal, administrators: string): string {
  const { userMessage, mrkdwnNext } = turnedAway(refusal, administrators);
  return [escapeMrkdwn(userMessage), mrkdwnNext].filter((text) => text !== '').join(' ');
}
