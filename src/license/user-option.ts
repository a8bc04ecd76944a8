import type { ExternalSelect, PlainTextOption } from '@slack/types';
import { option, plain } from '../slack/blocks.ts';
import { fitsChoice } from '../slack/choice-value.ts';
import { truncate } from '../slack/mrkdwn.ts';
import { lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import { endOf, type TimedEnds } from './active-until.ts';
import { fullNameOf } from './known-names.ts';
import { labelOf, lastSignInPlain, statePlain } from './user-text.ts';

/** Options that Slack takes for an external select (docs.slack.dev: select menu). */
const MOST_OPTIONS = 100;

/** A menu that searches among the users as somebody types. */
export const userSelect = (actionId: string): ExternalSelect => ({
  type: 'external_select',
  action_id: actionId,
  // What fits is offered before anything is typed.
  min_query_length: 0,
  placeholder: plain('Type a name or an email', 150),
});

/** Characters of a name, so that until when somebody is active stays in sight. */
const NAME = 30;

/** A user as a choice: what they go by, and what tells them from others. */
function userOption(user: WallarooUser, until: Date | undefined): PlainTextOption {
  const facts = [
    truncate(fullNameOf(user) ?? '', NAME),
    statePlain(user.enabled, until),
    lastSignInPlain(lastSignInOf(user)),
  ];
  return option(labelOf(user), user.id, facts.filter((fact) => fact !== '').join(' · '));
}

/**
 * Those whom a menu can offer: ids of a directory may be longer than what a choice holds. Who is left out is named by
 * typing, and changed from the card.
 */
export const choosable = <U extends Pick<WallarooUser, 'id'>>(users: readonly U[]): readonly U[] =>
  users.filter(({ id }) => fitsChoice(id));

/** Users as choices: those who are active first, or those who are not, as that is what is wanted. */
export function userOptions(
  users: readonly WallarooUser[],
  wantsActive: boolean,
  ends: TimedEnds,
): PlainTextOption[] {
  const offered = choosable(users);
  const fitting = offered.filter(({ enabled }) => enabled === wantsActive);
  const others = offered.filter(({ enabled }) => enabled !== wantsActive);
  return [...fitting, ...others].slice(0, MOST_OPTIONS).map((user) => userOption(user, endOf(user, ends)));
}

/** What a menu of active users says of one: until when they are active, where that ends, and the last sign-in. */
export const activePlain = (user: Pick<WallarooUser, 'lastSignInMs'>, until: Date | undefined): string =>
  [...(until === undefined ? [] : [statePlain(true, until)]), lastSignInPlain(lastSignInOf(user))].join(
    ' · ',
  );
