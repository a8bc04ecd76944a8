import fc from 'fast-check';
import { expect, it } from 'vitest';
import { peopleChoices, workspaceChoices } from '../../src/changes/ask/membership-choices.ts';
import { addPeopleView, addToView, membershipView } from '../../src/changes/ask/membership-views.ts';
import type { ConfirmFacts } from '../../src/changes/confirm/confirmation.ts';
import { membershipFacts, shownMembership } from '../../src/changes/confirm/memberships.ts';
import { type MembershipStep, membershipStep } from '../../src/changes/steps/membership-step.ts';
import type { WallarooUser, WorkspaceRole } from '../../src/wallaroo/user.ts';
import { isDefaultName, type Workspace } from '../../src/wallaroo/workspace.ts';
import { workspaceCard } from '../../src/workspaces/card-views.ts';
import { findWorkspace } from '../../src/workspaces/find-workspace.ts';
import { noWorkspace, severalWorkspaces, workspacesMessage } from '../../src/workspaces/list-views.ts';
import { ownerlessWorkspaces, ownWorkspaceBlocks } from '../../src/workspaces/own-views.ts';
import { parseWorkspaceQuery, workspacePage } from '../../src/workspaces/workspace-list.ts';
import { plainUser } from '../support/any-data.ts';
import {
  anyMarkedText,
  anyMarkedUser,
  expectHarmlessMessage,
  expectHarmlessView,
} from '../support/harmless.ts';

const anyMember = fc.record({
  userId: fc.uuid(),
  role: fc.constantFrom<WorkspaceRole | undefined>('OWNER', 'COLLABORATOR', undefined),
  user: fc.option(anyMarkedUser, { nil: undefined }),
});

const anyWorkspace: fc.Arbitrary<Workspace> = fc
  .record({
    id: fc.nat(),
    name: anyMarkedText(300),
    archived: fc.boolean(),
    members: fc.array(anyMember, { maxLength: 30 }),
  })
  .map((one) => ({ ...one, isDefault: isDefaultName(one.name) }));

it('whatever workspaces and people are called, what is shown is within the limits of Slack, and nothing becomes markup', () => {
  fc.assert(
    fc.property(
      fc.array(anyWorkspace, { minLength: 1, maxLength: 25 }),
      anyMarkedText(200),
      fc.boolean(),
      (all, typed, administrator) => {
        const viewer = { administrator, userId: all[0]?.members[0]?.userId };
        const page = workspacePage(all, { ...parseWorkspaceQuery(''), page: 1 }, viewer);
        expectHarmlessMessage(workspacesMessage({ page, all, administrator }));
        expectHarmlessMessage(severalWorkspaces(typed, all));
        expectHarmlessMessage(noWorkspace(typed, all.slice(0, 3), administrator));
        for (const workspace of all.slice(0, 3))
          expectHarmlessMessage(
            workspaceCard({ workspace, page: 0, ownUserId: viewer.userId, ends: new Map() }),
          );
        const blocks = ownWorkspaceBlocks(all, viewer.userId, 'home');
        if (blocks.length > 0) expectHarmlessMessage({ text: 'Workspaces', blocks });
        expect(ownerlessWorkspaces(all).names.every((name) => name.startsWith('`'))).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

it('so are the forms', () => {
  fc.assert(
    fc.property(
      anyWorkspace,
      fc.array(anyMarkedUser, { minLength: 1, maxLength: 20 }),
      (workspace, users) => {
        const role = 'COLLABORATOR';
        const steps: MembershipStep[] = users.map(({ id, username }) =>
          membershipStep({
            workspaceId: workspace.id,
            workspace: workspace.name,
            sharesName: true,
            userId: id,
            label: username,
            role,
            was: 'none',
          }),
        );
        const memberships = membershipFacts(steps, {
          workspaces: new Map([[workspace.id, workspace]]),
          users: new Map(users.map((user) => [user.id, user])),
        });
        const shown = { users: [], memberships: memberships.flatMap(shownMembership) };
        const facts = { refusal: undefined, shown } as unknown as ConfirmFacts;
        const shared = { asRequest: true, metadata: 'm' };
        expectHarmlessView(membershipView({ steps, facts, reason: '', ...shared }));
        const people = peopleChoices(users, new Map());
        expectHarmlessView(
          addPeopleView({
            ...shared,
            lead: '*Add people*',
            owners: users.map(({ username }) => username),
            people,
          }),
        );
        const workspaces = workspaceChoices([workspace], { administrator: true, userId: undefined }, {});
        expectHarmlessView(addToView({ ...shared, lead: '*Add*', line: 'x', workspaces }));
      },
    ),
    { numRuns: 40 },
  );
});

const owned = (id: number, name: string, owner: WallarooUser = plainUser(id)): Workspace => ({
  id,
  name,
  archived: false,
  isDefault: isDefaultName(name),
  members: [{ userId: owner.id, role: 'OWNER', user: owner }],
});

it.each([
  ['fraud', 'one'],
  ['FRAUD-models', 'one'],
  ['"fraud-models"', 'one'],
  ['`fraud-models`', 'one'],
  ['7', 'one'],
  ['#7', 'one'],
  ['id 7', 'one'],
  ['demand', 'several'],
  ['fruad-models', 'none'],
  ['', 'none'],
])('%j finds %s', (typed, kind) => {
  const all = [owned(7, 'fraud-models'), owned(8, 'demand'), owned(9, 'demand'), owned(10, '7th-floor')];
  const found = findWorkspace(typed, all);
  expect(found.kind).toBe(kind);
  if (found.kind === 'one') expect(found.workspace.id).toBe(7);
  if (typed === 'fruad-models') expect(found).toMatchObject({ nearest: [{ id: 7 }] });
});
