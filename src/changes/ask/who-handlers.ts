import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { RefusedError } from '../../errors.ts';
import { userOptions } from '../../license/user-option.ts';
import type { Arrival, CommandArrival, Interaction } from '../../slack/interaction.ts';
import { notice } from '../../slack/modal-views.ts';
import { STALE_FORM, USER_IS_GONE } from '../../texts/said-often.ts';
import { ids } from '../changes-ids.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import type { ChangesHandlerParts } from '../handler-parts.ts';
import { carried, type Draft, draftSchema, parseDraft, whoCount } from './ask-draft.ts';
import { confirm } from './confirm-handlers.ts';
import { drawInvitation } from './invite-handlers.ts';
import { otherView, pickView } from './pick-views.ts';
import { drawSeveral } from './several-who-handlers.ts';
import { typedAt } from './typed-at.ts';
import { activationOptions, chosenIn, invitedIn } from './who-choices.ts';

/** What a modal remembers while people choose whom they mean. */
const pickSchema = z.object({
  draft: draftSchema,
  /** Ids of users who were chosen from several, by the index of the `<who>` that they stand for. */
  chosen: z.record(z.string(), z.string()),
  /** The `<who>` that is asked about. */
  index: z.number(),
  /** Of a swap for which one was named: the other. Who was named is among `chosen`. */
  asksFor: z.enum(['leaves', 'comes']).optional(),
});
type PickData = z.infer<typeof pickSchema>;

/** Asking whom somebody means, where that is not clear. */
export function registerWho(parts: ChangesHandlerParts): void {
  const { dispatcher } = parts;

  dispatcher.modalAction(ids.pickUser, 'member', 'Choose a user', async (interaction) => {
    const picked = pickSchema.safeParse(dispatcher.recall(interaction)?.data);
    if (!picked.success) throw new RefusedError(STALE_FORM);
    const { draft, chosen, index } = picked.data;
    return draw(parts, interaction, draft, { ...chosen, [index]: interaction.value });
  });

  dispatcher.form(
    { callbackId: ids.pickForm, needs: 'member', title: 'Choose a user', data: pickSchema },
    (interaction) => {
      const { draft, chosen } = interaction.data;
      const email = invitedIn(interaction.values);
      if (email !== undefined)
        return drawInvitation(parts, interaction, { email, reason: draft.reason, note: draft.note });
      const now = chosenIn(draft.kind, interaction.values);
      const who = [...draft.who, ...Object.values(now)].slice(0, whoCount(draft.kind));
      return draw(parts, interaction, { ...draft, who }, { ...chosen, ...now });
    },
  );

  dispatcher.options(ids.activates, 'member', async (typed, { actor }) =>
    activationOptions(typed, await parts.search(typed, actor), await parts.desk.ends()),
  );
  for (const [actionId, wantsActive] of [
    [ids.leaves, true],
    [ids.comes, false],
  ] as const)
    dispatcher.options(actionId, 'member', async (typed, { actor }) =>
      userOptions(await parts.search(typed, actor), wantsActive, await parts.desk.ends()),
    );
}

/** Reads what was typed behind the command. */
export async function drawTyped(
  parts: ChangesHandlerParts,
  interaction: Interaction<CommandArrival>,
  kind: Draft['kind'],
): Promise<ModalView> {
  const known = await parts.knownNames();
  const read = parseDraft(kind, interaction.text, { ...typedAt(parts, interaction), known });
  if (!read.ok) throw new RefusedError(read.problem);
  return draw(parts, interaction, read.draft);
}

/** Finds out whom is meant, asking where it is not clear, and then draws the confirmation. */
export async function draw(
  parts: ChangesHandlerParts,
  interaction: Interaction<Arrival>,
  draft: Draft,
  chosen: PickData['chosen'] = {},
): Promise<ModalView> {
  const { dispatcher } = parts;
  const remember = (index: number, more: Partial<PickData> = {}): string => {
    const data: PickData = { draft: carried(draft), chosen, index, ...more };
    return dispatcher.remember(interaction, data);
  };
  if (draft.who.length === 0) return pickView(draft.kind, remember(0));
  if (draft.who.length > whoCount(draft.kind)) return drawSeveral(parts, interaction, draft);
  const userIds: string[] = [];
  for (const [index, typed] of draft.who.entries()) {
    const chosenId = chosen[index];
    const found = chosenId === undefined ? await parts.resolve(typed, interaction.actor) : undefined;
    if (found !== undefined && found.kind !== 'one') {
      const offered = parts.offer(found, {
        actionId: ids.pickUser,
        valueFor: ({ id }) => id,
        ends: await parts.desk.ends(),
      });
      return { ...notice(TITLES[draft.kind], offered), private_metadata: remember(index) };
    }
    userIds.push(chosenId ?? found?.user.id ?? '');
  }
  const [named = ''] = userIds;
  if (userIds.length < whoCount(draft.kind)) {
    const user = await parts.wallaroo.getUser(named);
    if (user === undefined) throw new RefusedError(USER_IS_GONE);
    // Somebody active has a seat to give, somebody inactive comes to take one.
    const asksFor = user.enabled ? 'comes' : 'leaves';
    const place = user.enabled ? 0 : 1;
    return otherView(user, asksFor, remember(0, { chosen: { [place]: named }, asksFor }));
  }
  const { who: _, ...wanted } = draft;
  return confirm(parts, interaction, { ...wanted, userIds });
}
