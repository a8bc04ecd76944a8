import fc from 'fast-check';
import { expect, it } from 'vitest';
import { announcementFace, cardFace } from '../../src/changes/announce/card-views.ts';
import { resultView } from '../../src/changes/announce/result-views.ts';
import { parseDraft } from '../../src/changes/ask/ask-draft.ts';
import { ConfirmDesk } from '../../src/changes/confirm/confirm-facts.ts';
import { confirmView } from '../../src/changes/confirm/confirm-views.ts';
import { reasonsText } from '../../src/changes/decide/decide-views.ts';
import { requestsMessage } from '../../src/changes/decide/request-list-views.ts';
import { shownOf } from '../../src/changes/shown/read-shown.ts';
import type { Step } from '../../src/changes/steps/step.ts';
import { namesOf } from '../../src/license/seats.ts';
import { code } from '../../src/slack/mrkdwn.ts';
import { userBoxes } from '../../src/users/user-lines.ts';
import type { Workspace } from '../../src/wallaroo/workspace.ts';
import {
  anyMarkedText,
  anyMarkedUser,
  expectHarmlessMessage,
  expectHarmlessView,
} from '../support/harmless.ts';
import { aChange, NOW } from './a-change.ts';

const rules = {
  license: { edition: 'community', seats: 60, warnAt: 59 },
  exempt: namesOf([]),
  administrators: '<@U0ADA> <!subteam^S0ADMINS>',
} as const;

const anyStep = fc.record({
  type: fc.constant('switch' as const),
  userId: fc.uuid(),
  enabled: fc.constant(false),
  label: anyMarkedText(),
  before: fc.constant(true),
  after: fc.constantFrom(undefined, false),
  failure: fc.constantFrom(undefined, { code: 'guarded', sentence: 'This user is protected. '.repeat(8) }),
}) satisfies fc.Arbitrary<Step>;

const anyUsers = fc.uniqueArray(anyMarkedUser, { minLength: 2, maxLength: 50, selector: ({ id }) => id });

it('cards, lists and results of up to fifty are within the limits of Slack and harmless, for any data', () => {
  const anySteps = fc.array(anyStep, { minLength: 2, maxLength: 50 });
  const anyState = fc.constantFrom('pending', 'approved', 'applied', 'failed', 'denied');
  const anyOrigin = fc.constantFrom('direct', 'request', 'undo');
  fc.assert(
    fc.property(anySteps, anyState, anyOrigin, anyUsers, (steps, state, origin, users) => {
      const subjects = users.map((user) => ({ user, enabled: false, workspaces: [] }));
      const shown = shownOf(subjects, new Map());
      const change = aChange({ kind: 'several', steps, state, origin, shown, appliedAt: NOW, newsAt: NOW });
      for (const reader of ['approvers', 'requester'] as const) {
        const facts = { change, reader, adminPrincipals: ['S0ADMINS', 'U0ADA'] };
        expectHarmlessMessage(cardFace(facts));
        expectHarmlessMessage(announcementFace(facts));
      }
      expectHarmlessMessage(requestsMessage([change, change], { personKeys: [], administrator: true }));
      const facts = { change, administrator: true, license: undefined, approvalsChannel: 'C0A', now: NOW };
      expectHarmlessView(resultView('Deactivate users', facts));
      const query = {
        state: 'idle',
        toFree: true,
        words: ['"'.repeat(200)],
        page: 1,
        ticked: users.map(({ id }) => id),
      } as const;
      const page = { query, users: users.slice(0, 20), pages: 3, matches: users.length };
      expectHarmlessMessage({
        text: 'x',
        blocks: userBoxes(page, { endOf: () => ({ changeId: 'T', at: new Date() }) }),
      });
    }),
    { numRuns: 80 },
  );
});

it('confirmations of up to fifty are, too', async () => {
  const cases = fc.record({
    users: anyUsers,
    // Of more workspaces than have a menu of their own, and as many people as menus hold, or more.
    names: fc.oneof(
      fc.array(anyMarkedText(), { maxLength: 8 }),
      fc.array(anyMarkedText(), { minLength: 35, maxLength: 60 }),
    ),
    staying: fc.uniqueArray(anyMarkedUser, { maxLength: 20, selector: ({ id }) => id }),
    enabled: fc.boolean(),
    purpose: fc.constantFrom('direct' as const, 'request' as const),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ users, staying, names, enabled, purpose }) => {
      const workspaces = names.map(
        (name, id): Workspace => ({
          id,
          name,
          archived: false,
          isDefault: false,
          members: users.map((user) => ({ userId: user.id, role: 'OWNER', user })),
        }),
      );
      const desk = new ConfirmDesk({
        now: () => NOW,
        wallaroo: {
          listUsers: async () => [...users, ...staying.map((user) => ({ ...user, enabled: true }))],
          workspaces: async () => workspaces,
          accessTokenLifeMs: async () => 3_600_000,
          account: async () => ({ userId: 'bot' }),
          isPlatformAdministrator: async () => false,
        } as never,
        rules,
        protectedUsers: namesOf([]),
        activeUntil: async () => new Map(),
        endSessions: true,
        idleSince: async () => () => undefined,
      });
      const facts = await desk.ofSeveral(
        users.map(({ id }) => ({ userId: id, enabled })),
        undefined,
      );
      const kind = enabled ? 'activate' : 'deactivate';
      const shared = { facts, administrator: true, reason: '', ending: undefined, metadata: '' };
      expectHarmlessView(confirmView({ ...shared, kind, purpose }));
      const change = aChange({ kind: 'several' });
      const reasons = Array.from(
        { length: 50 },
        (_, n) => `${code(`${n}${'y'.repeat(90)}`)} is not on the card.`,
      );
      const approving = confirmView({ ...shared, kind, purpose: change, banner: reasonsText(reasons) });
      expectHarmlessView(approving);
      for (const reason of reasons) expect(JSON.stringify(approving)).toContain(reason);
    }),
    { numRuns: 60 },
  );
});

const known = {
  isName: (text: string) => ['nora', 'mia', 'Lind, Nora'].includes(text),
  isPart: () => false,
  fits: () => undefined,
};
const typedAt = { now: NOW, timeZone: 'UTC', known };

it.each([
  ['a@ex.co b@ex.co c@ex.co', 3, ''],
  ['a@ex.co;b@ex.co;c@ex.co', 3, ''],
  ['nora, mia; a@ex.co', 3, ''],
  ['nora\nmia\na@ex.co\nwho have left', 3, 'who have left'],
  ['Lind, Nora; mia', 2, ''],
  ['nora, mia said so', 1, 'mia said so'],
  ['nora mia', 1, 'mia'],
  ['a@ex.co, b@ex.co, thanks', 2, 'thanks'],
  ['a@ex.co because b@ex.co said so', 1, 'because b@ex.co said so'],
  ['(1) a@ex.co (2) b@ex.co', 2, ''],
  ['a@ex.co A@EX.CO <mailto:a@ex.co|a@ex.co> b@ex.co', 2, ''],
])('%j names several', (typed, count, reason) => {
  const read = parseDraft('deactivate', typed, typedAt);
  expect(read.ok && [read.draft.who.length, read.draft.reason]).toEqual([count, reason]);
});
