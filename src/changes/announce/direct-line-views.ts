import type { KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { actions, type Message, section } from '../../slack/blocks.ts';
import { code, dateTime, marksLast } from '../../slack/mrkdwn.ts';
import { spoken } from '../../slack/spoken.ts';
import { type Change, isFinal, isSeveral, showsUndo } from '../change.ts';
import { askText, outcomeTexts } from '../change-texts.ts';
import { seatsShownText } from '../shown/shown-texts.ts';
import { MOST_NAMED } from '../steps/steps-of.ts';
import { cardButtons } from './card-buttons.ts';
import { outcomeSections } from './outcome-views.ts';
import { doneText, standingText, stateWord } from './standing-text.ts';

const LONGEST_REASON = 300;
/** Characters of what became of it that leave room in the line for what was asked, why, and until when it can be undone. */
const LONGEST_OUTCOME = 1000;

/** What an administrator did directly, in one line for the others, with `Undo` while that is possible. */
export function directLine(change: Change): Message {
  const [press, ...more] = cardButtons(change, 'approvers');
  const accessory = press?.type === 'button' ? press : undefined;
  const blocks: readonly KnownBlock[] = [
    section(lineText(change), accessory),
    ...eachLine(change),
    ...(more.length === 0 ? [] : [actions(...more)]),
  ];
  return { text: `${stateWord(change)}: ${spoken(blocks)}`, blocks };
}

/** The same before its place in Slack is recorded: nothing to press. */
export function firstDirectLine(change: Change): Message {
  const blocks = [section(lineText({ ...change, newsAt: undefined }))];
  return { text: spoken(blocks), blocks };
}

function lineText(change: Change): string {
  const seats = change.state === 'applied' ? seatsShownText(change.seatsShown) : undefined;
  const parts = [
    `${actorText(change.requesterId)}${change.origin === 'undo' ? ' pressed Undo' : ''}: ${whatText(change)}`,
    ...(change.reason === '' || change.origin === 'undo'
      ? []
      : [`Why: ${code(change.reason, LONGEST_REASON)}`]),
    ...(seats === undefined ? [] : [seats]),
    ...(change.undone ? ['It has since been *undone*.'] : []),
    ...(showsUndo(change) && change.newsAt !== undefined
      ? [`can be undone until ${dateTime(change.newsAt)}`]
      : []),
  ];
  return marksLast(parts.join(' · '));
}

/** Whether what became of each does not fit the line: several users, many members of a workspace, long names. */
const isLong = (change: Change): boolean =>
  isSeveral(change) ||
  change.steps.length > MOST_NAMED ||
  outcomeTexts(change).join(' ').length > LONGEST_OUTCOME;

/** Below the line of many, what became of each. */
const eachLine = (change: Change): readonly KnownBlock[] =>
  isLong(change) && isFinal(change.state) ? outcomeSections(change) : [];

function whatText(change: Change): string {
  if (isLong(change))
    return `${askText(change)}. ${change.state === 'applied' ? doneText(change.steps) : standingText(change)}`;
  const did = outcomeTexts(change).join(' ');
  if (change.state === 'applied') return did === '' ? `${askText(change)}.` : did;
  return [`${askText(change)}.`, standingText(change), did].filter((text) => text !== '').join(' ');
}
