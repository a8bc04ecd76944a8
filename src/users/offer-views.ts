import type { KnownBlock } from '@slack/types';
import { endOf, type TimedEnds } from '../license/active-until.ts';
import { userSelect } from '../license/user-option.ts';
import { labelOf, userLine } from '../license/user-text.ts';
import { actions, button, context, divider, type Message, section } from '../slack/blocks.ts';
import { code, count } from '../slack/mrkdwn.ts';
import { isEmail } from '../texts/email.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './users-ids.ts';

const MOST_OFFERED = 10;

const WHOM_TEXT = 'Whom? Choose a user here, or name one: `/wallaroo user <who>`';

/** Asks whose card is to be shown. */
export const whomMessage = (): Message => ({
  text: WHOM_TEXT,
  blocks: [section(WHOM_TEXT, userSelect(ids.choose))],
});

type Found =
  | { readonly kind: 'several'; readonly users: readonly WallarooUser[]; readonly typed: string }
  | { readonly kind: 'none'; readonly nearest: readonly WallarooUser[]; readonly typed: string };

/** Not exactly one user fits: those who may be meant, each as a button. */
export const foundBlocks = (found: Found, offer: Offer): readonly KnownBlock[] =>
  found.kind === 'several'
    ? severalBlocks(found.typed, found.users, offer)
    : noneBlocks(found.typed, found.nearest, offer);

/** Several users fit: each as a button. */
export function severalBlocks(
  typed: string,
  users: readonly WallarooUser[],
  offer: Offer,
): readonly KnownBlock[] {
  const rest = users.length - MOST_OFFERED;
  return [
    section(`${count(users.length, 'user')} match ${code(typed)}. Whom do you mean?`),
    ...offerBlocks(users, offer),
    ...(rest > 0
      ? [context(`… and ${rest} more. Type more of the email or username to narrow it down.`)]
      : []),
  ];
}

/** Nobody fits: said so, and the nearest offered, with what to do next. An invitation of a member is a request. */
export function noneBlocks(
  typed: string,
  nearest: readonly WallarooUser[],
  offer: Offer,
): readonly KnownBlock[] {
  return [
    section(`No user of this Wallaroo instance matches ${code(typed)}.`),
    ...(nearest.length > 0 ? [context('The nearest:'), ...offerBlocks(nearest, offer)] : []),
    actions(
      isEmail(typed)
        ? button({ text: 'Invite…', actionId: `${ids.askInvitation}/none`, value: typed })
        : undefined,
      button({ text: 'List users', actionId: `${ids.list}/none`, value: 'all' }),
    ),
  ];
}

/** Which action a press on an offered user is, and what its value carries. */
export interface Offer {
  readonly actionId: string;
  readonly valueFor: (user: WallarooUser) => string;
  /** When timed activations end. */
  readonly ends: TimedEnds;
}

function offerBlocks(
  users: readonly WallarooUser[],
  { actionId, valueFor, ends }: Offer,
): readonly KnownBlock[] {
  const shown = users.slice(0, MOST_OFFERED);
  return [
    actions(
      ...shown.map((user, index) =>
        button({ text: labelOf(user), actionId: `${actionId}/${index}`, value: valueFor(user) }),
      ),
    ),
    divider,
    ...shown.map((user) => context(userLine(user, endOf(user, ends)))),
  ];
}
