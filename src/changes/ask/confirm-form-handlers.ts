import type { ModalView } from '@slack/types';
import type { Arrival, Interaction } from '../../slack/interaction.ts';
import { endingNote } from '../../texts/ending.ts';
import type { TypedAt } from '../../texts/moment.ts';
import { type Confirmation, confirmView } from '../confirm/confirm-views.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import type { Wanted } from './wanted.ts';

/** Of a confirmation that is drawn once more: what is said on top, and what stood in it. */
export type Again = Pick<Confirmation, 'banner' | 'filled'>;

interface Drawing extends Again, Pick<Confirmation, 'facts' | 'title'> {
  readonly asRequest: boolean;
  readonly at: TypedAt;
  /** What the form remembers until it is submitted. */
  readonly data: object;
}

/** The confirmation of what somebody asks for, of one user or several. */
export const drawConfirmation = (
  { dispatcher }: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  { kind, reason, ending, note }: Wanted,
  { asRequest, at, data, ...drawing }: Drawing,
): ModalView =>
  confirmView({
    ...drawing,
    kind,
    administrator: isAdministrator(interaction),
    purpose: asRequest ? 'request' : 'direct',
    reason,
    ending,
    notes: [note, endingNote(ending, at)].filter((text) => text !== undefined),
    metadata: dispatcher.remember(interaction, data),
  });
