import type { InputBlock, KnownBlock } from '@slack/types';
import { endOf, type TimedEnds } from '../../license/active-until.ts';
import { activePlain, choosable } from '../../license/user-option.ts';
import { labelOf } from '../../license/user-text.ts';
import { option, plain, section } from '../../slack/blocks.ts';
import { truncate } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { type ConfirmFacts, whySwap } from './confirmation.ts';

/** Options that a static menu may have (Slack: select menu). */
const MOST_OPTIONS = 100;
/** Slack: plain-text input element. */
const LONGEST_INPUT = 3000;

/** Stands for nobody: the administrators choose whom to deactivate in exchange. */
export const LEFT_OPEN = 'administrators';

/** The choice not to name anybody. */
export const leftOpenOption = option('Let the administrators choose', LEFT_OPEN);

/** Whom one may deactivate in exchange, when their activations end, and who was chosen before. */
type Leavers = Pick<ConfirmFacts, 'candidates' | 'ends' | 'leaver'>;

/** The choice of whom to deactivate in exchange; `mayLeaveOpen` where others decide, who may choose as well. */
export function leaverBlocks(
  from: Leavers & Pick<ConfirmFacts, 'before'>,
  mayLeaveOpen: boolean,
): readonly KnownBlock[] {
  const why = whySwap(from);
  if (mayLeaveOpen)
    return [
      section(`${why}, so somebody has to leave. You need not name anybody: the administrators can choose.`),
      leaverInput(from, true),
    ];
  return [
    section(
      `${why}. Choose whom to deactivate in exchange (${from.candidates.length} possible, longest idle first).`,
    ),
    leaverInput(from, false),
  ];
}

/** A menu of users, with who was chosen before. */
export function leaverInput({ candidates, ends, leaver }: Leavers, mayLeaveOpen = false): InputBlock {
  const options = [
    ...(mayLeaveOpen ? [leftOpenOption] : []),
    ...choosable(candidates).map((user) => leaverOption(user, ends)),
  ];
  const again = options.find(({ value }) => value === leaver?.user?.id);
  const initial = again ?? (mayLeaveOpen ? leftOpenOption : undefined);
  const shared = {
    action_id: ids.leaver,
    placeholder: plain('Whom to deactivate', 150),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return {
    type: 'input',
    block_id: ids.leaverBlock,
    // What the chosen user owns is shown at once.
    dispatch_action: true,
    label: plain('Deactivate in exchange', 2000),
    element:
      options.length > MOST_OPTIONS
        ? { type: 'external_select', min_query_length: 0, ...shared }
        : { type: 'static_select', options, ...shared },
  };
}

/** A user whom one may deactivate in exchange, as a choice. */
export const leaverOption = (user: WallarooUser, ends: TimedEnds) =>
  option(labelOf(user), user.id, activePlain(user, endOf(user, ends)));

/** Why a change is wanted. */
export function reasonBlock(reason: string, required: boolean): InputBlock {
  return {
    type: 'input',
    block_id: ids.reasonBlock,
    optional: !required,
    label: plain('Reason', 2000),
    element: {
      type: 'plain_text_input',
      action_id: ids.reason,
      multiline: true,
      max_length: LONGEST_INPUT,
      placeholder: plain('Why? It is kept in the audit trail.', 150),
      ...(reason === '' ? {} : { initial_value: truncate(reason, LONGEST_INPUT) }),
    },
  };
}
