import type { Arrival, Interaction } from '../../slack/interaction.ts';
import { knownTimeZone, type TypedAt } from '../../texts/moment.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';

/** When and where somebody types. */
export const typedAt = (parts: ChangesHandlerParts, { actor }: Interaction<Arrival>): TypedAt => ({
  now: parts.now(),
  timeZone: knownTimeZone(actor.timeZone),
});
