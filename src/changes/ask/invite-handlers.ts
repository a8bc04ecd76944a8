import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { RefusedError } from '../../errors.ts';
import { labelOf } from '../../license/user-text.ts';
import type { Subcommand } from '../../slack/command-router.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import { seenText } from '../../texts/plain-text.ts';
import { CHOOSE_LEAVER } from '../../texts/said-often.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { ids } from '../changes-ids.ts';
import { seatsShownOf, stepsOf } from '../confirm/confirmation.ts';
import type { GatherOptions } from '../confirm/gathering.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
import { leaverIn, readLeaver } from '../confirm/leaver-facts.ts';
import { refusedSentence } from '../confirm/refused-text.ts';
import { type ChangesHandlerParts, isAdministrator, showAsked } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { inviteStep } from '../steps/invite-user.ts';
import { accountNamed } from './account-facts.ts';
import { seatsLeftOpen } from './confirm-form.ts';
import type { Again } from './confirm-form-handlers.ts';
import { drawExisting, type Invitation } from './existing-handlers.ts';
import { readInvitation } from './invite-draft.ts';
import { INVITE_TITLE, inviteView, noSeatText } from './invite-views.ts';
import { inviteWhoView } from './invite-who-views.ts';
import { typedAt } from './typed-at.ts';

const inviteSchema = z.object({ changeId: z.string(), email: z.string(), needsSwap: z.boolean() });
type InviteData = z.infer<typeof inviteSchema>;

export interface Inviting {
  readonly subcommands: readonly Subcommand[];
  /** Opens the form for the email that the value names, else for the presser's own. */
  readonly openInvitation: (arrival: ActionArrival) => Promise<void>;
}

/** `/wallaroo invite <email>`: for members, a request. */
export function registerInvite(parts: ChangesHandlerParts): Inviting {
  parts.dispatcher.form(
    {
      callbackId: ids.inviteForm,
      needs: 'member',
      title: INVITE_TITLE,
      data: inviteSchema,
      check: (values, { needsSwap }) =>
        needsSwap && values[ids.leaver] === undefined ? { [ids.leaverBlock]: CHOOSE_LEAVER } : undefined,
    },
    (interaction) => submit(parts, interaction),
  );
  parts.dispatcher.form(
    { callbackId: ids.inviteWhoForm, needs: 'member', title: INVITE_TITLE, data: z.object({}) },
    (interaction) => draw(parts, interaction, interaction.values[ids.inviteEmail] ?? ''),
  );
  parts.dispatcher.modalAction(ids.startInvite, 'member', INVITE_TITLE, (interaction) =>
    draw(parts, interaction, ''),
  );
  return {
    subcommands: [
      {
        name: 'invite',
        usage: 'invite <email> [reason]',
        about: 'invites somebody who has no account yet',
        needs: 'member',
        answer: 'modal',
        title: INVITE_TITLE,
        draw: (interaction) => draw(parts, interaction, interaction.text),
      },
    ],
    openInvitation: (arrival) =>
      parts.dispatcher.openModal(arrival, 'member', INVITE_TITLE, (interaction) =>
        interaction.value === '' ? drawOwn(parts, interaction) : draw(parts, interaction, interaction.value),
      ),
  };
}

const OWN_REASON = 'I would like to work with Wallaroo and have no account yet.';

/** For the presser's own email, as Slack has it. */
function drawOwn(parts: ChangesHandlerParts, interaction: Interaction): Promise<ModalView> {
  const { email } = interaction.actor;
  if (email === undefined)
    throw new RefusedError('Slack does not show me your email, so I cannot tell whom to invite.');
  return drawInvitation(parts, interaction, { email, reason: OWN_REASON });
}

async function draw(parts: ChangesHandlerParts, interaction: Interaction, typed: string): Promise<ModalView> {
  if (seenText(typed) === '') return inviteWhoView(parts.dispatcher.remember(interaction, {}));
  const read = readInvitation(typed, typedAt(parts, interaction));
  if (!read.ok) throw new RefusedError(read.problem);
  const { who, reason, note } = read;
  const said = { reason, note };
  if ('email' in who) return drawInvitation(parts, interaction, { email: who.email, ...said });
  const found = await parts.resolve(who.person, interaction.actor);
  if (found.kind !== 'one') return drawInvitation(parts, interaction, { email: found.typed, ...said });
  // Not looked for once more: the account may have no email.
  return drawExisting(parts, interaction, found.user, { email: labelOf(found.user), ...said });
}

/** The confirmation of an invitation; where somebody goes by the address already, what fits them. */
export async function drawInvitation(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  invitation: Invitation,
): Promise<ModalView> {
  const existing = await accountNamed(parts.wallaroo, invitation.email);
  return existing === undefined
    ? askToConfirm(parts, interaction, invitation)
    : drawExisting(parts, interaction, existing, invitation);
}

async function askToConfirm(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  { email, reason, note }: Invitation,
  { takesNoMore, ...again }: Again & Pick<GatherOptions, 'takesNoMore'> = {},
): Promise<ModalView> {
  const { email: own = null } = interaction.actor;
  const asRequest = parts.service.needsApproval(isAdministrator(interaction));
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, { steps: [inviteStep(email)] })))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const gathered = await parts.desk.forNewcomer(email, own, { takesNoMore });
  const leaver = await readLeaver(parts.desk, again.filled ?? {}, own);
  const facts = { ...gathered, leaver };
  const data: InviteData = { changeId: parts.newId(), email, needsSwap: facts.needsSwap };
  return inviteView(email, asRequest, {
    facts,
    administrator: isAdministrator(interaction),
    purpose: asRequest ? 'request' : 'direct',
    reason,
    notes: note === undefined ? [] : [note],
    metadata: parts.dispatcher.remember(interaction, data),
    ...again,
  });
}

async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<InviteData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const invitation: Invitation = { email: data.email, reason: values[ids.reason] ?? '' };
  const leaves = leaverIn(values);
  const facts =
    leaves === undefined
      ? await parts.desk.forNewcomer(data.email, actor.email ?? null)
      : await parts.desk.gather([{ userId: leaves, enabled: false }], actor.email ?? null, {
          workspaces: false,
        });
  if (facts.refusal !== undefined)
    throw new RefusedError(`Nobody was invited. ${refusedSentence(facts.refusal)}`);
  const settled = await withChosenHeirs(parts.wallaroo, values, [...stepsOf(facts), inviteStep(data.email)]);
  if (!settled.ok)
    return askToConfirm(parts, interaction, invitation, { banner: settled.banner, filled: values });
  const before = seatsShownOf(facts);
  const forNobody = data.needsSwap ? seatsLeftOpen(before) : before;
  const seatsShown = leaves === undefined ? forNobody : { ...before, after: before.taken };
  const asked = await parts.service.ask({
    id: data.changeId,
    steps: settled.steps,
    reason: invitation.reason,
    seatsShown,
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  const { failure } = asked.change;
  const banner = leaves === undefined ? noSeatText(failure) : undefined;
  if (banner === undefined) return showAsked(parts, interaction, INVITE_TITLE, asked);
  const takesNoMore = failure?.code === 'fewer_seats';
  return askToConfirm(parts, interaction, invitation, { banner, takesNoMore });
}
