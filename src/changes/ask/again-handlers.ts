import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { durationInput } from '../../texts/duration.ts';
import { type Change, isRequestOf } from '../change.ts';
import { ids } from '../changes-ids.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import { inviteSteps } from '../steps/invite-user.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { confirm } from './confirm-handlers.ts';
import { drawInvitation } from './invite-handlers.ts';
import type { Wanted } from './wanted.ts';

const TITLE = 'Request again';
const NOT_YOURS = 'Only the person who asked can ask for it again here.';
const CANNOT = 'This cannot be asked for again. `/wallaroo me` shows what you can do.';

/** `Request again`: the form of what came to nothing, or has ended, filled in as it was. */
export function registerAgain(parts: ChangesHandlerParts): void {
  parts.dispatcher.modalAction(ids.requestAgain, 'member', TITLE, (interaction) => again(parts, interaction));
}

async function again(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<ModalView> {
  const change = await parts.service.find(interaction.value);
  if (change === undefined) throw new RefusedError(CANNOT);
  if (!isRequestOf(change, interaction.actor.personKeys)) throw new RefusedError(NOT_YOURS);
  const wanted = wantedAgain(change);
  if (wanted !== undefined) return confirm(parts, interaction, wanted);
  const [invitation] = inviteSteps(change);
  if (invitation === undefined) throw new RefusedError(CANNOT);
  return drawInvitation(parts, interaction, { email: invitation.email, reason: change.reason });
}

/** What is wanted again of users; `undefined` where it was something else. Of what has ended, that it begins once more. */
function wantedAgain(change: Change): Wanted | undefined {
  const turns = turnsOf(change.steps);
  const [first, second] = turns;
  if (first === undefined || turns.length < change.steps.length) return undefined;
  const userIds = turns.map(({ userId }) => userId);
  if (change.origin === 'timed') return { kind: 'activate', userIds, reason: '' };
  const kind = second !== undefined ? 'swap' : first.enabled ? 'activate' : 'deactivate';
  const { reason, durationMs, endsAt } = change;
  // A moment that was named may have passed; a duration starts again.
  const ending = durationMs === undefined || endsAt !== undefined ? undefined : durationInput(durationMs);
  return { kind, userIds, reason, ...(ending === undefined ? {} : { ending }) };
}
