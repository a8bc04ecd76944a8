import { RefusedError } from '../errors.ts';
import type { AdministratorsAnd, Arrival, Interaction, Need } from './interaction.ts';

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
