import { isNamed } from '../../license/seats.ts';
import { administratorsAtWrite } from '../administrator-facts.ts';
import { emailToGuard } from '../change.ts';
import { deactivationGuard } from '../guards.ts';
import type { Step } from '../steps/step.ts';
import type { StepRun } from '../steps/step-kind.ts';
import { isOpen, turnsOf } from '../steps/steps-of.ts';
import type { ChangeRun } from './change-run.ts';
import { countSeats } from './free-seats.ts';
import { orphansOf } from './orphans-of.ts';
import { ownersLeaving, usersLeaving } from './owners-leaving.ts';
import { dropEnd, moveEnd } from './timed-activation.ts';

/** Whom the steps that are done have deactivated. */
const goneIn = (steps: readonly Step[]): readonly string[] =>
  turnsOf(steps.filter((step) => step.failure === undefined && !isOpen(step))).flatMap(
    ({ userId, enabled }) => (enabled ? [] : [userId]),
  );

/** What the step at `index` is performed, or taken back, with. */
export function stepRun(run: ChangeRun, index: number): StepRun<Step> {
  const { parts } = run;
  const { wallaroo } = parts;
  return {
    wallaroo,
    isOnly: run.change.steps.length === 1,
    endsSessions: parts.endSessions !== false,
    now: parts.now,
    store: (step) => run.storeStep(index, step),
    write: async (call) => {
      await parts.faultPoint('before_write');
      const answer = await call();
      await parts.faultPoint('after_write');
      return answer;
    },
    deactivationGuard: async (user) => {
      const { userId: botUserId } = await wallaroo.account();
      // The list may not show yet what this change has done, or another whose answer was lost: who has left does not stand in
      // for who is to leave.
      const others = await usersLeaving(parts.db, run.change.id);
      const leaving = [...new Set([user.id, ...goneIn(run.change.steps), ...others])];
      return deactivationGuard(user, {
        administrators: await administratorsAtWrite(wallaroo, user, botUserId, leaving),
        leaving,
        botUserId,
        isProtected: (candidate) => isNamed(candidate, parts.protectedUsers),
        requesterEmail: emailToGuard(run.change),
      });
    },
    orphansOf: (userId) => orphansOf(parts, userId, run.change.id),
    ownersLeaving: async (workspaceId) => (await ownersLeaving(parts.db, run.change.id))(workspaceId),
    seatIsFree: async (step) =>
      (await countSeats(parts, { id: run.change.id, steps: [step] })).verdict !== 'full',
    dropEnd: (changeId) => dropEnd(parts, changeId, run.change),
    moveEnd: (changeId, until) => moveEnd(parts.db, changeId, until, parts.now()),
  };
}
