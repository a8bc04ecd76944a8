import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { userSelect } from '../../license/user-option.ts';
import { labelOf } from '../../license/user-text.ts';
import { plain, section } from '../../slack/blocks.ts';
import { code } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import type { Draft } from './ask-draft.ts';

const LEAVES = 'Who leaves?';
const COMES = 'Who comes?';

/** Asks whom a change is for, where nobody was named. */
export function pickView(kind: Draft['kind'], metadata: string): ModalView {
  switch (kind) {
    case 'activate':
      return pickForm(kind, metadata, [
        whoInput(ids.activatesBlock, ids.activates, 'Whom do you want to activate?'),
      ]);
    case 'deactivate':
      return pickForm(kind, metadata, [leavesInput('Whom do you want to deactivate?')]);
    case 'swap':
      return pickForm(kind, metadata, [leavesInput(LEAVES), comesInput(COMES)]);
  }
}

/** Asks for the other of a swap, where one was named. */
export function otherView(
  named: Pick<WallarooUser, 'email' | 'username'>,
  asksFor: 'leaves' | 'comes',
  metadata: string,
): ModalView {
  return pickForm('swap', metadata, [
    section(`${code(labelOf(named))} ${asksFor === 'comes' ? 'leaves' : 'comes'}.`),
    asksFor === 'comes' ? comesInput(COMES) : leavesInput(LEAVES),
  ]);
}

const pickForm = (kind: Draft['kind'], metadata: string, blocks: readonly KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: ids.pickForm,
  private_metadata: metadata,
  title: plain(TITLES[kind], 24),
  submit: plain('Continue', 24),
  close: plain('Cancel', 24),
  blocks: [...blocks],
});

const leavesInput = (label: string): InputBlock => whoInput(ids.leavesBlock, ids.leaves, label);
const comesInput = (label: string): InputBlock => whoInput(ids.comesBlock, ids.comes, label);

const whoInput = (blockId: string, actionId: string, label: string): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label, 2000),
  hint: plain('By email, username, name or a part of one; "me" is you.', 2000),
  element: userSelect(actionId),
});
