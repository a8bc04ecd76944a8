import type { ActionsBlockElement } from '@slack/types';
import { button, option, overflow } from '../../slack/blocks.ts';
import type { Change } from '../change.ts';
import { ids } from '../changes-ids.ts';
import { shownValue } from '../shown/amended.ts';
import { besideHandOvers } from '../steps/hand-over.ts';
import { onlyMemberships } from '../steps/membership-step.ts';
import { kindOfStep } from '../steps/step.ts';
import { stepsConcern } from '../steps/steps-of.ts';
import { extensionIn } from './amendment.ts';

/** The choices of a request's menu; the change's id follows a colon. */
export const menuChoices = { amend: 'amend', view: 'view' } as const;

/** What those who decide press on a request. `origin` tells presses from different places apart. */
export function decisionButtons(change: Change, origin?: string): readonly ActionsBlockElement[] {
  const value = change.id;
  const { steps } = change;
  const choices = [
    ...(leavesChoice(steps) ? [option('Approve with changes…', `${menuChoices.amend}:${value}`)] : []),
    ...(onlyMemberships(steps).length > 0 || usersIn(steps).length > 0
      ? [option('View', `${menuChoices.view}:${value}`)]
      : []),
  ];
  const named = (id: string): string => (origin === undefined ? id : `${id}/${origin}`);
  return [
    button({ text: 'Approve', actionId: named(ids.approve), value: shownValue(change), style: 'primary' }),
    button({ text: 'Deny', actionId: named(ids.deny), value }),
    ...(choices.length === 0 ? [] : [overflow(named(ids.requestMenu), choices)]),
  ];
}

/** Whether who approves has a time, an exchange or an heir to choose: where somebody comes or goes, or stays for longer. */
const leavesChoice = (steps: Change['steps']): boolean =>
  extensionIn({ steps }) !== undefined || stepsConcern(steps, 'takes') || stepsConcern(steps, 'frees');

/** The users whom `View` shows, each once: not those to whom somebody hands over, nor members, whose workspace is shown. */
export const usersIn = (steps: Change['steps']): readonly string[] =>
  onlyMemberships(steps).length > 0
    ? []
    : [...new Set(besideHandOvers(steps).flatMap((step) => kindOfStep(step).subject(step).userId ?? []))];

/** What the requester presses. */
export const withdrawButton = ({ id }: Change, origin?: string): ActionsBlockElement =>
  button({
    text: 'Withdraw',
    actionId: origin === undefined ? ids.cancel : `${ids.cancel}/${origin}`,
    value: id,
  });
