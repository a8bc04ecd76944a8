import type { KnownBlock } from '@slack/types';
import { context, lineSections, section } from '../../slack/blocks.ts';
import { code, count, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { ownedToMind, type Shown } from '../shown/shown.ts';
import { shownLines } from '../shown/shown-texts.ts';
import type { ConfirmFacts, ConfirmRefusal } from './confirmation.ts';
import { leavingText } from './leaving-text.ts';
import type { MembershipFact } from './memberships.ts';
import { refusedText } from './refused-text.ts';

/** Characters of the lines about users, and about those who are left out. */
const MOST_CHARACTERS = 12_000;
const MOST_LEFT_OUT = 6000;
const MOST_WORKSPACES = 20;

/** Several users: a line for each, the workspaces that lose their last OWNER, and who is left out. */
export function severalBlocks({
  subjects,
  shown,
  leaving,
  leftOut = [],
  memberships = [],
}: ConfirmFacts): readonly KnownBlock[] {
  const [first] = subjects;
  if (first === undefined) return leftOutBlocks(leftOut);
  const title = `*${first.enabled ? 'Activate' : 'Deactivate'} ${count(subjects.length, 'user')}*`;
  return [
    ...lineSections([title, ...shownLines(shown).map((line) => `• ${line}`)], MOST_CHARACTERS),
    ...orphanedBlocks(shown, memberships),
    ...(first.enabled ? [] : [context(`Deactivating ${leavingText(leaving)}`)]),
    ...leftOutBlocks(leftOut),
  ];
}

/** Workspaces that none but those who leave own, by name; of which nobody takes over. */
function orphanedBlocks({ users }: Shown, memberships: readonly MembershipFact[]): readonly KnownBlock[] {
  const takenOver = new Set(memberships.map(({ step }) => step.workspace));
  const orphaned = users
    .flatMap(ownedToMind)
    .filter(({ otherOwners, name }) => otherOwners === 0 && !takenOver.has(name));
  const names = [...new Set(orphaned.map(({ name }) => name))];
  if (names.length === 0) return [];
  const rest = names.length - MOST_WORKSPACES;
  const texts = names.slice(0, MOST_WORKSPACES).map((name) => code(name, 100));
  const more = rest > 0 ? ` and ${rest} more` : '';
  return [section(`No active OWNER would be left in ${texts.join(', ')}${more}. :warning:`)];
}

function leftOutBlocks(leftOut: readonly ConfirmRefusal[]): readonly KnownBlock[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut.map((refusal) => `• ${refusedText(escaped(refusal))}`);
  return lineSections([`*Left out* (${leftOut.length})`, ...lines], MOST_LEFT_OUT);
}

const escaped = ({ label, sentence }: ConfirmRefusal): ConfirmRefusal => ({
  ...(label === undefined ? {} : { label }),
  sentence:
    label !== undefined && sentence.startsWith(label)
      ? `${label}${escapeMrkdwn(sentence.slice(label.length))}`
      : escapeMrkdwn(sentence),
});
