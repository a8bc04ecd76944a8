import { isNamed } from '../../license/seats.ts';
import { WallarooRefused } from '../../wallaroo/errors.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { readAdministrators } from '../administrator-facts.ts';
import type { Change, Failure, InviteStep, Step, SwitchStep } from '../change.ts';
import { deactivationGuard } from '../guards.ts';
import type { ApplyParts } from './apply-parts.ts';
import { takesFreeSeat } from './free-seats.ts';
import { PermanentFault } from './permanent-fault.ts';
import { moveEnd } from './timed-activation.ts';

/** Stores how far the steps are, while the leases are still ours; rejects when they are not. */
export type Progress = (
  steps: readonly Step[],
  seatReserved: boolean,
  failure: Failure | undefined,
) => Promise<Change>;

/** Performs every step that is not done yet, in order, storing each before and after its write. */
export async function performSteps(parts: ApplyParts, change: Change, progress: Progress): Promise<Change> {
  let current = change;
  // Counted at each try: somebody outside may have taken the seat since it was promised.
  if ((await takesFreeSeat(parts, current)) && !current.seatReserved)
    current = await progress(current.steps, true, undefined);
  for (const [index, step] of change.steps.entries()) {
    const store: StoreStep = async (done) => {
      const steps = current.steps.map((kept, at) => (at === index ? done : kept));
      current = await progress(steps, current.seatReserved, undefined);
    };
    await perform(parts, current, step, store).catch((error: unknown) => recount(parts, current, error));
  }
  return current;
}

/** Somebody outside may have taken the last seat since it was counted: then that is what Wallaroo meant. */
async function recount(parts: ApplyParts, change: Change, error: unknown): Promise<never> {
  if (error instanceof WallarooRefused && error.code === 'unexplained_refusal')
    await takesFreeSeat(parts, change);
  throw error;
}

type StoreStep = (step: Step) => Promise<void>;

async function perform(parts: ApplyParts, change: Change, step: Step, store: StoreStep): Promise<void> {
  switch (step.type) {
    case 'switch':
      return performSwitch(parts, change, step, store);
    case 'invite':
      return performInvite(parts, step, store);
    case 'extend':
      if (!(await moveEnd(parts.db, step.changeId, step.until, parts.now())))
        throw new PermanentFault(
          'nothing_to_extend',
          'The timed activation has ended meanwhile: there is nothing to extend.',
        );
      return store({ ...step, done: true });
  }
}

async function performSwitch(
  parts: ApplyParts,
  change: Change,
  step: SwitchStep,
  store: StoreStep,
): Promise<void> {
  if (step.after !== undefined) return;
  const user = await parts.wallaroo.getUser(step.userId);
  if (user === undefined) throw new PermanentFault('not_found', 'This user no longer exists in Wallaroo.');
  const before = step.before ?? user.enabled;
  if (user.enabled === step.enabled) return store({ ...step, before, after: user.enabled });
  if (!step.enabled) await guardDeactivation(parts, change, user);
  await store({ ...step, before });
  await parts.faultPoint('before_write');
  const { after } = await parts.wallaroo.setUserEnabled(step.userId, step.enabled);
  await parts.faultPoint('after_write');
  await store({ ...step, before, after: after.enabled });
}

async function performInvite(parts: ApplyParts, step: InviteStep, store: StoreStep): Promise<void> {
  if (step.userId !== undefined) return;
  // A crash after the platform's answer leaves the person invited: found here, not invited twice.
  const existing = await parts.wallaroo.findUserByEmail(step.email);
  if (existing !== undefined) return store({ ...step, userId: existing.id });
  await parts.faultPoint('before_write');
  const { id } = await parts.wallaroo.inviteUser(step.email);
  await parts.faultPoint('after_write');
  await store({ ...step, userId: id });
}

async function guardDeactivation(parts: ApplyParts, change: Change, user: WallarooUser): Promise<void> {
  const { userId: botUserId } = await parts.wallaroo.account();
  // Somebody whom a list that is cut leaves out is no administrator who could help: that is safe.
  const users = await parts.wallaroo.listUsers({ fresh: true, evenIfCut: true });
  const refusal = deactivationGuard(user, {
    administrators: await readAdministrators(parts.wallaroo, users, botUserId, [user.id]),
    botUserId,
    isProtected: (candidate) => isNamed(candidate, parts.protectedUsers),
    // The end of a timed activation is nobody's request to deactivate themself.
    requesterEmail: change.origin === 'timed' ? undefined : change.requesterEmail,
  });
  if (refusal !== undefined) throw new PermanentFault('guarded', refusal);
}
