import type { HomeView, KnownBlock } from '@slack/types';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import { dateTime, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { ids } from './home-ids.ts';
import { holderBlocks, licenseBlocks } from './home-license-views.ts';
import { IDLE_ROOM, listed, pendingBlocks, RECENT_ROOM } from './home-list-views.ts';
import type { HomeFacts } from './home-shown.ts';

/** What somebody's Home shows. The moment of drawing is left to `homeView`, so that equal content is equal. */
export function homeBlocks(facts: HomeFacts): readonly KnownBlock[] {
  if (facts.role === 'outsider') return [section(`:wave: ${escapeMrkdwn(facts.refusal)}`)];
  return [
    ...(facts.own.length === 0 ? [] : [header('You'), ...facts.own]),
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
