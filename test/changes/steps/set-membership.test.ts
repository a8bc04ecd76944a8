import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { WantedRole } from '../../../src/access/workspace-rules.ts';
import { applyChange } from '../../../src/changes/apply/apply-change.ts';
import { newChange } from '../../../src/changes/ask/ask.ts';
import { askText } from '../../../src/changes/change-texts.ts';
import { type MembershipStep, membershipStep } from '../../../src/changes/steps/membership-step.ts';
import type { Step } from '../../../src/changes/steps/step.ts';
import { didTexts, undoingSteps } from '../../../src/changes/steps/steps-of.ts';
import { switchStep } from '../../../src/changes/steps/switch-user.ts';
import { findChange, insertChange } from '../../../src/changes/store/change-store.ts';
import { readAudit } from '../../../src/db/read-audit.ts';
import { namesOf } from '../../../src/license/seats.ts';
import type { WallarooClient } from '../../../src/wallaroo/client.ts';
import { WallarooUnreachable } from '../../../src/wallaroo/errors.ts';
import { fileDatabases } from '../../support/databases.ts';
import { rolesIn, workspaceNamed } from '../../support/workspaces.ts';
import { idOf, start } from '../../wallaroo/support.ts';

const open = fileDatabases();

/** GraphQL's answer where what is asked for is not offered. */
const notOffered = {
  status: 400,
  body: { errors: [{ message: 'no', extensions: { path: '$', code: 'validation-failed' } }] },
};

/** Olga, inactive, and Steve own `shared`; Mia, inactive, collaborates. Another workspace has the same name. */
async function stage() {
  const { clock, connect, sandbox } = await start();
  const { state } = sandbox;
  const { db } = await open();
  const { id } = state.addWorkspace('shared', idOf(sandbox, 'olga@ex.co'));
  state.addWorkspace('shared', idOf(sandbox, 'steve'));
  state.setMember(id, idOf(sandbox, 'steve'), 'OWNER');
  state.setMember(id, idOf(sandbox, 'mia@ex.co'), 'COLLABORATOR');
  let ids = 0;
  const replica =
    (over: Partial<WallarooClient> = {}) =>
    (changeId: string) =>
      applyChange(
        {
          db,
          log: pino({ level: 'silent' }),
          now: clock.now,
          leaseNow: clock.now,
          random: () => 0.5,
          newId: () => `owner-${ids++}`,
          wallaroo: { ...connect(), ...over },
          license: { edition: 'community', seats: 5, warnAt: 4 },
          exempt: namesOf([]),
          protectedUsers: namesOf([]),
          faultPoint: async () => undefined,
          ended: () => undefined,
          placesOf: () => [],
        },
        changeId,
      );
  const ask = async (...steps: readonly Step[]): Promise<string> => {
    const asked = newChange(
      {
        id: `C-${ids++}`,
        steps,
        reason: '',
        seatsShown: { taken: 4, after: 4 },
        requester: { userId: 'U0ADA', email: 'ada@ex.co', personKeys: ['U0ADA'], administrator: true },
      },
      clock.now(),
      undefined,
    );
    expect(await insertChange(db, asked, {})).toBe(true);
    return asked.id;
  };
  const step = (who: string, role: WantedRole, over: Partial<MembershipStep> = {}): MembershipStep => ({
    ...membershipStep({ workspaceId: id, workspace: 'shared', userId: idOf(sandbox, who), label: who, role }),
    ...over,
  });
  const types = (workspaceId = id) => rolesIn(state, state.workspace(workspaceId));
  const does = async (...steps: readonly Step[]) => {
    const changeId = await ask(...steps);
    const change = await replica()(changeId);
    if (change === undefined) throw new Error('no change');
    return change;
  };
  return { ask, clock, db, does, id, replica, sandbox, state, step, types };
}

const before = { 'olga@ex.co': 'OWNER', steve: 'OWNER', 'mia@ex.co': 'COLLABORATOR' };

const platforms = [true, false].flatMap((repeatSetsRole) =>
  [true, false].flatMap((offered) =>
    [true, false].map((keepLastOwner) => ({ repeatSetsRole, offered, keepLastOwner })),
  ),
);

it('a membership is set, told, kept in the trail and undone, and found where it is so already, on every platform', async () => {
  const world = await stage();
  for (const { offered, ...switches } of platforms) {
    world.sandbox.setSwitches(switches);
    if (offered) world.sandbox.faults.clear('graphql');
    else world.sandbox.faults.set('graphql', notOffered);
    await everything(world);
  }
});

async function everything(world: Awaited<ReturnType<typeof stage>>): Promise<void> {
  const twin = world.types(world.id + 1);
  const cases = [
    ['testuser@wallaroo.ai', 'OWNER', 'is now an *owner* of `shared`.', 'no member', 'OWNER'],
    [
      'testuser@wallaroo.ai',
      'COLLABORATOR',
      'is now a *collaborator* of `shared`.',
      'no member',
      'COLLABORATOR',
    ],
    [
      'mia@ex.co',
      'OWNER',
      'is now an *owner* of `shared`. The account is inactive, so they cannot sign in.',
      'COLLABORATOR',
      'OWNER',
    ],
    [
      'olga@ex.co',
      'COLLABORATOR',
      'is now a *collaborator* of `shared`. The account is inactive, so they cannot sign in.',
      'OWNER',
      'COLLABORATOR',
    ],
    ['mia@ex.co', 'none', 'is *no member* of `shared` any more.', 'COLLABORATOR', 'no member'],
  ] as const;
  for (const [who, role, did, was, is] of cases) {
    const change = await world.does(world.step(who, role));
    expect(change).toMatchObject({ state: 'applied', kind: 'membership' });
    expect(didTexts(change.steps)).toEqual([`\`${who}\` ${did}`]);
    const { [who]: place, ...others } = world.types();
    const { [who as keyof typeof before]: _, ...othersBefore } = before;
    expect(place).toBe(role === 'none' ? undefined : role);
    expect(others).toEqual(othersBefore);
    const [entry] = await readAudit(world.db, { most: 1 });
    expect(entry).toMatchObject({
      before: `${was} of shared`,
      after: `${is} of shared`,
      outcome: 'Membership changed.',
    });
    const undone = await world.does(...undoingSteps(change.steps));
    expect(undone.state).toBe('applied');
    expect(world.types()).toEqual(before);
  }
  expect(world.types(world.id + 1)).toEqual(twin);
  const writes = () => world.sandbox.requests.filter(({ path }) => /\/(add|remove)_user$/.test(path)).length;
  const written = writes();
  for (const [who, role] of [
    ['steve', 'OWNER'],
    ['mia@ex.co', 'COLLABORATOR'],
    ['robot', 'none'],
  ] as const) {
    const change = await world.does(world.step(who, role));
    expect(change.state).toBe('applied');
    expect(didTexts(change.steps)[0]).toMatch(/ was .* already\./);
    expect(undoingSteps(change.steps)).toEqual([]);
  }
  expect(writes()).toBe(written);
}

it('the last active OWNER is neither removed nor demoted, no matter who else is inactive or gone', async () => {
  const world = await stage();
  const robot = idOf(world.sandbox, 'robot');
  world.state.setMember(world.id, robot, 'OWNER');
  world.state.setEnabled('robot', true);
  world.state.removeUser('robot');
  for (const role of ['COLLABORATOR', 'none'] as const) {
    const change = await world.does(world.step('steve', role));
    expect(change).toMatchObject({ state: 'failed', failure: { code: 'guarded' } });
    expect(change.failure?.sentence).toContain('the last active OWNER');
  }
  // Who is inactive, or gone, is no active owner and may go.
  expect((await world.does(world.step('olga@ex.co', 'none'))).state).toBe('applied');
  const gone = { ...world.step('steve', 'none'), userId: robot, label: robot };
  expect((await world.does(gone)).state).toBe('applied');
  expect(world.types()).toEqual({ steve: 'OWNER', 'mia@ex.co': 'COLLABORATOR' });
  // Once somebody else owns it, they may go.
  expect((await world.does(world.step('testuser@wallaroo.ai', 'OWNER'))).state).toBe('applied');
  expect((await world.does(world.step('steve', 'none'))).state).toBe('applied');
});

it('undoing is held to the same: what would leave a workspace without an active owner is not undone', async () => {
  const world = await stage();
  const made = await world.does(world.step('testuser@wallaroo.ai', 'OWNER'));
  expect((await world.does(world.step('steve', 'COLLABORATOR'))).state).toBe('applied');
  const undone = await world.does(...undoingSteps(made.steps));
  expect(undone.failure?.sentence).toContain('the last active OWNER');
  expect(world.types()['testuser@wallaroo.ai']).toBe('OWNER');
});

it('default and archived workspaces are left alone, and what is not there is said', async () => {
  const world = await stage();
  for (const [name, words] of [
    ['steve@ex.co - Default Workspace', 'default workspace'],
    ['old-experiments', 'is archived'],
  ] as const) {
    const { id: workspaceId } = workspaceNamed(world.state, name);
    const types = world.types(workspaceId);
    for (const role of ['OWNER', 'COLLABORATOR'] as const) {
      const change = await world.does(world.step('testuser@wallaroo.ai', role, { workspaceId }));
      expect(change.failure?.sentence).toContain(words);
    }
    expect(world.types(workspaceId)).toEqual(types);
  }
  const nowhere = await world.does(world.step('steve', 'OWNER', { workspaceId: 999 }));
  expect(nowhere.failure?.code).toBe('unknown_workspace');
  const nobody = await world.does(world.step('steve', 'OWNER', { userId: 'no-such-user' }));
  expect(nobody.failure?.code).toBe('not_found');
});

it('several steps are one change: all or nothing', async () => {
  const world = await stage();
  const handed = await world.does(
    world.step('testuser@wallaroo.ai', 'OWNER'),
    world.step('mia@ex.co', 'OWNER'),
    world.step('steve', 'none'),
  );
  expect(handed.state).toBe('applied');
  const all = world.types();
  expect(all).toEqual({ 'olga@ex.co': 'OWNER', 'testuser@wallaroo.ai': 'OWNER', 'mia@ex.co': 'OWNER' });
  const failed = await world.does(
    world.step('mia@ex.co', 'none'),
    world.step('testuser@wallaroo.ai', 'COLLABORATOR'),
  );
  expect(failed.state).toBe('failed');
  expect(didTexts(failed.steps)).toEqual(['`mia@ex.co` was put back and is an *owner* of `shared` again.']);
  expect(world.types()).toEqual(all);
});

it('two at once on one workspace never leave it without an active owner', async () => {
  const world = await stage();
  const people = ['steve', 'testuser@wallaroo.ai', 'chatops@ex.co'];
  const roles = fc.constantFrom<WantedRole>('OWNER', 'COLLABORATOR', 'none');
  const wish = fc.tuple(fc.constantFrom(...people), roles);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...people), { minLength: 1 }),
      fc.array(wish, { minLength: 2, maxLength: 4 }),
      async (owners, wishes) => {
        for (const who of people) world.state.removeMember(world.id, idOf(world.sandbox, who));
        for (const who of owners) world.state.setMember(world.id, idOf(world.sandbox, who), 'OWNER');
        const activeOwners = () =>
          world.state.workspace(world.id).members.filter(({ userId, userType }) => {
            return userType === 'OWNER' && world.state.users.get(userId)?.enabled;
          }).length;
        let fewest = activeOwners();
        const stop = world.sandbox.on('change', () => {
          fewest = Math.min(fewest, activeOwners());
        });
        const asked: string[] = [];
        for (const [who, role] of wishes) asked.push(await world.ask(world.step(who, role)));
        const ended = await Promise.all(asked.map((changeId) => world.replica()(changeId)));
        stop();
        expect(fewest).toBeGreaterThan(0);
        expect(ended.map((change) => change?.state)).not.toContain('pending');
      },
    ),
    { numRuns: 8 },
  );
});

it('an owner whose removal may still take effect counts as gone: its answer was lost', async () => {
  const world = await stage();
  world.state.setMember(world.id, idOf(world.sandbox, 'testuser@wallaroo.ai'), 'OWNER');
  const lost = await world.ask(world.step('steve', 'none'));
  const call = { method: 'POST', path: '/v1/api/workspaces/remove_user' };
  const slow = world.replica({
    setMembership: async () => {
      throw new WallarooUnreachable(call, 'outcome_unknown');
    },
  });
  expect(await slow(lost)).toMatchObject({ state: 'approved', attempts: 1 });
  // The platform still shows Steve as an owner, and will take him out in a moment.
  const other = await world.does(world.step('testuser@wallaroo.ai', 'COLLABORATOR'));
  expect(other.failure?.code).toBe('guarded');
  world.state.removeMember(world.id, idOf(world.sandbox, 'steve'));
  world.clock.advanceSeconds(60);
  const found = await world.replica()(lost);
  expect(found).toMatchObject({ state: 'applied' });
  expect(undoingSteps(found?.steps ?? [])).toMatchObject([{ role: 'OWNER' }]);
  expect(world.types()['testuser@wallaroo.ai']).toBe('OWNER');
});

it('an owner who is being deactivated counts as gone', async () => {
  const world = await stage();
  world.state.setMember(world.id, idOf(world.sandbox, 'testuser@wallaroo.ai'), 'OWNER');
  const off = switchStep({ userId: idOf(world.sandbox, 'steve'), enabled: false, label: 'steve' });
  const lost = await world.ask(off);
  const call = { method: 'PUT', path: '/auth/admin/realms/master/users/steve' };
  const slow = world.replica({
    setUserEnabled: async () => {
      throw new WallarooUnreachable(call, 'outcome_unknown');
    },
  });
  expect((await slow(lost))?.state).toBe('approved');
  const other = await world.does(world.step('testuser@wallaroo.ai', 'none'));
  expect(other.failure?.code).toBe('guarded');
});

it('asks in plain words', async () => {
  const { step, does, id } = await stage();
  const text = (one: Step) => askText({ steps: [one], durationMs: undefined, endsAt: undefined });
  expect(text(step('steve', 'OWNER'))).toBe('*make* `steve` an *owner* of `shared`');
  expect(text(step('steve', 'COLLABORATOR'))).toBe('*add* `steve` as a *collaborator* to `shared`');
  expect(text(step('steve', 'none'))).toBe('*remove* `steve` from `shared`');
  expect(text(step('steve', 'COLLABORATOR', { was: 'OWNER' }))).toBe(
    '*make* `steve` a *collaborator* of `shared`',
  );
  expect(text(step('steve', 'none', { sharesName: true }))).toBe(
    `*remove* \`steve\` from \`shared\` (id ${id})`,
  );
  const change = await does(step('testuser@wallaroo.ai', 'COLLABORATOR', { sharesName: true }));
  const [undo] = undoingSteps(change.steps);
  expect(undo && text(undo)).toBe(`*remove* \`testuser@wallaroo.ai\` from \`shared\` (id ${id})`);
});

it('a change is found again by its id, whatever the names', async () => {
  const world = await stage();
  const changeId = await world.ask(world.step('testuser@wallaroo.ai', 'OWNER'));
  expect(await findChange(world.db, changeId)).toMatchObject({
    kind: 'membership',
    steps: [{ type: 'set_membership', workspaceId: world.id, role: 'OWNER' }],
  });
});
