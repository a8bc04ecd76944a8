import fc from 'fast-check';
import { expect, it } from 'vitest';
import { announcementFace, cardFace } from '../../src/changes/announce/card-views.ts';
import { denyView } from '../../src/changes/decide/decide-views.ts';
import { membershipStep } from '../../src/changes/steps/membership-step.ts';
import { asksText } from '../../src/changes/steps/steps-of.ts';
import { anyMarkedText, expectHarmlessMessage, expectHarmlessView } from '../support/harmless.ts';
import { aChange, later, NOW } from './a-change.ts';

const anyMembers = fc
  .record({
    labels: fc.array(anyMarkedText(200), { minLength: 1, maxLength: 20, size: 'max' }),
    workspace: anyMarkedText(150),
    role: fc.constantFrom('OWNER' as const, 'COLLABORATOR' as const, 'none' as const),
    done: fc.boolean(),
    alike: fc.boolean(),
  })
  .map(({ labels, workspace, role, done, alike }) =>
    labels.map((label, n) => ({
      ...membershipStep({
        workspaceId: 1,
        workspace,
        userId: `id-${n}`,
        label,
        role: alike || n % 2 === 0 ? role : 'COLLABORATOR',
        was: 'none',
      }),
      ...(done ? { before: 'none' as const, after: role, active: false } : {}),
    })),
  );

it('names five of many members, and counts the rest', () => {
  const step = (label: string, role: 'OWNER' | 'COLLABORATOR') =>
    membershipStep({ workspaceId: 1, workspace: 'w', userId: label, label, role, was: 'none' });
  const asked = (labels: string, role: 'OWNER' | 'COLLABORATOR') =>
    asksText(
      [...labels].map((label) => step(label, role)),
      undefined,
    );
  expect(asked('ab', 'COLLABORATOR')).toBe('*add* `a` and `b` as *collaborators* to `w`');
  expect(asked('abcdef', 'OWNER')).toBe('*make* `a`, `b`, `c`, `d`, `e` and 1 more user *owners* of `w`');
  expect(asked('abcdefg', 'OWNER')).toContain('`e` and 2 more users');
  const open = { ...step('a', 'COLLABORATOR'), was: 'open' as const };
  expect(asksText([open], undefined)).toBe('*make* `a` a *collaborator* of `w`');
  const mixed = [...'abcdefg'].map((label) => step(label, label === 'a' ? 'OWNER' : 'COLLABORATOR'));
  expect(asksText(mixed, undefined)).toMatch(/^\*make\* `a` an \*owner\* of `w`, \*add\* `b` .* and 2 more$/);
});

it('lines and cards of up to twenty members say all that they have to, whatever people and workspaces are called', () => {
  const anyOrigin = fc.constantFrom('direct', 'request', 'undo');
  const anyState = fc.constantFrom('pending', 'approved', 'applied', 'failed');
  fc.assert(
    fc.property(anyMembers, anyOrigin, anyState, (steps, origin, state) => {
      const change = aChange({
        kind: 'membership',
        steps,
        origin,
        state,
        seatsShown: { taken: 3, after: 3, seats: undefined },
        appliedAt: NOW,
        newsAt: later(600_000),
      });
      const facts = { change, reader: 'approvers', adminPrincipals: ['S0ADMINS'] } as const;
      expectHarmlessMessage(announcementFace(facts));
      expectHarmlessView(denyView(change, ''));
      const card = cardFace(facts);
      expectHarmlessMessage(card);
      const [first] = card.blocks;
      const line = first?.type === 'section' ? (first.text?.text ?? '') : '';
      if (origin === 'request') expect(line).toMatch(/\. Why:$/);
      if (origin === 'direct') expect(line).toContain('Why: `needs it`');
      const isUndoable =
        origin === 'direct' &&
        state === 'applied' &&
        steps.some(({ after }) => after !== undefined && after !== 'none');
      if (isUndoable) expect(line).toContain('can be undone until');
      for (const block of card.blocks)
        if (block.type === 'section') expect(block.text?.text.length ?? 0).toBeLessThan(2950);
    }),
    { numRuns: 150 },
  );
});
