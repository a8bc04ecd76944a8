import { button } from '../../slack/blocks.ts';
import type { Sample } from '../../slack/sample.ts';
import { healthOf } from '../../users/account-health.ts';
import { licenseMessage } from '../../users/license-report-views.ts';
import { listMessage } from '../../users/list-views.ts';
import type { OwnFacts } from '../../users/me.ts';
import { meMessage } from '../../users/me-views.ts';
import { noneBlocks, severalBlocks, whomMessage } from '../../users/offer-views.ts';
import { someUsersMessage } from '../../users/some-users-views.ts';
import { userCard } from '../../users/user-card-views.ts';
import { type ListQuery, pageOf } from '../../users/user-list.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { workspaceCard } from '../../workspaces/card-views.ts';
import { noWorkspace, severalWorkspaces, workspacesMessage } from '../../workspaces/list-views.ts';
import { parseWorkspaceQuery, workspacePage } from '../../workspaces/workspace-list.ts';
import {
  ana,
  ben,
  eve,
  forecast,
  fraud,
  leo,
  license,
  NOW,
  rules,
  standing,
  users,
  WALLAROO_URL,
  workspaces,
} from './sample-data.ts';

const idleMs = 30 * 86_400_000;
const list = (query: ListQuery, old?: { readonly asOf: Date; readonly sentence: string }, of = users) =>
  listMessage({ page: pageOf(of, query, { standing, idleMs }), standing, license, idleMs, old });
const many = Array.from({ length: 30 }, (_, at) => ({ ...ben, id: `${ben.id}-${at}` }));

const cardOf = (user: WallarooUser) =>
  userCard({
    user,
    administrator: true,
    standing,
    workspaces: membershipsOfAna,
    health: healthOf(user, new Set()),
    license,
    wallarooUrl: WALLAROO_URL,
    consoleUrl: `${WALLAROO_URL}/auth/admin/master/console/`,
  });

const membershipsOfAna = [
  { workspaceId: fraud.id, name: fraud.name, role: 'OWNER' as const, otherOwners: 0 },
];
const offer = { actionId: 'users_view', valueFor: ({ id }: { readonly id: string }) => id, ends: new Map() };

export const ownFacts: OwnFacts = {
  own: { kind: 'one', user: ana },
  administrator: false,
  takesSeat: true,
  administrators: rules.administrators,
  ends: new Map(),
  until: { changeId: 'TIMED1', at: NOW },
  workspaces: membershipsOfAna,
  waiting: undefined,
  wallarooUrl: WALLAROO_URL,
};

const turn = (text: string, suffix: string, to: number) =>
  button({ text, actionId: `change_users/${suffix}`, value: `C1:${to}` });
const none = { total: 0, rows: [] };
const noRequests = { pending: none, lost: none };

/** Lists and cards of users and workspaces. */
export const listSamples = (): readonly Sample[] => [...userSamples(), ...workspaceSamples()];

const userSamples = (): readonly Sample[] => [
  { name: 'list of users', message: list({ state: 'all', words: [], page: 0 }) },
  {
    name: 'list of idle users with boxes',
    message: list(
      { state: 'idle', words: [], page: 0, toFree: true },
      { asOf: NOW, sentence: 'Wallaroo does not answer.' },
    ),
  },
  { name: 'empty list of users', message: list({ state: 'all', words: ['nobody'], page: 0 }) },
  {
    name: 'second page of users',
    message: list({ state: 'all', words: [], page: 1 }, undefined, many),
  },
  { name: 'choice of a user in a channel', message: whomMessage() },
  {
    name: 'users of a request',
    message: someUsersMessage(
      { users: many, gone: 1, standing },
      { title: 'Users of this request', page: 1, turn },
    ),
  },
  { name: 'card of a user', message: cardOf(eve) },
  { name: 'card of an inactive user', message: cardOf(leo) },
  { name: 'own user', message: meMessage(ownFacts, noRequests) },
  {
    name: 'nobody of that email',
    message: meMessage(
      { ...ownFacts, own: { kind: 'none', email: 'new@example.com' }, until: undefined },
      noRequests,
    ),
  },
  {
    name: 'license',
    message: licenseMessage({
      edition: 'community',
      license,
      standing,
      holders: [ana, ben, eve],
      exempt: 1,
      unhealthy: [eve],
      wallarooUrl: WALLAROO_URL,
    }),
  },
  { name: 'several users', message: { blocks: severalBlocks('a', users, offer) } },
  { name: 'no such user', message: { blocks: noneBlocks('new@example.com', [ana], offer) } },
];

const workspaceSamples = (): readonly Sample[] => {
  const viewer = { administrator: true, userId: undefined };
  const all = parseWorkspaceQuery('');
  const page = workspacePage(workspaces, all, viewer);
  const manyWorkspaces = many.map((_, id) => ({ ...fraud, id }));
  const second = workspacePage(manyWorkspaces, { ...all, page: 1 }, viewer);
  const members = many.map((user) => ({ userId: user.id, role: 'COLLABORATOR' as const, user }));
  return [
    {
      name: 'list of workspaces',
      message: workspacesMessage({ page, all: workspaces, administrator: true }),
    },
    {
      name: 'card of a workspace',
      message: workspaceCard({ workspace: fraud, page: 0, ownUserId: ana.id, ends: new Map() }),
    },
    {
      name: 'second page of workspaces',
      message: workspacesMessage({ page: second, all: manyWorkspaces, administrator: true }),
    },
    {
      name: 'second page of members',
      message: workspaceCard({
        workspace: { ...fraud, members },
        page: 1,
        ownUserId: ana.id,
        ends: new Map(),
      }),
    },
    { name: 'several workspaces', message: severalWorkspaces('a', workspaces) },
    { name: 'no such workspace', message: noWorkspace('fruad', [forecast], true) },
  ];
};
