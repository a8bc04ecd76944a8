import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { durationInput } from '../../texts/duration.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { type Change, isRequestOf, isSeveral, mayAskAgain } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { whyEndStays } from '../coming-end.ts';
import { type ChangesHandlerParts, isAdministrator, showAsked } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { ENDING } from '../steps/end-outcome.ts';
import { endsAsked } from '../steps/end-steps.ts';
import { fixSteps } from '../steps/fix-account.ts';
import { inviteSteps } from '../steps/invite-user.ts';
import { keepSteps, NOTHING_TO_KEEP } from '../steps/keep-active.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { askAgain } from './ask.ts';
import { confirm } from './confirm-handlers.ts';
import { drawFixAgain } from './fix-handlers.ts';
import { drawInvitation } from './invite-handlers.ts';
import { confirmMemberships } from './membership-confirm-handlers.ts';
import { drawExtend } from './timed-handlers.ts';
import type { Wanted } from './wanted.ts';

const TITLE = 'Request again';
const NOT_YOURS = 'Only the person who asked can ask for it again here.';
const IS_OVER = 'The time for which this was asked is over by now. Ask for it with a later end.';
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
  if (invitation !== undefined)
    return drawInvitation(parts, interaction, { email: invitation.email, reason: change.reason });
  if (endsAsked(change.steps).length > 0) return stayAgain(parts, interaction, change);
  const [fix] = fixSteps(change);
  // One that puts back what a fix has set has no form.
  if (fix !== undefined && fix.putsBack !== true) return drawFixAgain(parts, interaction, fix, change.reason);
  const members = onlyMemberships(change.steps);
  const workspaceIds = new Set(members.map(({ workspaceId }) => workspaceId));
  const [workspaceId, another] = workspaceIds;
  if (workspaceId !== undefined && another === undefined)
    return confirmMemberships(
      parts,
      interaction,
      { workspaceId, members: members.map(({ userId, role }) => ({ userId, role })) },
      { reason: change.reason },
    );
  return sendAgain(parts, interaction, change);
}

/** More time, or no end, is asked for while there is an end. An access that has ended can only begin once more. */
async function stayAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  change: Change,
): Promise<ModalView> {
  const changeId = endsAsked(change.steps)[0]?.changeId ?? '';
  const timed = await parts.service.find(changeId);
  const wanted = timed?.state === 'applied' ? wantedAgain(timed) : undefined;
  if (wanted !== undefined) return confirm(parts, interaction, wanted);
  if (keepSteps(change).length === 0) return drawExtend(parts, interaction, changeId);
  const stays = timed === undefined ? 'unknown' : whyEndStays(timed);
  if (stays !== undefined) throw new RefusedError(stays === 'ending' ? ENDING : NOTHING_TO_KEEP.sentence);
  return sendAgain(parts, interaction, change);
}

/** The same request once more. What would be done at once needs a form first, which it does not have. */
async function sendAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
  change: Change,
): Promise<ModalView> {
  const { actor } = interaction;
  const administrator = isAdministrator(interaction);
  if (!mayAskAgain(change) || !parts.service.needsApproval(administrator)) throw new RefusedError(CANNOT);
  if (change.endsAt !== undefined && change.endsAt <= parts.now()) throw new RefusedError(IS_OVER);
  if (!(await hasApprover(parts, actor.userId, change))) throw new RefusedError(NOBODY_COULD_DECIDE);
  const asked = await parts.service.ask(
    // One more for each, however often it is pressed.
    askAgain(change, `${change.id}-A`, { ...actor, administrator }),
  );
  return showAsked(parts, interaction, TITLE, asked);
}

/** What is wanted again of users; `undefined` where it was something else. Of what has ended, that it begins once more. */
function wantedAgain(change: Change): Wanted | undefined {
  const turns = turnsOf(change.steps);
  const [first, second] = turns;
  if (first === undefined || turns.length < change.steps.length) return undefined;
  const userIds = turns.map(({ userId }) => userId);
  if (change.origin === 'timed') return { kind: 'activate', userIds, reason: '' };
  const isSwap = second !== undefined && !isSeveral(change);
  const kind = isSwap ? 'swap' : first.enabled ? 'activate' : 'deactivate';
  const { reason, durationMs, endsAt } = change;
  // A moment that was named may have passed; a duration starts again.
  const ending = durationMs === undefined || endsAt !== undefined ? undefined : durationInput(durationMs);
  return { kind, userIds, reason, ...(ending === undefined ? {} : { ending }) };
}
