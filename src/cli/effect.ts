import { type ConfirmFacts, FREES_NO_SEAT, type Subject } from '../changes/confirm/confirmation.ts';
import { leavingText } from '../changes/confirm/leaving-text.ts';
import { refusedPlain } from '../changes/confirm/refused-text.ts';
import { forecastText, seatsText, takenText } from '../license/license-views.ts';
import { labelOf } from '../license/user-text.ts';
import type { WallarooUser, WorkspaceMembership } from '../wallaroo/user.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { printable } from './plain.ts';

const MOST_NAMED = 5;

/** What a change does to seats, people and workspaces, in lines for people. */
export function effectLines(facts: ConfirmFacts): readonly string[] {
  const leaving = facts.subjects.filter(({ enabled }) => !enabled);
  return [
    ...facts.subjects.map(({ user, enabled }) => `${enabled ? 'Activate' : 'Deactivate'} ${labelOf(user)}`),
    seatsLine(facts),
    ...leaving.flatMap(ownedLines),
    ...(leaving.length > 0 ? [`  Deactivating ${leavingText(facts.leaving)}`] : []),
  ].map((line) => line.replace(/^( *)(.*)$/s, (_, indent: string, text: string) => indent + printable(text)));
}

/** "  Seats: 4 → 3 of 5", or how many are active where nothing limits them. */
const seatsLine = ({ before, after }: Pick<ConfirmFacts, 'before' | 'after'>): string =>
  `  ${forecastText(before, after) ?? `Seats: ${seatsText(before)}`}`;

export const approvalLines = (needsApproval: boolean): readonly string[] =>
  needsApproval ? ['  Another administrator has to approve it (FOUR_EYES).'] : [];

function ownedLines({ user, workspaces }: Subject): readonly string[] {
  const whose = `  Workspaces that ${labelOf(user)} owns:`;
  if (workspaces === undefined) return [`${whose} cannot be read`];
  const owned = workspaces.filter(({ role }) => role === 'OWNER');
  return [`${whose} ${owned.length === 0 ? 'none' : owned.map(ownedText).join(', ')}`];
}

const ownedText = ({ name, otherOwners }: WorkspaceMembership): string =>
  otherOwners === 0 ? `${name} (no other active owner is left)` : name;

/**
 * Refuses what rules or the license do not allow. `tell` gets the lines of what it would do, as a dry run shows them.
 * @throws CommandError
 */
export function refuseImpossible(
  facts: ConfirmFacts,
  kind: 'activate' | 'deactivate' | 'swap' | 'invite',
  tell?: (line: string) => void,
): void {
  const { refusal, needsSwap, leftOut = [] } = facts;
  if (tell !== undefined && (refusal !== undefined || needsSwap || leftOut.length > 0))
    effectLines(facts).forEach(tell);
  // Of several, each who cannot be changed is named.
  if (leftOut.length > 0) throw refused(leftOut.map(refusedPlain).join('\n'));
  if (refusal !== undefined) throw refused(refusedPlain(refusal));
  if (needsSwap) throw refused(fullSentence(facts, kind));
}

/** What a rule, or the license, does not allow. */
export const refused = (sentence: string): CommandError =>
  new CommandError(EXIT.refused, `Nothing was changed. ${sentence.split('\n').map(printable).join('\n')}`);

/** Who could leave, idle longest first. */
export const idleLongest = (candidates: readonly WallarooUser[]): string =>
  `Idle longest: ${candidates.slice(0, MOST_NAMED).map(labelOf).join(', ')}`;

function fullSentence(facts: ConfirmFacts, kind: string): string {
  const { before, after, subjects, candidates } = facts;
  const seats = before.kind === 'limited' ? before.seats : before.taken;
  const free = seats - before.taken;
  if (kind === 'swap') return FREES_NO_SEAT.sentence;
  if (free > 0)
    return `This takes ${after.taken - before.taken} seats, and ${free === 1 ? 'one is' : `${free} are`} free: name ${free} at most.`;
  const [first] = subjects;
  const swap =
    candidates.length === 0
      ? 'Deactivate somebody first.'
      : first === undefined
        ? 'Say who leaves in exchange: --exchange <who>'
        : `Swap two users: wallaroo-chatops swap <who leaves> ${labelOf(first.user)}`;
  const idle = candidates.length === 0 ? '' : `\n${idleLongest(candidates)}`;
  return `The license is full: ${takenText(before.taken, seats)}. ${swap}${idle}`;
}
