import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { RefusedError } from '../../errors.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { Arrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { ids } from '../changes-ids.ts';
import { type ConfirmFacts, seatsShownOf, stepsOf } from '../confirm/confirmation.ts';
import { withChosenHeirs } from '../confirm/hand-over-facts.ts';
import { tooManyAtOnce } from '../confirm/several.ts';
import { type ChangesHandlerParts, isAdministrator, showAsked, showResult } from '../handler-parts.ts';
import { checkConfirmation, endingIn } from './confirm-form.ts';
import { type Again, drawConfirmation } from './confirm-form-handlers.ts';
import { NO_APPROVER, NOW_A_REQUEST } from './confirm-views.ts';
import { typedAt } from './typed-at.ts';
import { turnsWanted, type Wanted } from './wanted.ts';

/** What the confirmation of several remembers: fifty ids fit into a modal's metadata, their names do not. */
const severalSchema = z.object({
  changeId: z.string(),
  kind: z.enum(['activate', 'deactivate']),
  userIds: z.array(z.string()),
  needsReason: z.boolean(),
  drawnAtMs: z.number(),
  timeZone: z.string(),
});
type SeveralData = z.infer<typeof severalSchema>;

const TITLES = { activate: 'Activate users', deactivate: 'Deactivate users' } as const;

/** The confirmation of several users at once, from its submission on. */
export function registerSeveral(parts: ChangesHandlerParts): void {
  parts.dispatcher.form(
    {
      callbackId: ids.severalForm,
      needs: 'member',
      title: 'Change users',
      data: severalSchema,
      check: (values, data) => checkConfirmation(values, data, parts.now()),
    },
    (interaction) => submit(parts, interaction),
  );
}

/** The confirmation of several users, with their present facts: each is a step of its own. */
export async function confirmSeveral(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  wanted: Wanted,
  again: Again = {},
): Promise<ModalView> {
  const kind = wanted.kind === 'activate' ? 'activate' : 'deactivate';
  const asRequest = parts.service.needsApproval(isAdministrator(interaction));
  const tooMany = tooManyAtOnce(wanted.userIds.length);
  if (tooMany !== undefined) throw new RefusedError(tooMany);
  const facts = await factsOf(parts, interaction, wanted);
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, { steps: stepsOf(facts) })))
    return notice(TITLES[kind], NO_APPROVER);
  const at = typedAt(parts, interaction);
  const data: SeveralData = {
    changeId: parts.newId(),
    kind,
    userIds: facts.subjects.map(({ user }) => user.id),
    needsReason: asRequest,
    drawnAtMs: at.now.getTime(),
    timeZone: at.timeZone,
  };
  const title = TITLES[kind];
  return drawConfirmation(
    parts,
    interaction,
    { ...wanted, kind },
    { facts, asRequest, at, data, title, ...again },
  );
}

/** With who was named and could not be found among those who are left out. */
async function factsOf(
  { desk }: ChangesHandlerParts,
  { actor }: Interaction<Arrival>,
  wanted: Wanted,
): Promise<ConfirmFacts> {
  const facts = await desk.ofSeveral(turnsWanted(wanted), actor.email ?? null);
  return { ...facts, leftOut: [...(wanted.unclear ?? []), ...(facts.leftOut ?? [])] };
}

async function submit(
  parts: ChangesHandlerParts,
  interaction: FormInteraction<SeveralData>,
): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const { kind, userIds } = data;
  const reason = values[ids.reason] ?? '';
  const read = endingIn(values, data, parts.now());
  const wanted: Wanted = { kind, userIds, reason, ending: read.typed };
  // Sent twice: it is one change.
  const made = await parts.service.find(data.changeId);
  if (made !== undefined) return showResult(parts, interaction, TITLES[kind], made);
  // Its moment has passed since the form was checked: what to say of it stands in the confirmation.
  if (!read.ok) return confirmSeveral(parts, interaction, wanted, { filled: values });
  // Opened by an administrator who is none any more.
  if (reason === '' && parts.service.needsApproval(isAdministrator(interaction)))
    return confirmSeveral(parts, interaction, wanted, { banner: NOW_A_REQUEST, filled: values });
  const facts = await parts.desk.ofSeveral(turnsWanted(wanted), actor.email ?? null, { workspaces: false });
  // The exact users that were shown are changed: what has become different since is shown first.
  if (facts.refusal !== undefined || facts.subjects.length < userIds.length)
    return confirmSeveral(parts, interaction, wanted, { banner: CHANGED_SINCE, filled: values });
  const settled = await withChosenHeirs(parts.wallaroo, values, stepsOf(facts));
  if (!settled.ok)
    return confirmSeveral(parts, interaction, wanted, { banner: settled.banner, filled: values });
  const asked = await parts.service.ask({
    id: data.changeId,
    steps: settled.steps,
    independent: true,
    reason,
    ending: read.ending,
    seatsShown: seatsShownOf(facts),
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  return showAsked(parts, interaction, TITLES[kind], asked);
}

const CHANGED_SINCE = 'Something has changed meanwhile. Nothing was done: please look once more. :warning:';
