import { describe, expect, it } from 'vitest';
import { alteredSteps } from '../../../src/changes/decide/alteration.ts';
import { closedSteps, type HandOver, withHandOvers } from '../../../src/changes/steps/hand-over.ts';
import { switchStep } from '../../../src/changes/steps/switch-user.ts';
import { alteredBy } from '../../../src/cli/approval-event.ts';
import { aChange } from '../a-change.ts';

const leaves = switchStep({ userId: 'u-steve', enabled: false, label: 'steve@ex.co' });
const comes = switchStep({ userId: 'u-nora', enabled: true, label: 'nora@ex.co' });
const where = { workspaceId: 12, workspace: 'fraud-models' };
const heir: HandOver = { ...where, to: { userId: 'u-mia', label: 'mia@ex.co' } };
const without: HandOver = { ...where, to: undefined };
/** Who asked has said already that nobody takes over. */
const settled = withHandOvers([leaves], [without]);

const rows = [
  ['nothing', [leaves], undefined, [], false],
  ['who takes over', [leaves], undefined, [heir], true],
  ['to leave it without an owner', [leaves], undefined, [without], false],
  ['to leave it without, as was asked', settled, undefined, [without], true],
  ['who leaves in exchange', [comes], [leaves, comes], [], true],
  ['who leaves in exchange, and to leave theirs without', [comes], [leaves, comes], [without], true],
  ['who leaves in exchange, and who takes over', [comes], [leaves, comes], [heir], true],
] as const;

describe('what an approver chose', () => {
  it.each(rows)(
    '%s: is what a form and a command line make of it alike',
    (_, asked, swap, chosen, isMore) => {
      const steps = swap || chosen.length > 0 ? withHandOvers(swap ?? asked, chosen) : closedSteps(asked);
      const change = aChange({ steps: asked });
      for (const fourEyes of [true, false]) {
        const altered = alteredSteps(asked, { steps, exchanged: swap !== undefined }, fourEyes);
        expect(altered).toEqual(isMore || !fourEyes ? steps : undefined);
        expect(alteredBy(change, { swap, chosen }, fourEyes)).toEqual(altered);
      }
    },
  );
});
