import type { ModalView } from '@slack/types';
import { RefusedError } from '../../errors.ts';
import { labelOf } from '../../license/user-text.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { Arrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { ids } from '../changes-ids.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import { type ConfirmFacts, FREES_NO_SEAT, seatsShownOf, stepsOf } from '../confirm/confirmation.ts';
import type { GatherOptions } from '../confirm/gathering.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
import { leaverIn, readLeaver } from '../confirm/leaver-facts.ts';
import { refusedSentence } from '../confirm/refused-text.ts';
import { type ChangesHandlerParts, isAdministrator, showAsked } from '../handler-parts.ts';
import type { Turn } from '../steps/step-kind.ts';
import { switchStep } from '../steps/switch-user.ts';
import {
  type ConfirmData,
  checkConfirmation,
  confirmSchema,
  endingIn,
  seatsLeftOpen,
} from './confirm-form.ts';
import { type Again, drawConfirmation } from './confirm-form-handlers.ts';
import { NO_APPROVER, NOW_A_REQUEST } from './confirm-views.ts';
import { registerHeirs } from './heir-handlers.ts';
import { registerLeaver } from './leaver-handlers.ts';
import { confirmSeveral, registerSeveral } from './several-handlers.ts';
import { typedAt } from './typed-at.ts';
import { turnsWanted, type Wanted } from './wanted.ts';

/** The confirmation of a change of users, from its submission on. */
export function registerConfirmation(parts: ChangesHandlerParts): void {
  parts.dispatcher.form(
    {
      callbackId: ids.confirmForm,
      needs: 'member',
      title: 'Change users',
      data: confirmSchema,
      check: (values, data) => checkConfirmation(values, data, parts.now()),
    },
    (interaction) => submit(parts, interaction),
  );
  registerSeveral(parts);
  registerLeaver(parts);
  registerHeirs(parts);
}

/** The confirmation of what is wanted, with the present facts of the users. */
export async function confirm(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  wanted: Wanted,
  { takesNoMore, ...again }: Again & Pick<GatherOptions, 'takesNoMore'> = {},
): Promise<ModalView> {
  const { kind } = wanted;
  if (kind !== 'swap' && wanted.userIds.length > 1) return confirmSeveral(parts, interaction, wanted, again);
  const asRequest = parts.service.needsApproval(isAdministrator(interaction));
  const [first, second] = wanted.userIds;
  if (first === second)
    throw new RefusedError('Both are the same user. Name one who leaves and another who comes.');
  const { email = null } = interaction.actor;
  const gathered = await parts.desk.gather(turnsWanted(wanted), email, { takesNoMore });
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, { steps: stepsOf(gathered) })))
    return notice(TITLES[kind], NO_APPROVER);
  const { filled = {} } = again;
  const facts =
    kind === 'swap' && gathered.needsSwap
      ? { ...gathered, needsSwap: false, refusal: FREES_NO_SEAT }
      : { ...gathered, leaver: await readLeaver(parts.desk, filled, email) };
  const at = typedAt(parts, interaction);
  const data: ConfirmData = {
    changeId: parts.newId(),
    kind,
    wanted: facts.subjects.map(({ user, enabled }) => ({ userId: user.id, enabled, label: labelOf(user) })),
    needsReason: asRequest,
    needsSwap: facts.needsSwap,
    drawnAtMs: at.now.getTime(),
    timeZone: at.timeZone,
    seatsShown: seatsShownOf(facts),
  };
  return drawConfirmation(parts, interaction, wanted, { facts, asRequest, at, data, ...again });
}

async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<ConfirmData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const reason = values[ids.reason] ?? '';
  const userIds = data.wanted.map(({ userId }) => userId);
  const read = endingIn(values, data, parts.now());
  const wanted: Wanted = { kind: data.kind, userIds, reason, ending: read.typed };
  // Its moment has passed since the form was checked: what to say of it stands in the confirmation.
  if (!read.ok) return confirm(parts, interaction, wanted, { filled: values });
  // Opened by an administrator who is none any more.
  if (reason === '' && parts.service.needsApproval(isAdministrator(interaction)))
    return confirm(parts, interaction, wanted, { banner: NOW_A_REQUEST, filled: values });
  const leaver = data.needsSwap ? leaverIn(values) : undefined;
  const swap = leaver === undefined ? undefined : await swapFacts(parts, interaction, leaver);
  const wantedSteps = swap === undefined ? data.wanted.map(switchStep) : stepsOf(swap);
  const settled = await withChosenHeirs(parts.wallaroo, values, wantedSteps);
  if (!settled.ok) return confirm(parts, interaction, wanted, { banner: settled.banner, filled: values });
  const asked = await parts.service.ask({
    id: data.changeId,
    steps: settled.steps,
    reason,
    ending: read.ending,
    seatsShown:
      swap !== undefined
        ? seatsShownOf(swap)
        : data.needsSwap
          ? seatsLeftOpen(data.seatsShown)
          : data.seatsShown,
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  const title = TITLES[data.kind];
  const { failure } = asked.change;
  const banner = failure && `${escapeMrkdwn(failure.sentence)} Nothing was changed. :no_entry:`;
  if (failure?.code === 'license_full' && data.kind === 'activate')
    return confirm(parts, interaction, wanted, { banner: LAST_SEAT_GONE });
  if (failure?.code === 'fewer_seats' && data.kind === 'activate')
    return confirm(parts, interaction, wanted, { banner, takesNoMore: true });
  if (failure?.code === 'last_owner') return confirm(parts, interaction, wanted, { banner, filled: values });
  return showAsked(parts, interaction, title, asked);
}

const LAST_SEAT_GONE =
  '*The license is full:* the last seat went to somebody else meanwhile. Nothing was changed. :no_entry:';

/** The present facts of a swap with the user who was chosen to leave. */
async function swapFacts(
  parts: ChangesHandlerParts,
  { data, actor }: FormInteraction<ConfirmData>,
  leaver: string,
): Promise<ConfirmFacts> {
  const turns: readonly Turn[] = [{ userId: leaver, enabled: false }, ...data.wanted];
  const facts = await parts.desk.gather(turns, actor.email ?? null, { workspaces: false });
  if (facts.refusal !== undefined)
    throw new RefusedError(`This exchange is not possible. ${refusedSentence(facts.refusal)}`);
  return facts;
}
