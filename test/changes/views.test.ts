import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementFace, cardFace } from '../../src/changes/announce/card-views.ts';
import { refusedView, resultView, samePendingView } from '../../src/changes/announce/result-views.ts';
import { carried, parseDraft } from '../../src/changes/ask/ask-draft.ts';
import { fixView } from '../../src/changes/ask/fix-views.ts';
import { inviteView } from '../../src/changes/ask/invite-views.ts';
import type { Change, ChangeState } from '../../src/changes/change.ts';
import { ConfirmDesk } from '../../src/changes/confirm/confirm-facts.ts';
import { confirmView } from '../../src/changes/confirm/confirm-views.ts';
import { seatsShownOf } from '../../src/changes/confirm/confirmation.ts';
import { denyView } from '../../src/changes/decide/decide-views.ts';
import { requestsMessage } from '../../src/changes/decide/request-list-views.ts';
import type { Step } from '../../src/changes/steps/step.ts';
import { idleSince } from '../../src/license/idle.ts';
import { namesOf } from '../../src/license/seats.ts';
import { labelOf } from '../../src/license/user-text.ts';
import { quoted } from '../../src/texts/plain-text.ts';
import type { WallarooUser } from '../../src/wallaroo/user.ts';
import { anyText } from '../support/any-data.ts';
import {
  anyMarkedText,
  anyMarkedUser,
  expectHarmlessMessage,
  expectHarmlessView,
} from '../support/harmless.ts';

const now = new Date('2026-11-25T12:00:00Z');
const rules = {
  license: { edition: 'community', seats: 5, warnAt: 4 },
  exempt: namesOf([]),
  administrators: '<@U0ADA> <!subteam^S0ADMINS>',
} as const;

const states: readonly ChangeState[] = [
  'pending',
  'approved',
  'applying',
  'applied',
  'failed',
  'denied',
  'expired',
  'cancelled',
];

const anyAccount = fc.record({
  email: fc.option(anyMarkedText(300), { nil: undefined }),
  username: anyMarkedText(300),
  emailVerified: fc.boolean(),
});

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('fix_account' as const),
    userId: fc.uuid(),
    label: anyMarkedText(),
    to: anyAccount,
    putsBack: fc.boolean(),
    before: fc.option(anyAccount, { nil: undefined }),
    after: fc.option(anyAccount, { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('switch' as const),
    userId: fc.uuid(),
    enabled: fc.boolean(),
    label: anyMarkedText(),
    before: fc.option(fc.boolean(), { nil: undefined }),
    after: fc.option(fc.boolean(), { nil: undefined }),
    takenBack: fc.boolean(),
    sessions: fc.option(
      fc.record({
        state: fc.constantFrom('ended' as const, 'not_ended' as const, 'left' as const),
        why: fc.constant('Wallaroo itself failed.'),
        tokensUntil: fc.option(fc.constant(now), { nil: undefined }),
      }),
      { nil: undefined },
    ),
  }),
  fc.record({ type: fc.constant('invite' as const), email: anyMarkedText(), userId: fc.constant(undefined) }),
);

const anyChange: fc.Arbitrary<Change> = fc.record({
  id: fc.constant('C0FFEE'),
  kind: fc.constantFrom('activate', 'deactivate', 'swap', 'invite'),
  origin: fc.constantFrom('direct', 'request', 'timed', 'undo'),
  state: fc.constantFrom(...states),
  revision: fc.constant(1),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 2 }),
  seatsShown: fc.constant({ taken: 4, after: 5, seats: 5 }),
  reason: fc.oneof(fc.constant(''), anyMarkedText(3000)),
  requesterId: fc.constant('U0MIA'),
  requesterEmail: fc.constant(undefined),
  requesterKeys: fc.constant(['U0MIA']),
  decidedBy: fc.constantFrom(undefined, 'U0BEN'),
  decidedAt: fc.constantFrom(undefined, now),
  decisionReason: fc.option(anyMarkedText(3000), { nil: undefined }),
  createdAt: fc.constant(now),
  expiresAt: fc.constant(now),
  notBefore: fc.constant(undefined),
  attempts: fc.constant(0),
  leaseOwner: fc.constant(undefined),
  leaseUntil: fc.constant(undefined),
  seatReserved: fc.constant(false),
  appliedAt: fc.constantFrom(undefined, now),
  failure: fc.constantFrom(undefined, { code: 'not_found', sentence: 'This user is gone.' }),
  lastFault: fc.constantFrom(undefined, { code: 'timeout', sentence: 'No answer in time.' }),
  durationMs: fc.constantFrom(undefined, 3_600_000),
  endsAt: fc.constantFrom(undefined, now),
  newsAt: fc.constant(undefined),
  parentId: fc.constant(undefined),
  undone: fc.boolean(),
});

describe('what is shown of changes is within the limits of Slack and harmless, for any data', () => {
  it('cards, announcements, lists of requests', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 4 }), fc.boolean(), (changes, administrator) => {
        for (const change of changes)
          for (const reader of ['approvers', 'requester'] as const) {
            const facts = { change, reader, adminPrincipals: ['S0ADMINS', 'U0ADA'] };
            expectHarmlessMessage(cardFace(facts));
            expectHarmlessMessage(announcementFace(facts));
          }
        expectHarmlessMessage(requestsMessage(changes, { personKeys: ['U0MIA'], administrator }));
      }),
      { numRuns: 400 },
    );
  });

  it('the form that mends an account', () => {
    const cases = fc.record({
      user: anyMarkedUser,
      address: fc.option(fc.emailAddress(), { nil: undefined }),
      mayRename: fc.constantFrom(true, false, undefined),
      asRequest: fc.boolean(),
      reason: anyText(1000),
    });
    fc.assert(
      fc.property(cases, (facts) => expectHarmlessView(fixView({ ...facts, metadata: '' }))),
      { numRuns: 200 },
    );
  });

  it('results, refusals, denials', () => {
    fc.assert(
      fc.property(anyChange, fc.boolean(), (change, administrator) => {
        const facts = { change, administrator, license: undefined, approvalsChannel: 'C0APPROVALS', now };
        expectHarmlessView(resultView('Activate user', facts));
        expectHarmlessView(samePendingView('Activate user', change, 'C0APPROVALS'));
        expectHarmlessView(refusedView('Activate user', 'already_decided', change, []));
        expectHarmlessView(denyView(change, ''));
      }),
      { numRuns: 400 },
    );
  });

  it('confirmations of every kind, at a full license too', async () => {
    const anyWorkspace = fc.record({
      id: fc.nat(),
      name: anyMarkedText(),
      archived: fc.constant(false),
      isDefault: fc.boolean(),
      owners: fc.integer({ min: 1, max: 2 }),
    });
    const cases = fc.record({
      users: fc.uniqueArray(anyMarkedUser, { minLength: 2, maxLength: 8, selector: ({ id }) => id }),
      workspaces: fc.uniqueArray(anyWorkspace, { maxLength: 15, selector: ({ id }) => id }),
      kind: fc.constantFrom('activate' as const, 'deactivate' as const, 'swap' as const),
      purpose: fc.oneof(fc.constantFrom('direct' as const, 'request' as const), anyChange),
      reason: anyText(1000),
      email: anyMarkedText(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ users, workspaces, kind, purpose, reason, email }) => {
        const desk = new ConfirmDesk({
          now: () => now,
          wallaroo: platformOf(
            users,
            workspaces.map((workspace) => ({ ...workspace, members: membersOf(users, workspace.owners) })),
          ),
          rules,
          protectedUsers: namesOf([]),
          endSessions: true,
          activeUntil: async () => new Map(),
          idleSince: async () => (user) => idleSince(user, new Map()),
        });
        const [one, other] = users;
        const wanted = [
          { userId: one?.id ?? '', enabled: kind === 'activate' },
          ...(kind === 'swap' ? [{ userId: other?.id ?? '', enabled: true }] : []),
        ];
        const facts = await desk.gather(wanted, undefined);
        const shared = { facts, administrator: false, purpose, reason, metadata: '' };
        expectHarmlessView(
          confirmView({ ...shared, kind, ending: reason, notes: [`It says ${quoted(reason)}.`] }),
        );
        expectHarmlessView(
          inviteView(email, purpose === 'request', {
            ...shared,
            facts: await desk.forNewcomer(email, undefined),
          }),
        );
        expect(seatsShownOf(facts).taken).toBe(users.filter(({ enabled }) => enabled).length);
      }),
      { numRuns: 400 },
    );
  });
});

/** A platform of these users, as far as a confirmation asks it. */
const membersOf = (users: readonly WallarooUser[], owners: number) =>
  users.map((user, at) => ({ userId: user.id, role: at < owners ? 'OWNER' : 'COLLABORATOR', user }));

const platformOf = (users: readonly WallarooUser[], workspaces: never[] | readonly unknown[]) =>
  ({
    listUsers: async () => users,
    getUser: async (id: string) => users.find((user) => user.id === id),
    workspaces: async () => workspaces,
    accessTokenLifeMs: async () => 3_600_000,
    account: async () => ({ userId: 'bot', username: 'bot', realmRoles: [], managementRoles: [] }),
    isPlatformAdministrator: async () => false,
  }) as never;

/** When and where everything is typed here. */
const typedNow = {
  now: new Date('2026-11-26T12:00:00Z'),
  timeZone: 'UTC',
  known: { isName: () => false, isPart: () => false, fits: () => false },
};

describe('what is typed for a change', () => {
  it('fits into a modal, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom('activate' as const, 'swap' as const), anyText(3000), (kind, typed) => {
        const read = parseDraft(kind, typed, typedNow);
        if (!read.ok) {
          expect(read.problem.length).toBeLessThanOrEqual(2800);
          return;
        }
        const { draft } = read;
        expect(JSON.stringify(carried(draft)).length).toBeLessThanOrEqual(2400);
        expect(draft.reason.length).toBeLessThanOrEqual(1000);
        expect(draft.who.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['nora for 7d new here', { who: ['nora'], reason: 'new here', ending: '7d' }],
    ['nora new here for 12h', { who: ['nora'], reason: 'new here', ending: '12h' }],
    ['nora waiting for 7dwarfs', { who: ['nora'], reason: 'waiting for 7dwarfs' }],
    ['"Nora Lind" back', { who: ['"Nora Lind"'], reason: 'back' }],
    [
      '<mailto:nora@ex.co|nora@ex.co> as <@U0BEN|ben> said',
      { who: ['<mailto:nora@ex.co|nora@ex.co>'], reason: 'as @ben said' },
    ],
    ['for 7 days nora@ex.co, new here', { who: ['nora@ex.co,'], reason: 'new here', ending: '7 days' }],
    ['- nora@ex.co back', { who: ['nora@ex.co'], reason: 'back' }],
    ['nora@ex.co nora@ex.co', { who: ['nora@ex.co'], reason: 'nora@ex.co' }],
    ['*nora@ex.co for 7 days*', { who: ['*nora@ex.co'], reason: '', ending: '7 days' }],
    ['', { who: [], reason: '' }],
  ])('is read from %j', (typed, draft) =>
    expect(parseDraft('activate', typed, typedNow)).toEqual({
      ok: true,
      draft: { kind: 'activate', ...draft },
    }),
  );

  it('labels of users are one line of at most the length of an address', () => {
    fc.assert(
      fc.property(anyText(10_000), (text) => {
        const label = labelOf({ email: text, username: 'x' });
        expect(label.length).toBeLessThanOrEqual(254);
        expect(label).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300 },
    );
  });
});
