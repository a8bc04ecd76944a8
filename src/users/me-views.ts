import type { Button, KnownBlock } from '@slack/types';
import { endOf, type TimedEnds } from '../license/active-until.ts';
import { labelOf, lastSignInText, stateText, userLine } from '../license/user-text.ts';
import { actions, button, context, header, type Message, section } from '../slack/blocks.ts';
import { openWallaroo } from '../slack/link-button.ts';
import { code, dateTime } from '../slack/mrkdwn.ts';
import { type FirstRows, roomBeside, rowsWithin } from '../slack/rows.ts';
import { spoken } from '../slack/spoken.ts';
import { lastSignInOf } from '../wallaroo/user.ts';
import { extendButton } from './extend-button.ts';
import type { Own, OwnFacts } from './me.ts';
import { workspaceBlocks } from './user-card-views.ts';
import { rowMenu } from './user-lines.ts';
import { ids, requestManners } from './users-ids.ts';

const TITLE = 'Your user in Wallaroo';
const MOST_ACCOUNTS = 5;

/** What somebody asked for, drawn elsewhere. */
export interface OwnRequests {
  /** What waits. */
  readonly pending: FirstRows;
  /** What came to nothing, or has ended; newest first. */
  readonly lost: FirstRows;
}

/** The answer to `/wallaroo me`: the own user, and below it what they asked for. */
export function meMessage(facts: OwnFacts, requests: OwnRequests): Message {
  const own = [header(TITLE), ...ownUserBlocks(facts, 'me')];
  const blocks = [...own, ...requestBlocks(requests, own)];
  return { text: spoken(blocks), blocks };
}

/** As many requests as a message holds below the blocks `above`, and where to see the rest. */
function requestBlocks({ pending, lost }: OwnRequests, above: readonly KnownBlock[]): readonly KnownBlock[] {
  if (pending.total + lost.total === 0) return [];
  const title = header('Your requests');
  const shown = rowsWithin([...pending.rows, ...lost.rows], roomBeside([...above, title]));
  const waiting = pending.total - Math.min(shown.length, pending.rows.length);
  const older = lost.total - Math.max(0, shown.length - pending.rows.length);
  const rest = [
    ...(waiting > 0 ? [`… and ${waiting} more waiting: \`/wallaroo requests\` shows all.`] : []),
    ...(older > 0 ? [`… and ${older} more from earlier: see our direct messages.`] : []),
  ];
  return [title, ...shown.flat(), ...(rest.length === 0 ? [] : [context(...rest)])];
}

/** Somebody's own user, and what they can do about it. `origin` tells presses from different places apart. */
export function ownUserBlocks(facts: OwnFacts, origin: string): readonly KnownBlock[] {
  const { own } = facts;
  return [
    section(ownText(facts)),
    ...(own.kind === 'one' ? ownWorkspaces(facts) : []),
    ...(own.kind === 'several' ? accountBlocks(own, facts.ends) : []),
    actions(...ownButtons(facts, origin)),
  ];
}

/** The same in words, as mrkdwn. */
function ownText(facts: OwnFacts): string {
  const { own, waiting } = facts;
  const waits = waiting && ` You asked for it ${dateTime(waiting.since)}; the administrators decide.`;
  switch (own.kind) {
    case 'no_email':
      return 'Slack does not show me your email, so I cannot tell which Wallaroo user you are. Add an email to your Slack profile, or look yourself up with `/wallaroo user <who>`.';
    case 'none':
      return `You have no Wallaroo account yet: nobody there has your email ${code(own.email)}.${waits ?? ' Ask for an invitation to get one.'}`;
    case 'several':
      return `${own.users.length} Wallaroo accounts have your email ${code(own.email)}, so I cannot tell which is yours. Ask ${facts.administrators} to fix that.`;
    case 'one':
      return `${oneText(facts, own)}${own.user.enabled ? '' : (waits ?? ' Request access to work with Wallaroo.')}`;
  }
}

function oneText({ until, takesSeat }: OwnFacts, { user }: Extract<Own, { kind: 'one' }>): string {
  const parts = [
    code(labelOf(user)),
    stateText(user.enabled, until?.at),
    ...(user.enabled && takesSeat !== undefined ? [takesSeat ? 'holds a seat' : 'takes no seat'] : []),
    lastSignInText(lastSignInOf(user)),
  ];
  return `${parts.join(' · ')}.`;
}

function ownWorkspaces({ workspaces }: OwnFacts): readonly KnownBlock[] {
  if (workspaces === undefined) return [];
  return workspaceBlocks(workspaces === 'unreadable' ? undefined : workspaces);
}

const accountBlocks = (
  { users }: Extract<Own, { kind: 'several' }>,
  ends: TimedEnds,
): readonly KnownBlock[] => [
  ...users
    .slice(0, MOST_ACCOUNTS)
    .map((user) => section(userLine(user, endOf(user, ends)), rowMenu(user, true, ends.get(user.id)))),
  ...(users.length > MOST_ACCOUNTS ? [context(`… and ${users.length - MOST_ACCOUNTS} more.`)] : []),
];

/** Asks for access for the presser's own user at once, under another word. */
export const accessButton = (text: string, origin: string): Button =>
  button({
    text,
    actionId: `${ids.requestAccess}/${origin}`,
    value: requestManners.atOnce,
    style: 'primary',
  });

function ownButtons(facts: OwnFacts, origin: string): readonly (Button | undefined)[] {
  const { own, until, waiting, administrator, wallarooUrl } = facts;
  const isInactive = own.kind === 'one' && !own.user.enabled;
  const mayAsk = isInactive && waiting === undefined;
  const manner = administrator ? requestManners.form : requestManners.atOnce;
  return [
    mayAsk
      ? button({
          text: 'Request access',
          actionId: `${ids.requestAccess}/${origin}`,
          value: manner,
          style: 'primary',
        })
      : undefined,
    mayAsk && !administrator
      ? button({
          text: 'Request with a reason…',
          actionId: `${ids.requestAccess}/${origin}_form`,
          value: requestManners.form,
        })
      : undefined,
    own.kind === 'none' && waiting === undefined
      ? button({
          text: 'Ask for an invitation',
          actionId: `${ids.askInvitation}/${origin}`,
          style: 'primary',
        })
      : undefined,
    until === undefined ? undefined : extendButton(until.changeId, origin),
    openWallaroo(wallarooUrl),
  ];
}
