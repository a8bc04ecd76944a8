import { RefusedError } from '../../errors.ts';
import type { Message } from '../../slack/blocks.ts';
import type { ActionArrival, Interaction } from '../../slack/interaction.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { hasApprover } from '../beneficiary-facts.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import { seatsShownOf, stepsOf } from '../confirm/confirmation.ts';
import { refusedSentence } from '../confirm/refused-text.ts';
import { type ChangesHandlerParts, isAdministrator } from '../handler-parts.ts';
import { NOBODY_COULD_DECIDE } from '../no-approver-text.ts';
import { askedMessage } from './asked-views.ts';
import { seatsLeftOpen } from './confirm-form.ts';
import { confirm } from './confirm-handlers.ts';

/** The reason of a request that was made with one press. */
const ONE_PRESS_REASON = 'I would like to work with Wallaroo. (Asked with one press.)';

const NO_ACCOUNT =
  'You have no Wallaroo account that I could activate. Ask for an invitation: type `/wallaroo me`.';

/** How people ask for access for themself. */
export interface OwnAccess {
  /** In one press; the outcome is answered where it was pressed. */
  readonly requestOwn: (arrival: ActionArrival) => Promise<void>;
  /** In the form of an activation, which also takes a reason and an end. */
  readonly openOwn: (arrival: ActionArrival) => Promise<void>;
}

export function ownAccess(parts: ChangesHandlerParts): OwnAccess {
  const { dispatcher } = parts;
  const openOwn = (arrival: ActionArrival): Promise<void> =>
    dispatcher.openModal(arrival, 'member', TITLES.activate, async (interaction) => {
      const user = await ownUser(parts, interaction);
      return confirm(parts, interaction, { kind: 'activate', userIds: [user.id], reason: '' });
    });
  return {
    openOwn,
    requestOwn: async (arrival) => {
      const interaction = await dispatcher.admit(arrival, 'member');
      // An administrator by now: what they want is done at once, so they confirm it first.
      if (!parts.service.needsApproval(isAdministrator(interaction))) return openOwn(arrival);
      await interaction.reply.send(await request(parts, interaction));
    },
  };
}

async function request(
  parts: ChangesHandlerParts,
  interaction: Interaction<ActionArrival>,
): Promise<Message> {
  const { actor } = interaction;
  const user = await ownUser(parts, interaction);
  const facts = await parts.desk.gather([{ userId: user.id, enabled: true }], actor.email);
  if (facts.refusal !== undefined) throw new RefusedError(refusedSentence(facts.refusal));
  if (!(await hasApprover(parts, actor.userId, { steps: stepsOf(facts) })))
    throw new RefusedError(NOBODY_COULD_DECIDE);
  const seatsShown = seatsShownOf(facts);
  const asked = await parts.service.ask({
    id: parts.newId(),
    steps: stepsOf(facts),
    reason: ONE_PRESS_REASON,
    // Where every seat is taken the administrators choose who leaves, so that as many are taken as before.
    seatsShown: facts.needsSwap ? seatsLeftOpen(seatsShown) : seatsShown,
    requester: { ...actor, administrator: isAdministrator(interaction) },
  });
  const { approvalsChannel } = parts;
  const { change, result } = asked;
  return askedMessage({ change, isSame: result === 'same_pending', approvalsChannel, now: parts.now() });
}

async function ownUser(parts: ChangesHandlerParts, { actor }: Interaction): Promise<WallarooUser> {
  const own = await parts.ownUser(actor.email);
  switch (own.kind) {
    case 'one':
      return own.user;
    case 'none':
      throw new RefusedError(NO_ACCOUNT);
    case 'no_email':
      throw new RefusedError(
        'Slack does not show me your email, so I cannot tell which Wallaroo user you are.',
      );
    case 'several':
      throw new RefusedError(
        'Several Wallaroo accounts have your email, so I cannot tell which is yours. Please ask an administrator.',
      );
  }
}
