import type { InputBlock, KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orphansIn } from '../../../src/changes/confirm/hand-over.ts';
import { type Left, readHandOvers } from '../../../src/changes/confirm/hand-over-form.ts';
import { handOverBlocks } from '../../../src/changes/confirm/hand-over-views.ts';
import { activeOwners, type Workspace } from '../../../src/wallaroo/workspace.ts';
import { anyMarkedUser } from '../../support/harmless.ts';

const BOT = 'bot';

/** How it stands with up to fifty workspaces, of which some lose all of their active owners. */
const anyLeft = fc
  .uniqueArray(anyMarkedUser, { minLength: 3, maxLength: 12, selector: ({ id }) => id })
  .chain((users) =>
    fc.record({
      users: fc.constant(users),
      leaving: fc.subarray(users, { minLength: 1, maxLength: users.length - 1 }),
      owners: fc.array(fc.subarray(users, { minLength: 1, maxLength: 3 }), { maxLength: 50 }),
    }),
  )
  .map(({ users, leaving, owners }): Left => {
    const workspaces = owners.map(
      (some, id): Workspace => ({
        id,
        name: `w${id % 20}`,
        archived: false,
        isDefault: false,
        members: some.map((user) => ({ userId: user.id, role: 'OWNER', user })),
      }),
    );
    const turns = leaving.map(({ id }) => ({ userId: id, enabled: false }));
    const orphans = orphansIn(workspaces, { users, botUserId: BOT }, turns, []);
    return { users, workspaces, orphans, leaving: new Set(leaving.map(({ id }) => id)) };
  });

const menusOf = (blocks: readonly KnownBlock[]) =>
  blocks
    .filter((block): block is InputBlock => block.type === 'input')
    .flatMap(({ element }) => ('action_id' in element && element.action_id ? [element.action_id] : []));

it('takes what its own form holds, whatever was chosen, and says it of every workspace that loses its owners', () => {
  fc.assert(
    fc.property(anyLeft, fc.infiniteStream(fc.nat()), (left, choices) => {
      const heirs = left.users.filter(({ id, enabled }) => enabled && !left.leaving.has(id));
      const offered = ['without', 'administrators', ...heirs.map(({ id }) => id)];
      const menus = menusOf(handOverBlocks(left.orphans, { mayLeaveOpen: true, ends: new Map() }));
      const values = Object.fromEntries(
        menus.map((menu) => [menu, offered[choices.next().value % offered.length] ?? '']),
      );
      const read = readHandOvers(values, left);
      if (!read.ok) throw new Error(`asks once more for ${read.open.length}`);
      const isOpen = read.chosen.length < left.orphans.length;
      expect(read.isOpen).toBe(isOpen);
      for (const { workspaceId, to } of read.chosen) {
        expect(left.orphans.map((orphan) => orphan.workspaceId)).toContain(workspaceId);
        if (to !== undefined) expect(heirs.map(({ id }) => id)).toContain(to.userId);
      }
    }),
    { numRuns: 200 },
  );
});

it('asks once more where the form did not ask, and hands over nothing of others, whatever arrives', () => {
  const anyValues = fc.dictionary(
    fc.oneof(
      fc.nat({ max: 60 }).map((id) => `change_heir/${id}`),
      fc
        .tuple(fc.nat({ max: 50 }), fc.nat({ max: 1300 }))
        .map(([count, sum]) => `change_heirs/${count}-${sum}`),
      fc.string(),
    ),
    fc.constantFrom('without', 'administrators', 'nobody', '0', '1', '2'),
    { maxKeys: 40 },
  );
  fc.assert(
    fc.property(anyLeft, anyValues, (left, given) => {
      // Numbers stand for users, those who leave among them.
      const values = Object.fromEntries(
        Object.entries(given).map(([key, value]) => [key, left.users[Number(value)]?.id ?? value]),
      );
      const read = readHandOvers(values, left);
      if (!read.ok) {
        expect(read.open.length).toBeGreaterThan(0);
        return;
      }
      for (const { workspaceId, to } of read.chosen) {
        const workspace = left.workspaces.find(({ id }) => id === workspaceId);
        expect(workspace && activeOwners(workspace).some(({ userId }) => left.leaving.has(userId))).toBe(
          true,
        );
        if (to === undefined) continue;
        expect(left.leaving.has(to.userId)).toBe(false);
        expect(left.users.find(({ id }) => id === to.userId)?.enabled).toBe(true);
      }
      const said = new Set(read.chosen.map(({ workspaceId }) => workspaceId));
      if (!read.isOpen) for (const { workspaceId } of left.orphans) expect(said).toContain(workspaceId);
    }),
    { numRuns: 200 },
  );
});
