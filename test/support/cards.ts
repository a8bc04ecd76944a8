import type { SlackMessage } from '../../sandbox/slack/state.ts';
import type { ChangeRow } from '../../src/db/tables/change-table.ts';
import type { ChangeRecords } from './change-records.ts';

const UNDO_MS = 10 * 60_000;

const isTimedAhead = ({ state, origin }: ChangeRow): boolean => state === 'approved' && origin === 'timed';
const isPending = ({ state }: ChangeRow): boolean => state === 'pending';

/** When a button of a card may be there, by its action. */
const LIVES: Readonly<Record<string, (change: ChangeRow, now: Date) => boolean>> = {
  change_approve: isPending,
  change_deny: isPending,
  change_cancel: isPending,
  change_menu: isPending,
  change_undo: ({ state, undone, appliedAt }, now) =>
    state === 'applied' && undone === 0 && now.getTime() < (appliedAt ?? 0) + UNDO_MS,
  change_try_again: ({ state }) => state === 'failed',
  change_try_failed: ({ state, undone, steps }) =>
    state === 'applied' && undone === 0 && steps.includes('"failure":') && !steps.includes('"retriedIn":'),
  change_extend: isTimedAhead,
  change_keep: isTimedAhead,
};

/** The first word of a card's notification, by the state of its change. */
const WORDS: Readonly<Record<string, string>> = {
  pending: 'Request',
  applied: 'Done',
  failed: 'Failed',
  denied: 'Denied',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

/** Approved is said of a request alone, and scheduled of the end of a timed activation. */
function wordOf({ state, origin, steps }: ChangeRow): string {
  // Of several of which some failed.
  if (state === 'applied' && steps.includes('"failure":')) return 'Done in part';
  if (WORDS[state] !== undefined) return WORDS[state];
  if (origin === 'timed') return state === 'approved' ? 'Reminder' : 'Under way';
  return origin === 'request' ? 'Approved' : 'Not done yet';
}

/**
 * Once all that is due is done, rule 5 of the design: no message that everybody sees has a button that its change does
 * not live up to, and every card of a change tells the state that the change is in. What is amiss, in words.
 */
export function wrongCards(
  { changes, cards }: ChangeRecords,
  messages: readonly SlackMessage[],
  now: Date,
): readonly string[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const byPlace = new Map(messages.map((message) => [`${message.channel} ${message.ts}`, message]));
  const dead = messages
    .filter(({ onlyFor }) => onlyFor === undefined)
    .flatMap((message) =>
      buttonsIn(message).flatMap(({ action_id, value }) => {
        const lives = LIVES[action_id.split('/')[0] ?? ''];
        const change = byId.get(value);
        if (lives === undefined || (change !== undefined && lives(change, now))) return [];
        return [
          `${action_id} is left in ${JSON.stringify(message.text)}: ${change?.state ?? 'no such change'}`,
        ];
      }),
    );
  const stale = cards
    .filter((card) => card.gone === 0 && !isReplaced(card, cards))
    .flatMap(({ changeId, channel, ts, place }) => {
      const change = byId.get(changeId);
      const text = byPlace.get(`${channel} ${ts}`)?.text;
      if (change !== undefined && text?.startsWith(`${wordOf(change)}:`)) return [];
      return [`${place} of ${changeId}, which is ${change?.state}, says ${JSON.stringify(text)}`];
    });
  return [...dead, ...stale];
}

/** Where the approvals channel is missing, others have the card in its place. */
const isReplaced = (card: ChangeRecords['cards'][number], all: ChangeRecords['cards']): boolean =>
  card.channel === null &&
  card.place === 'approvals' &&
  all.some(({ changeId, place }) => changeId === card.changeId && place.startsWith('dm-admin:'));

interface Pressable {
  readonly action_id: string;
  /** The id of a change. */
  readonly value: string;
}

/** Every button, and every choice of a menu, of a message's blocks. */
function buttonsIn({ blocks }: SlackMessage): readonly Pressable[] {
  return blocks
    .flatMap((block) => [block.accessory, ...((block.elements as unknown[] | undefined) ?? [])])
    .flatMap((element) => (isElement(element) ? pressablesOf(element) : []));
}

interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
  readonly options?: readonly { readonly value: string }[];
}

const isElement = (element: unknown): element is Element =>
  typeof element === 'object' && element !== null && 'type' in element;

function pressablesOf({ type, action_id, value = '', options = [] }: Element): readonly Pressable[] {
  // Behind the id a button may carry as what it shows its request.
  if (type === 'button') return [{ action_id, value: value.replace(/:\w+$/, '') }];
  if (type !== 'overflow') return [];
  return options.map((option) => ({ action_id, value: option.value.replace(/^\w+:/, '') }));
}
