import type { ActionsBlockElement } from '@slack/types';
import { button, option, overflow } from '../../slack/blocks.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { shownValue } from '../shown/amended.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { turnsOf } from '../steps/steps-of.ts';

/** The choices of a request's menu; the change's id follows a colon. */
export const menuChoices = { amend: 'amend', view: 'view' } as const;

/** What those who decide press on a request. `origin` tells presses from different places apart. */
export function decisionButtons(change: Change, origin?: string): readonly ActionsBlockElement[] {
  const value = change.id;
  // A role in a workspace has no time and no exchange to choose.
  const isMembership = onlyMemberships(change.steps).length > 0;
  const named = (id: string): string => (origin === undefined ? id : `${id}/${origin}`);
  return [
    button({ text: 'Approve', actionId: named(ids.approve), value: shownValue(change), style: 'primary' }),
    button({ text: 'Deny', actionId: named(ids.deny), value }),
    overflow(named(ids.requestMenu), [
      ...(isMembership ? [] : [option('Approve with changes…', `${menuChoices.amend}:${value}`)]),
      ...(!isMembership && turnsOf(change.steps).length === 0
        ? []
        : [option('View', `${menuChoices.view}:${value}`)]),
    ]),
  ];
}

/** What the requester presses. */
export const withdrawButton = ({ id }: Change, origin?: string): ActionsBlockElement =>
  button({
    text: 'Withdraw',
    actionId: origin === undefined ? ids.cancel : `${ids.cancel}/${origin}`,
    value: id,
  });
