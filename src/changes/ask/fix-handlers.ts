import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { RefusedError } from '../../errors.ts';
import { readMeter } from '../../license/license-desk.ts';
import { labelOf } from '../../license/user-text.ts';
import type { FormInteraction } from '../../slack/form-desk.ts';
import type { ActionArrival, FormValues, Interaction } from '../../slack/interaction.ts';
import { code } from '../../slack/mrkdwn.ts';
import { emailFault } from '../../texts/email.ts';
import { SAY_WHY, USER_IS_GONE } from '../../texts/said-often.ts';
import { addressIn } from '../../texts/typed-who.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import { sentences } from '../../wallaroo/sentences.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { ids } from '../changes-ids.ts';
import { isBuiltIn } from '../guards.ts';
import { type ChangesHandlerParts, isAdministrator, showAsked } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { isRenamed, renamedText } from '../steps/account-words.ts';
import { accountRecord, type FixStep, fixStep, recordOf } from '../steps/fix-step.ts';
import { addressesOf, isProper, knownAddress, otherNamed } from './account-fix.ts';
import { NOW_A_REQUEST } from './confirm-views.ts';
import { FIX_TITLE, fixView } from './fix-views.ts';

const fixSchema = z.object({
  changeId: z.string(),
  userId: z.string(),
  needsReason: z.boolean(),
  /** As the form shows the account; absent in forms of older versions. */
  was: accountRecord.optional(),
});
type FixData = z.infer<typeof fixSchema>;

export interface Fixing {
  /** Opens the form that mends the account of a user, whom an answer of ours showed. */
  readonly openFix: (arrival: ActionArrival, userId: string) => Promise<void>;
}

/** `Fix account…`: for members, a request. */
export function registerFixing(parts: ChangesHandlerParts): Fixing {
  const { dispatcher } = parts;
  dispatcher.form(
    { callbackId: ids.fixForm, needs: 'member', title: FIX_TITLE, data: fixSchema, check },
    (interaction) => submit(parts, interaction),
  );
  return {
    openFix: (arrival, userId) =>
      dispatcher.openModal(arrival, 'member', FIX_TITLE, async (interaction) => {
        const user = await fixable(parts, userId);
        const users = await parts.wallaroo.listUsers({ fresh: true, evenIfCut: true });
        const address = knownAddress(user, users);
        if (address !== undefined && isProper(user)) throw new RefusedError(NOTHING_WRONG);
        return draw(parts, interaction, user, { address, reason: '' });
      }),
  };
}

const NOTHING_WRONG =
  'There is nothing to fix: this account has a confirmed email, and its username is the same.';

function check(values: FormValues, { needsReason }: FixData) {
  const typed = values[ids.fixEmail] ?? '';
  const errors = {
    ...(addressIn(typed) === undefined
      ? { [ids.fixEmailBlock]: emailFault(typed.trim()) ?? 'Please give one email address.' }
      : {}),
    ...(needsReason && values[ids.reason] === undefined ? { [ids.reasonBlock]: SAY_WHY } : {}),
  };
  return Object.keys(errors).length === 0 ? undefined : errors;
}

/** The user, if their account may be mended from here and there is something to mend. */
async function fixable({ wallaroo }: ChangesHandlerParts, userId: string): Promise<WallarooUser> {
  const [user, { userId: botUserId }] = await Promise.all([wallaroo.getUser(userId), wallaroo.account()]);
  if (user === undefined) throw new RefusedError(USER_IS_GONE);
  if (isBuiltIn(user) || user.id === botUserId) throw new RefusedError(sentences.kept_account.userMessage);
  return user;
}

/** The form with what was asked for before: it shows the account as it is now. */
export async function drawFixAgain(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  { userId, to }: FixStep,
  reason: string,
): Promise<ModalView> {
  const user = await fixable(parts, userId);
  const isDone = isProper(user) && addressesOf(user).includes(to.email ?? '');
  if (isDone) throw new RefusedError(NOTHING_WRONG);
  return draw(parts, interaction, user, { address: to.email, reason });
}

interface Typed {
  readonly address: string | undefined;
  readonly reason: string;
  readonly problem?: string;
}

async function draw(
  parts: ChangesHandlerParts,
  interaction: Interaction,
  user: WallarooUser,
  typed: Typed,
): Promise<ModalView> {
  const asRequest = parts.service.needsApproval(isAdministrator(interaction));
  const steps = [stepFor(user, typed.address ?? labelOf(user))];
  if (asRequest && !(await hasApprover(parts, interaction.actor.userId, { steps })))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const was = recordOf(user);
  const data: FixData = { changeId: parts.newId(), userId: user.id, needsReason: asRequest, was };
  // Whether usernames may be edited shows when they are.
  const mayRename = await parts.wallaroo.mayEditUsernames().catch(orIfDown(undefined));
  const metadata = parts.dispatcher.remember(interaction, data);
  return fixView({ user, mayRename, asRequest, metadata, ...typed });
}

async function submit(parts: ChangesHandlerParts, interaction: FormInteraction<FixData>): Promise<ModalView> {
  const { data, values, actor } = interaction;
  const reason = values[ids.reason] ?? '';
  const address = addressIn(values[ids.fixEmail] ?? '') ?? '';
  const user = await fixable(parts, data.userId);
  const now = recordOf(user);
  if (isRenamed({ ...stepFor(user, address), was: data.was }, now))
    return draw(parts, interaction, user, { address, reason, problem: renamedText(now) });
  const users = await parts.wallaroo.listUsers({ fresh: true, evenIfCut: true });
  const other = otherNamed(address, user.id, users);
  if (other !== undefined) {
    const problem = `${code(labelOf(other))} goes by ${code(address, 300)} already: each account needs an address of its own. Nothing was changed.`;
    return draw(parts, interaction, user, { address, reason, problem });
  }
  // Opened by an administrator who is none any more.
  if (reason === '' && parts.service.needsApproval(isAdministrator(interaction)))
    return draw(parts, interaction, user, { address, reason, problem: NOW_A_REQUEST });
  const { taken } = readMeter(parts.rules, users);
  const asked = await parts.service.ask({
    id: data.changeId,
    steps: [stepFor(user, address)],
    reason,
    seatsShown: { taken, after: taken },
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  return showAsked(parts, interaction, FIX_TITLE, asked);
}

const stepFor = (user: WallarooUser, address: string) =>
  fixStep({
    userId: user.id,
    label: labelOf(user),
    to: { email: address, username: address, emailVerified: true },
    was: recordOf(user),
  });
