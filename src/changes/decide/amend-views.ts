import type { ModalView, PlainTextOption } from '@slack/types';
import { context, option, plain, section } from '../../slack/blocks.ts';
import { notice } from '../../slack/modal-views.ts';
import { plainOf } from '../../texts/plain-of.ts';
import { requestText, withReason } from '../announce/headline-views.ts';
import type { Change } from '../change.ts';
import { askText, lastingText } from '../change-texts.ts';
import { ids } from '../changes-ids.ts';
import { type Confirmation, confirmView } from '../confirm/confirm-views.ts';
import { type ConfirmFacts, kindOfTurns } from '../confirm/confirmation.ts';
import { endingBlocks, longerBlocks } from '../confirm/ending-views.ts';
import { leaverInput } from '../confirm/input-views.ts';
import { leaverFactBlocks } from '../confirm/leaver-views.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { AS_ASKED, mayEnd } from './amendment.ts';

export const AMEND_TITLE = 'Approve with changes';

interface Amending extends Pick<Confirmation, 'banner' | 'filled'> {
  readonly change: Change;
  /** Its candidates may be chosen although there is a seat. */
  readonly facts: ConfirmFacts;
  /** Another administrator has to approve what was altered. */
  readonly needsSecond: boolean;
  readonly metadata: string;
}

/** The confirmation of a request whose time and exchange the administrator may choose. */
export function amendView({ change, facts, needsSecond, metadata, ...again }: Amending): ModalView {
  const view = confirmView({
    kind: kindOfTurns(turnsOf(change.steps)),
    facts,
    administrator: true,
    purpose: change,
    reason: '',
    ending: undefined,
    metadata,
    ...again,
    submit: submitText(needsSecond),
  });
  if (view.submit === undefined) return view;
  const offersSwap = !facts.needsSwap && facts.candidates.length > 0;
  return {
    ...view,
    callback_id: ids.amendForm,
    title: plain(AMEND_TITLE, 24),
    blocks: [
      ...view.blocks,
      ...(mayEnd(change) ? endingBlocks(undefined, asAsked(change)) : []),
      ...(offersSwap
        ? [
            { ...leaverInput(facts), optional: true },
            ...leaverFactBlocks(facts.leaver, {
              mayLeaveOpen: false,
              ends: facts.ends,
              filled: again.filled,
            }),
          ]
        : []),
      ...(needsSecond ? [context(SECOND)] : []),
    ],
  };
}

/** A request for more time, of which the administrator may choose another. */
export const amendExtensionView = ({
  change,
  banner,
  needsSecond,
  metadata,
}: Pick<Amending, 'banner' | 'change' | 'needsSecond' | 'metadata'>): ModalView => ({
  type: 'modal',
  callback_id: ids.amendForm,
  private_metadata: metadata,
  title: plain(AMEND_TITLE, 24),
  submit: plain(submitText(needsSecond), 24),
  close: plain('Cancel', 24),
  blocks: [
    ...(banner === undefined ? [] : [section(banner)]),
    ...withReason(requestText(change), change),
    ...longerBlocks(undefined, option('As asked', AS_ASKED)),
    ...(needsSecond ? [context(SECOND)] : []),
  ],
});

const submitText = (needsSecond: boolean): string => (needsSecond ? 'Send for approval' : 'Approve');
const SECOND = 'Another administrator approves what you change here.';

const asAsked = (change: Change): PlainTextOption =>
  option(`As asked: ${plainOf(lastingText(change) ?? 'no end')}`, AS_ASKED);

/** What was altered waits for another administrator. */
export const amendedView = (change: Change, approvalsChannel: string): ModalView =>
  notice(AMEND_TITLE, [
    section(`*Sent for approval:* ${askText(change)}. :hourglass_flowing_sand:`),
    context(`Another administrator decides in <#${approvalsChannel}>, as you changed the request.`),
  ]);
