import type { Button, KnownBlock, Overflow, SectionBlock } from '@slack/types';
import type { TimedEnd } from '../license/active-until.ts';
import { fullNameOf } from '../license/known-names.ts';
import { tickBoxes } from '../license/tick-boxes.ts';
import { lastSignInText } from '../license/user-text.ts';
import { button, option, overflow, section } from '../slack/blocks.ts';
import { fitsChoice } from '../slack/choice-value.ts';
import { code, count, dateTime } from '../slack/mrkdwn.ts';
import { lastSignInOf, type WallarooUser } from '../wallaroo/user.ts';
import { readQuery, writeQuery } from './list-value.ts';
import { idleDaysOf, marksOf, type Standing } from './standing.ts';
import type { ListPage } from './user-list.ts';
import { ids, rowChoices } from './users-ids.ts';

/** Characters of a name and of an email: ten rows have to fit into one message. */
const NAME = 60;
const EMAIL = 100;

/**
 * The menu of a row in a list of users: nothing is offered that is always refused. For an id too long for a menu, the
 * button that shows the card, which offers the same.
 */
export function rowMenu(user: WallarooUser, mayBeDeactivated = true, end?: TimedEnd): Overflow | Button {
  const { view, activate, deactivate, extend } = rowChoices;
  if (!fitsChoice(`${deactivate}:${user.id}`))
    return button({ text: 'View', actionId: ids.view, value: user.id });
  return overflow(ids.rowMenu, [
    option('View', `${view}:${user.id}`),
    ...(user.enabled ? [] : [option('Activate…', `${activate}:${user.id}`)]),
    ...(user.enabled && mayBeDeactivated ? [option('Deactivate…', `${deactivate}:${user.id}`)] : []),
    ...(end === undefined ? [] : [option('Extend…', `${extend}:${end.changeId}`)]),
  ]);
}

/** One user of a list with their menu. */
export const userRow = (user: WallarooUser, standing: Standing): SectionBlock =>
  section(
    userText(user, standing),
    rowMenu(user, standing.whyNeverDeactivated(user) === undefined, standing.endOf(user)),
  );

/** The same of several, each as the blocks that belong together. */
export const userRows = (users: readonly WallarooUser[], standing: Standing): readonly [SectionBlock][] =>
  users.map((user) => [userRow(user, standing)]);

/** Ids of those whose box is ticked on another page than this. */
export const tickedElsewhere = ({ query, users }: ListPage): readonly string[] =>
  (query.ticked ?? []).filter((id) => !users.some((user) => user.id === id));

/** A box for each user of a page, and the button that deactivates those who are chosen, on other pages, too. */
export function userBoxes(page: ListPage, { endOf }: Pick<Standing, 'endOf'>): readonly KnownBlock[] {
  const { query, users } = page;
  const value = writeQuery({ ...query, ticked: tickedElsewhere(page) });
  const elsewhere = readQuery(value)?.ticked?.length ?? 0;
  return tickBoxes(
    users,
    {
      actionId: ids.tick,
      page: query.page,
      ticked: query.ticked ?? [],
      elsewhere,
      until: (user) => endOf(user)?.at,
    },
    button({ text: 'Deactivate chosen…', actionId: ids.deactivateTicked, value, style: 'danger' }),
  );
}

/** One user of a list: name, email, username where it differs, state, last sign-in, idle days, marks. */
export function userText(user: WallarooUser, standing: Standing): string {
  const name = fullNameOf(user);
  const differs = user.email?.toLowerCase() !== user.username.toLowerCase();
  const days = idleDaysOf(user, standing) ?? 0;
  return [
    ...(name === undefined ? [] : [`*${code(name, NAME)}*`]),
    user.email === undefined ? 'no email' : code(user.email, EMAIL),
    ...(differs ? [`username ${code(user.username, NAME)}`] : []),
    stateWords(user, standing.endOf(user)),
    lastSignInText(lastSignInOf(user)),
    ...(days > 0 ? [`idle ${count(days, 'day')}`] : []),
    ...marksOf(user, standing).map((mark) => `*${mark}*`),
  ].join(' · ');
}

/** "active until Fri 12:08". */
const stateWords = ({ enabled }: WallarooUser, end: TimedEnd | undefined): string =>
  enabled ? `active${end === undefined ? '' : ` until ${dateTime(end.at)}`}` : 'inactive';
