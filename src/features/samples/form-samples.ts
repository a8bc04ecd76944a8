import { NO_APPROVER } from '../../changes/ask/confirm-views.ts';
import { extendView } from '../../changes/ask/extend-views.ts';
import { fixView } from '../../changes/ask/fix-views.ts';
import { inviteView } from '../../changes/ask/invite-views.ts';
import { inviteWhoView } from '../../changes/ask/invite-who-views.ts';
import { peopleChoices, workspaceChoices } from '../../changes/ask/membership-choices.ts';
import { addPeopleView, addToView, membershipView } from '../../changes/ask/membership-views.ts';
import { otherView, pickView } from '../../changes/ask/pick-views.ts';
import { undoView } from '../../changes/ask/undo-views.ts';
import { ids as changeIds } from '../../changes/changes-ids.ts';
import { type Confirmation, confirmView } from '../../changes/confirm/confirm-views.ts';
import { stayingAmong } from '../../changes/confirm/hand-over.ts';
import { amendView } from '../../changes/decide/amend-views.ts';
import { denyView } from '../../changes/decide/decide-views.ts';
import { loading, notice } from '../../slack/modal-views.ts';
import type { Sample } from '../../slack/sample.ts';
import { severalBlocks } from '../../users/offer-views.ts';
import {
  ana,
  ben,
  changeOf,
  eve,
  factsOf,
  fraud,
  leo,
  METADATA,
  membership,
  timedChange,
  users,
  workspaces,
} from './sample-data.ts';

const leaves = { user: ana, enabled: false, workspaces: [] };
const staying = stayingAmong([ben, eve], new Set(), '');
const heirs = [{ workspaceId: fraud.id, workspace: fraud.name, members: [ben], staying }];
const manyHeirs = heirs.flatMap((one) =>
  Array.from({ length: 45 }, (_, at) => ({ ...one, workspaceId: fraud.id + at })),
);

const shared = {
  administrator: true,
  purpose: 'direct',
  reason: 'for the new model',
  ending: undefined,
  metadata: METADATA,
} as const satisfies Partial<Confirmation>;

/** The forms in which a change is asked for, confirmed and decided. */
export const formSamples = (): readonly Sample[] => [...confirmations(), ...decisions(), ...askings()];

const confirmations = (): readonly Sample[] => [
  {
    name: 'confirmation of an activation',
    view: confirmView({ ...shared, kind: 'activate', ending: '7d', facts: factsOf() }),
  },
  {
    name: 'confirmation of a deactivation',
    view: confirmView({
      ...shared,
      kind: 'deactivate',
      purpose: 'request',
      facts: factsOf({ subjects: [leaves], orphans: heirs }),
    }),
  },
  {
    name: 'activation at a full license',
    view: confirmView({
      ...shared,
      kind: 'activate',
      facts: factsOf({ needsSwap: true }),
      banner: 'The last seat has just been taken.',
      notes: ['"soon" is no time.'],
    }),
  },
  {
    name: 'exchange in which somebody leaves workspaces',
    view: confirmView({
      ...shared,
      kind: 'activate',
      facts: factsOf({ needsSwap: true, leaver: { user: ana, text: '`ana@example.com`', orphans: heirs } }),
    }),
  },
  {
    name: 'undo that leaves workspaces',
    view: undoView(true, {
      kind: 'deactivate',
      facts: factsOf({ subjects: [leaves], orphans: heirs }),
      metadata: METADATA,
    }),
  },
  {
    name: 'confirmation with more workspaces than menus',
    view: confirmView({
      ...shared,
      kind: 'deactivate',
      facts: factsOf({ subjects: [leaves], orphans: manyHeirs }),
    }),
  },
  {
    name: 'confirmation of several',
    view: confirmView({
      ...shared,
      kind: 'deactivate',
      facts: factsOf({
        subjects: [leaves, { ...leaves, user: ben }],
        leftOut: [{ label: 'leo@example.com', sentence: 'leo@example.com is already inactive.' }],
      }),
    }),
  },
  {
    name: 'change that is refused',
    view: confirmView({
      ...shared,
      kind: 'activate',
      facts: factsOf({
        refusal: { label: 'ana@example.com', sentence: 'ana@example.com is already active.' },
      }),
    }),
  },
  {
    name: 'confirmation of an invitation',
    view: inviteView('new@example.com', true, { ...shared, facts: factsOf({ subjects: [] }) }),
  },
];

const decisions = (): readonly Sample[] => [
  {
    name: 'approval of a request',
    view: confirmView({ ...shared, kind: 'activate', purpose: changeOf(), facts: factsOf() }),
  },
  {
    name: 'approval with changes',
    view: amendView({
      change: changeOf(),
      facts: factsOf(),
      needsSecond: true,
      metadata: METADATA,
    }),
  },
  { name: 'denial', view: denyView(changeOf(), METADATA) },
];

const adding = { lead: '*Add people to* `fraud-models`', asRequest: true, metadata: METADATA };

const pickOffer = {
  actionId: changeIds.pickUser,
  valueFor: ({ id }: { readonly id: string }) => id,
  ends: new Map(),
};

const askings = (): readonly Sample[] => [
  { name: 'choice of a user', view: pickView('activate', METADATA) },
  { name: 'choice of two users', view: pickView('swap', METADATA) },
  { name: 'choice of the other user', view: otherView(leo, 'leaves', METADATA) },
  { name: 'form of an invitation', view: inviteWhoView(METADATA) },
  {
    name: 'form that fixes an account',
    view: fixView({
      user: eve,
      address: undefined,
      mayRename: true,
      asRequest: true,
      reason: '',
      metadata: METADATA,
    }),
  },
  {
    name: 'confirmation of a membership',
    view: membershipView({
      steps: [membership],
      facts: factsOf(),
      asRequest: true,
      reason: '',
      metadata: METADATA,
    }),
  },
  {
    name: 'form that adds people',
    view: addPeopleView({ ...adding, owners: ['ana@example.com'], people: peopleChoices(users, new Map()) }),
  },
  {
    name: 'form that adds to a workspace',
    view: addToView({
      ...adding,
      line: 'They are in no workspace.',
      workspaces: workspaceChoices(workspaces, { administrator: true, userId: undefined }, {}),
    }),
  },
  { name: 'form that extends', view: extendView(timedChange, true, METADATA) },
  {
    name: 'choice among several users in a form',
    view: notice('Activate user', severalBlocks('a', users, pickOffer)),
  },
  { name: 'modal that loads', view: loading('Users') },
  { name: 'request that nobody could decide', view: notice('Activate user', NO_APPROVER) },
];
