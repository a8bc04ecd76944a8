import type { KnownBlock } from '@slack/types';
import { actorText } from '../../slack/actor-text.ts';
import { actions, type Message, section } from '../../slack/blocks.ts';
import { code, dateTime, marksLast } from '../../slack/mrkdwn.ts';
import { spoken } from '../../slack/spoken.ts';
import { type Change, isFinal, isSeveral, showsUndo } from '../change.ts';
import { askText, outcomeTexts } from '../change-texts.ts';
import { seatsShownText } from '../shown/shown-texts.ts';
import { cardButtons } from './card-buttons.ts';
import { outcomeSections } from './outcome-views.ts';
import { doneText, standingText, stateWord } from './standing-text.ts';

const LONGEST_REASON = 300;

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
    ...(change.undone ? ['It was *undone* since.'] : []),
    ...(showsUndo(change) && change.newsAt !== undefined
      ? [`can be undone until ${dateTime(change.newsAt)}`]
      : []),
  ];
  return marksLast(parts.join(' · '));
}

/** Of several users, what became of each. */
const eachLine = (change: Change): readonly KnownBlock[] =>
  isSeveral(change) && isFinal(change.state) ? outcomeSections(change) : [];

function whatText(change: Change): string {
  if (isSeveral(change))
    return `${askText(change)}. ${change.state === 'applied' ? doneText(change.steps) : standingText(change)}`;
  const did = outcomeTexts(change).join(' ');
  if (change.state === 'applied') return did === '' ? `${askText(change)}.` : did;
  return [`${askText(change)}.`, standingText(change), did].filter((text) => text !== '').join(' ');
}
