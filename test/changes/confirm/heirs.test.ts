import fc from 'fast-check';
import { expect, it } from 'vitest';
import { heirOf, heirsOf, orphansIn } from '../../../src/changes/confirm/hand-over.ts';
import type { Workspace } from '../../../src/wallaroo/workspace.ts';
import { anyMarkedUser } from '../../support/harmless.ts';

/** A workspace whose owners leave, with members of whom some leave as well. */
const anyOrphaned = fc
  .uniqueArray(anyMarkedUser, { minLength: 2, maxLength: 12, selector: ({ id }) => id })
  .chain((users) =>
    fc.record({
      users: fc.constant(users),
      members: fc.subarray(users, { minLength: 1 }),
      alsoLeave: fc.subarray(users),
      // Whose account the bot works with: a member or not, staying or not.
      bot: fc.constantFrom(...users),
    }),
  );

it('offers the members who stay, then everybody else who is active, and nobody twice', () => {
  fc.assert(
    fc.property(anyOrphaned, fc.nat({ max: 14 }), ({ users, members, alsoLeave, bot }, most) => {
      const [first] = members;
      fc.pre(first?.enabled === true);
      const workspace: Workspace = {
        id: 1,
        name: 'fraud-models',
        archived: false,
        isDefault: false,
        members: members.map((user, at) => ({
          userId: user.id,
          role: at === 0 ? 'OWNER' : 'COLLABORATOR',
          user,
        })),
      };
      const leaving = [...new Set([first, ...alsoLeave])].map(({ id }) => ({ userId: id, enabled: false }));
      const [orphan] = orphansIn([workspace], { users, botUserId: bot.id }, leaving, []);
      if (orphan === undefined) throw new Error('its owner leaves, and it has one still');

      const stays = users.filter(
        ({ id, enabled }) => enabled && leaving.every(({ userId }) => userId !== id),
      );
      const others = stays.filter((user) => !members.includes(user) && user !== bot);
      const heirs = [...members.filter((user) => stays.includes(user)), ...others];
      expect(heirsOf(orphan, most)).toEqual(heirs.slice(0, most));
      for (const user of users) expect(heirOf(orphan, user.id)).toBe(heirs.find((heir) => heir === user));
    }),
  );
});
