import { nothingMessage, trailMessage } from '../../audit/audit-views.ts';
import { rowBlocks } from '../../audit/entry-views.ts';
import { rowsOf } from '../../audit/trail-rows.ts';
import { requestRow } from '../../changes/decide/request-list-views.ts';
import { suggestionRow } from '../../digest/suggestion-views.ts';
import { ids as helpIds } from '../../help/help-ids.ts';
import { helpMessage } from '../../help/help-views.ts';
import { homeBlocks, homeView } from '../../home/home-views.ts';
import { reportMessage } from '../../slack/boundary.ts';
import { didYouMean } from '../../slack/did-you-mean-views.ts';
import type { Sample } from '../../slack/sample.ts';
import { ownUserBlocks } from '../../users/me-views.ts';
import { userRow } from '../../users/user-lines.ts';
import { ownWorkspaceBlocks } from '../../workspaces/own-views.ts';
import { helpButtons, startButtons } from '../start-buttons.ts';
import { changeSamples } from './change-samples.ts';
import { formSamples } from './form-samples.ts';
import { listSamples, ownFacts } from './list-samples.ts';
import { postSamples } from './post-samples.ts';
import {
  ana,
  ben,
  changeOf,
  license,
  NOW,
  standing,
  users,
  WALLAROO_URL,
  workspaces,
} from './sample-data.ts';

/** One of each message, modal and Home that the bot draws, with made-up data: for Slack to look at. */
export const samples = (): readonly Sample[] => [
  ...changeSamples(),
  ...formSamples(),
  ...listSamples(),
  ...homeSamples(),
  ...postSamples(),
  ...answerSamples(),
];

const home = (facts: Parameters<typeof homeBlocks>[0]) => homeView(homeBlocks(facts), facts.role, NOW);

function homeSamples(): readonly Sample[] {
  const platform = {
    answered: true,
    edition: 'community',
    license,
    taken: 3,
    holders: [ana, ben].map((user) => [userRow(user, standing)]),
  } as const;
  const own = [...ownUserBlocks(ownFacts, 'home'), ...ownWorkspaceBlocks(workspaces, ana.id, 'home')];
  const viewer = { personKeys: ['U0ADMIN'], administrator: true };
  const pending = { total: 1, rows: [requestRow(changeOf(), viewer, 'home')] };
  const shared = { platform, isFirst: true, own, pending };
  return [
    {
      name: 'Home of an outsider',
      view: home({ role: 'outsider', refusal: 'Guests may not use this bot.' }),
    },
    {
      name: 'Home of a member',
      view: home({ ...shared, role: 'member', buttons: startButtons(false, 'Users') }),
    },
    {
      name: 'Home of an administrator',
      view: home({
        ...shared,
        role: 'administrator',
        buttons: startButtons(true, 'Users'),
        idle: { total: 1, rows: [suggestionRow(ana, { now: NOW, ends: new Map() })] },
        recent: rowsOf(entry).map((row) => rowBlocks(row, () => 'Ana Lind')),
      }),
    },
  ];
}

const entry = {
  seq: 1,
  at: NOW,
  event: 'applied',
  actor: 'U0ADMIN',
  requester: 'U0MIA',
  subjects: users.map(({ id, username }) => ({ userId: id, label: username })),
  reason: 'for the new model',
  before: 'inactive',
  after: 'active',
  outcome: 'Activated.',
};

const subcommands = [
  { name: 'users', usage: 'users [words]', about: 'lists users', needs: 'member' },
] as const;

const answerSamples = (): readonly Sample[] => [
  {
    name: 'help',
    message: helpMessage({
      role: 'administrator',
      fourEyes: false,
      refusal: undefined,
      subcommands: subcommands.map((one) => ({ ...one, answer: 'message', run: () => Promise.resolve() })),
      license,
      buttons: helpButtons(true, WALLAROO_URL),
    }),
  },
  {
    name: 'command that is not known',
    message: didYouMean('usres', { subcommands, helpActionId: helpIds.help }),
  },
  {
    name: 'audit trail',
    message: trailMessage({
      filter: { text: 'ana' },
      rows: rowsOf(entry),
      hasOlder: true,
      nameOf: () => 'Ana Lind',
    }),
  },
  { name: 'fault of the bot', message: reportMessage({ sentence: 'Something went wrong.', id: 'SAMPLE' }) },
  { name: 'empty audit trail', message: nothingMessage({}) },
];
