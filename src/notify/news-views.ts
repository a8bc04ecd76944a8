import type { Button } from '@slack/types';
import type { NewsKind, UserNews } from '../db/user-news.ts';
import { actorText } from '../slack/actor-text.ts';
import { actions, type Message, quote, section } from '../slack/blocks.ts';
import { openWallaroo } from '../slack/link-button.ts';
import { code, dateTime, truncate } from '../slack/mrkdwn.ts';
import { oneLine } from '../texts/one-line.ts';

/** How somebody is told what happened to their account. */
export interface NewsFacts {
  readonly news: UserNews;
  /** Whether they may press what the bot offers: guests are told, and open Wallaroo. */
  readonly mayAsk: boolean;
  /** An instance that counts no seats gives access. */
  readonly countsSeats: boolean;
  readonly wallarooUrl: string;
  /** Drawn elsewhere: asks for access once more. */
  readonly askAgain: () => Button;
  /** Drawn elsewhere: asks for more time. */
  readonly extend: (changeId: string) => Button;
}

const LONGEST_REASON = 500;

/** The direct message to the person whose account it is. */
export function newsMessage(facts: NewsFacts): Message {
  const { news } = facts;
  const text = newsText(facts);
  const isEnded = news.kind === 'deactivated';
  const buttons = [
    ...(facts.mayAsk && isEnded ? [facts.askAgain()] : []),
    ...(facts.mayAsk && !isEnded && news.endsWith !== undefined ? [facts.extend(news.endsWith)] : []),
    ...(isEnded ? [] : [openWallaroo(facts.wallarooUrl)]),
  ];
  const reason = news.reason === '' ? [] : [section('Reason:'), quote(news.reason, LONGEST_REASON)];
  return {
    text: news.reason === '' ? text : `${text} Reason: ${plainReason(news.reason)}`,
    blocks: [section(text), ...reason, ...(buttons.length === 0 ? [] : [actions(...buttons)])],
  };
}

/** Notifications show no blocks: a person's own words go into them without what Slack takes for markup. */
const plainReason = (reason: string): string =>
  truncate(oneLine(reason).replace(/[<>&*_~`@#:]/g, ' '), LONGEST_REASON);

function newsText({ news, countsSeats }: NewsFacts): string {
  const until = news.until === undefined ? '' : ` until ${dateTime(news.until)}`;
  const by = news.by === undefined ? undefined : actorText(news.by);
  return TEXTS[news.kind]({
    until,
    by,
    what: countsSeats ? 'a Wallaroo seat' : 'access to Wallaroo',
    address: news.address === undefined ? undefined : code(news.address),
    workspace: news.workspace === undefined ? undefined : workspacesText(news.workspace.split('\n')),
  });
}

interface Words {
  /** By which email the account goes, as mrkdwn. */
  readonly address: string | undefined;
  readonly until: string;
  readonly by: string | undefined;
  /** What somebody has who is active. */
  readonly what: string;
  /** The workspaces that it is about, as mrkdwn: "the workspace `x`". */
  readonly workspace: string | undefined;
}

const MOST_NAMED = 20;

function workspacesText(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).map((name) => code(name, 100));
  const rest = names.length - named.length;
  return `the workspace${names.length === 1 ? '' : 's'} ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

const TEXTS: Readonly<Record<NewsKind, (words: Words) => string>> = {
  activated: ({ until, by, what }) =>
    `You now have ${what}${until}.${by === undefined ? '' : ` ${by} let you in.`}`,
  deactivated: ({ by }) =>
    by === undefined
      ? 'Your access to Wallaroo has ended, as planned.'
      : `${by} ended your access to Wallaroo.`,
  invited: ({ by }) =>
    `${by === undefined ? 'You were invited' : `You were invited by ${by}`} to Wallaroo. An email tells you how to sign in.`,
  extended: ({ until, by }) =>
    `Your access to Wallaroo now lasts${until}.${by === undefined ? '' : ` ${by} extended it.`}`,
  kept: ({ by }) =>
    `Your access to Wallaroo no longer ends.${by === undefined ? '' : ` ${by} let you keep it.`}`,
  made_owner: ({ by, workspace }) =>
    by === undefined ? `You are now an owner of ${workspace}.` : `${by} made you an owner of ${workspace}.`,
  made_collaborator: ({ by, workspace }) =>
    by === undefined
      ? `You are now a collaborator of ${workspace}.`
      : `${by} made you a collaborator of ${workspace}.`,
  left_workspace: ({ by, workspace }) =>
    by === undefined ? `You are no longer a member of ${workspace}.` : `${by} removed you from ${workspace}.`,
  account_fixed: ({ by, address }) =>
    `${by === undefined ? 'Your Wallaroo account was corrected' : `${by} corrected your Wallaroo account`}${address === undefined ? '' : `: it now goes by the email address ${address}`}.`,
  ending: ({ until, workspace }) => {
    const ends = `Your access to Wallaroo lasts${until}. Then it ends.`;
    if (workspace === undefined) return ends;
    return `${ends} You are the last active owner of ${workspace}: make somebody else an owner before.`;
  },
};
