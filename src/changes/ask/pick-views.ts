import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { labelOf } from '../../license/user-text.ts';
import { plain, section } from '../../slack/blocks.ts';
import { code } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { ids } from '../changes-ids.ts';
import { TITLES } from '../confirm/confirm-views.ts';
import { type Draft, whoCount } from './ask-draft.ts';

const LABELS: Readonly<Record<Draft['kind'], readonly string[]>> = {
  activate: ['Whom do you want to activate?'],
  deactivate: ['Whom do you want to deactivate?'],
  swap: ['Who leaves?', 'Who comes?'],
};

/** Asks whom a change is for, where nobody was named. */
export function pickView(kind: Draft['kind'], metadata: string): ModalView {
  const labels = LABELS[kind];
  return pickForm(kind, metadata, [
    whoInput(ids.whoBlock, ids.who, labels[0] ?? ''),
    ...(whoCount(kind) === 2 ? [whoInput(ids.whoComesBlock, ids.whoComes, labels[1] ?? '')] : []),
  ]);
}

/** Asks for the other of a swap, where one was named. */
export function otherView(
  named: Pick<WallarooUser, 'email' | 'username'>,
  asksFor: 'leaves' | 'comes',
  metadata: string,
): ModalView {
  const [leaves = '', comes = ''] = LABELS.swap;
  return pickForm('swap', metadata, [
    section(`${code(labelOf(named))} ${asksFor === 'comes' ? 'leaves' : 'comes'}.`),
    asksFor === 'comes'
      ? whoInput(ids.whoComesBlock, ids.whoComes, comes)
      : whoInput(ids.whoBlock, ids.who, leaves),
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

const whoInput = (blockId: string, actionId: string, label: string): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label, 2000),
  hint: plain('An email, a username, a name or a part of one, or me.', 2000),
  element: { type: 'plain_text_input', action_id: actionId, max_length: 200 },
});
