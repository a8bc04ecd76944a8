import type { NewsKind } from '../../db/user-news.ts';
import { digestMessage } from '../../digest/digest-views.ts';
import { newsMessage } from '../../notify/news-views.ts';
import { button } from '../../slack/blocks.ts';
import type { Sample } from '../../slack/sample.ts';
import { extendButton } from '../../users/extend-button.ts';
import { accessButton } from '../../users/me-views.ts';
import { warningMessage } from '../../watch/warning-views.ts';
import { ana, ben, eve, forecast, fraud, license, meter, NOW, rules, WALLAROO_URL } from './sample-data.ts';

/** Each kind of news, so that a new one is missed by the compiler. */
const NEWS = Object.keys({
  activated: true,
  deactivated: true,
  invited: true,
  extended: true,
  kept: true,
  ending: true,
  account_fixed: true,
  made_owner: true,
  made_collaborator: true,
  left_workspace: true,
} satisfies Record<NewsKind, true>) as readonly NewsKind[];

/** What the bot posts of its own accord. */
export const postSamples = (): readonly Sample[] => [
  {
    name: 'digest',
    message: digestMessage({
      window: { from: new Date(NOW.getTime() - 7 * 86_400_000), to: NOW },
      at: NOW,
      idleDays: 30,
      meter,
      license,
      holders: [ana, ben, eve],
      ends: new Map([[ana.id, { changeId: 'TIMED1', at: NOW }]]),
      suggestions: { idle: [ana], never: [ben], kept: [] },
      pending: [{ id: 'SAMPLE', text: '*activate* `leo@example.com`', requesterId: 'U0MIA', createdAt: NOW }],
      happenings: [
        {
          at: NOW,
          event: 'applied',
          actor: 'U0ADMIN',
          labels: ['leo@example.com'],
          name: 'Leo Lind',
          reason: 'for the new model',
          before: 'inactive',
          after: 'active',
        },
      ],
      moreHappened: false,
      faults: [{ user: eve, problem: 'it has no email', remedy: "Press `Fix account…` on the user's card." }],
      ownerless: {
        ids: [forecast.id],
        names: ['`demand-forecast`'],
        open: button({ text: 'Workspaces', actionId: 'workspaces_list/digest' }),
      },
      authUrl: WALLAROO_URL,
    }),
  },
  {
    name: 'license warning',
    message: warningMessage(
      { state: 'live', level: 'full', meter, raisedAt: NOW, changedAt: NOW },
      rules.administrators,
    ),
  },
  ...NEWS.map(newsSample),
];

const newsSample = (kind: NewsKind): Sample => ({
  name: `news: ${kind}`,
  message: newsMessage({
    news: {
      id: 'SAMPLE',
      at: NOW,
      userId: ana.id,
      kind,
      by: 'U0ADMIN',
      knownTo: [],
      reason: 'for the new model',
      until: NOW,
      workspace: `${fraud.name}\n${forecast.name}`,
      endsWith: 'TIMED1',
    },
    mayAsk: true,
    countsSeats: true,
    wallarooUrl: WALLAROO_URL,
    askAgain: () => accessButton('Request access', 'news'),
    extend: (changeId) => extendButton(changeId, 'news'),
  }),
});
