import type { HomeView, KnownBlock } from '@slack/types';
import type { LicenseLines } from '../license/license-desk.ts';
import { userLine } from '../license/user-text.ts';
import { actions, button, context, header, section, sizeOf } from '../slack/blocks.ts';
import { count, dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids } from './home-ids.ts';

/** Things drawn elsewhere, each as the blocks that belong together. */
export type Rows = readonly (readonly KnownBlock[])[];

/** What the platform tells; a sentence instead when it does not answer. */
export type PlatformFacts =
  | {
      readonly answered: true;
      readonly edition: 'community' | 'enterprise';
      readonly license: LicenseLines;
      /** Idle longest first. */
      readonly holders: readonly WallarooUser[];
    }
  | { readonly answered: false; readonly sentence: string };

export type HomeFacts =
  | { readonly role: 'outsider'; readonly refusal: string }
  | {
      readonly role: 'member';
      readonly platform: PlatformFacts;
      readonly pending: PendingRows;
    }
  | {
      readonly role: 'administrator';
      readonly platform: PlatformFacts;
      readonly pending: PendingRows;
      readonly idle: Rows;
      readonly recent: Rows;
    };

export interface PendingRows {
  /** How many there are, of which `rows` may be the first. */
  readonly total: number;
  readonly rows: Rows;
}

/** Of the 100 blocks and 250 kB that Slack takes for a Home tab (docs.slack.dev: surfaces/app-home, views.publish). */
const PENDING_ROOM = { blocks: 40, bytes: 60_000 };
const IDLE_ROOM = { blocks: 15, bytes: 40_000 };
const RECENT_ROOM = { blocks: 12, bytes: 40_000 };
const MOST_HOLDERS = 15;
const HOLDERS_A_SECTION = 5;

/** What somebody's Home shows. The moment of drawing is left to `homeView`, so that equal content is equal. */
export function homeBlocks(facts: HomeFacts): readonly KnownBlock[] {
  if (facts.role === 'outsider') return [section(`:wave: ${escapeMrkdwn(facts.refusal)}`)];
  return [
    header('Wallaroo users and license'),
    ...licenseBlocks(facts.platform),
    actions(
      button({ text: 'Request access for…', actionId: ids.requestAccess, style: 'primary' }),
      button({ text: 'Refresh', actionId: ids.refresh }),
    ),
    ...(facts.role === 'administrator' ? administratorBlocks(facts) : memberBlocks(facts)),
  ];
}

/** The view as it is published, with the moment of which it tells. */
export function homeView(blocks: readonly KnownBlock[], role: HomeFacts['role'], at: Date): HomeView {
  const foot =
    role === 'outsider' ? [] : [context(`As of ${dateTime(at)} · \`/wallaroo\` shows all commands`)];
  return { type: 'home', blocks: [...blocks, ...foot] };
}

function licenseBlocks(platform: PlatformFacts): readonly KnownBlock[] {
  if (!platform.answered) return [section(`:warning: ${escapeMrkdwn(platform.sentence)}`)];
  const { edition, license, holders } = platform;
  return [
    ...(edition === 'enterprise'
      ? [section(`${count(holders.length, 'active user')}. This edition has no limit.`)]
      : []),
    ...(license.meter === undefined ? [] : [section(license.meter)]),
    ...(license.warning === undefined ? [] : [section(license.warning)]),
  ];
}

function administratorBlocks(facts: Extract<HomeFacts, { role: 'administrator' }>): readonly KnownBlock[] {
  const { pending, idle, platform, recent } = facts;
  return [
    header('Pending requests'),
    ...pendingBlocks(pending, 'Nobody is waiting for a decision.'),
    ...(idle.length === 0
      ? []
      : [
          header('Idle users'),
          ...listed(idle, idle.length, IDLE_ROOM, '`/wallaroo license` lists who has been idle longest.'),
        ]),
    ...(platform.answered ? holderBlocks(platform) : []),
    header('Recent changes'),
    ...(recent.length === 0
      ? [section('None so far.')]
      : [...listed(recent, recent.length, RECENT_ROOM), context('`/wallaroo audit` shows all.')]),
  ];
}

const memberBlocks = ({ pending }: Extract<HomeFacts, { role: 'member' }>): readonly KnownBlock[] => [
  header('Your requests'),
  ...pendingBlocks(pending, 'You have no pending requests.'),
];

const pendingBlocks = ({ total, rows }: PendingRows, none: string): readonly KnownBlock[] =>
  total === 0
    ? [section(none)]
    : listed(rows, total, PENDING_ROOM, '`/wallaroo requests` lists the pending ones.');

/** As many of the rows as there is room for, the first being the most telling, and the rest counted. */
function listed(
  rows: Rows,
  total: number,
  room: { readonly blocks: number; readonly bytes: number },
  whereAll?: string,
): readonly KnownBlock[] {
  const shown: KnownBlock[] = [];
  let used = 0;
  for (const row of rows) {
    if (shown.length + row.length > room.blocks || sizeOf([...shown, ...row]) > room.bytes) break;
    shown.push(...row);
    used += 1;
  }
  return used < total && whereAll !== undefined
    ? [...shown, context(`… and ${total - used} more: ${whereAll}`)]
    : shown;
}

function holderBlocks({ edition, holders }: Extract<PlatformFacts, { answered: true }>) {
  const title = edition === 'community' ? 'Who holds a seat' : 'Active users';
  const shown = holders.slice(0, MOST_HOLDERS).map(userLine);
  const sections: KnownBlock[] = [];
  for (let at = 0; at < shown.length; at += HOLDERS_A_SECTION)
    sections.push(section(shown.slice(at, at + HOLDERS_A_SECTION).join('\n')));
  const rest = holders.length - shown.length;
  return [
    header(title),
    ...(shown.length === 0 ? [section('Nobody.')] : [context('Idle longest first'), ...sections]),
    ...(rest > 0 ? [context(`… and ${rest} more: \`/wallaroo users active\` lists all.`)] : []),
  ];
}
