import { ChatopsError } from '../errors.ts';
import { isNamed, seatHolders } from '../license/seats.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { ApplyParts } from './apply-parts.ts';
import type { Change, Failure, InviteStep, Step, SwitchStep } from './change.ts';
import { reservedActivations } from './change-store.ts';
import { deactivationGuard } from './guards.ts';
import { moveEnd } from './timed-activation.ts';

/** Stores how far the steps are, while the leases are still ours; rejects when they are not. */
export type Progress = (
  steps: readonly Step[],
  seatReserved: boolean,
  failure: Failure | undefined,
) => Promise<Change>;

/** A reason that no repetition mends. */
export class PermanentFault extends ChatopsError {
  constructor(code: string, sentence: string, cause?: unknown) {
    super(code, { code, userMessage: sentence, cause });
  }
}

/** Performs every step that is not done yet, in order, storing each before and after its write. */
export async function performSteps(parts: ApplyParts, change: Change, progress: Progress): Promise<Change> {
  let current = change;
  if (!current.seatReserved && (await takesFreeSeat(parts, current)))
    current = await progress(current.steps, true, undefined);
  for (const [index, step] of change.steps.entries()) {
    const store: StoreStep = async (done) => {
      const steps = current.steps.map((kept, at) => (at === index ? done : kept));
      current = await progress(steps, current.seatReserved, undefined);
    };
    await perform(parts, current, step, store);
  }
  return current;
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
  const users = await parts.wallaroo.listUsers({ fresh: true });
  const { userId: botUserId } = await parts.wallaroo.account();
  const refusal = deactivationGuard(user, {
    users,
    botUserId,
    isProtected: (candidate) => isNamed(candidate, parts.protectedUsers),
    // The end of a timed activation is nobody's request to deactivate themself.
    requesterEmail: change.origin === 'timed' ? undefined : change.requesterEmail,
  });
  if (refusal !== undefined) throw new PermanentFault('guarded', refusal);
}

const isActivation = (step: Step): boolean =>
  step.type === 'invite' || (step.type === 'switch' && step.enabled);

/**
 * Whether the change takes a seat, which then is free. Counts anew, under the lock of all platform writes:
 * users that the platform shows as active, and seats promised to others whose writes it may not show yet.
 * Reservations are read before the list, so that one that ends in between is seen in the list at least.
 */
async function takesFreeSeat(parts: ApplyParts, change: Change): Promise<boolean> {
  if (parts.license.edition === 'enterprise' || !change.steps.some(isActivation)) return false;
  const { seats } = parts.license;
  const reserved = await reservedActivations(parts.db, change.id);
  const users = await parts.wallaroo.listUsers({ fresh: true });
  const deltas = change.steps.map((step) => seatDelta(parts, users, step));
  if (!deltas.some((delta) => delta > 0)) return false;
  const holders = seatHolders(users, parts.exempt);
  const shown = new Set(holders.flatMap(({ id, email }) => [id, email?.toLowerCase() ?? id]));
  const promised = [...reserved].filter((key) => !shown.has(key)).length;
  const wanted = deltas.reduce((sum, delta) => sum + delta, 0);
  if (holders.length + promised + wanted <= seats) return true;
  throw new PermanentFault(
    'license_full',
    `The license is full: ${holders.length} of ${seats} seats are taken. Deactivate somebody first, or exchange two users with /wallaroo swap.`,
  );
}

/** How a step alters the number of seats taken, as the platform stands now. */
function seatDelta(parts: ApplyParts, users: readonly WallarooUser[], step: Step): number {
  if (step.type === 'extend') return 0;
  if (step.type === 'invite') return 1;
  const user = users.find(({ id }) => id === step.userId);
  if (user === undefined || user.enabled === step.enabled || isNamed(user, parts.exempt)) return 0;
  return step.enabled ? 1 : -1;
}

/**
 * Takes back what a change did before it failed for good, so that a swap is both steps or neither. Its seat
 * stays reserved until the end, so nobody takes it meanwhile.
 */
export async function takeBack(parts: ApplyParts, change: Change, progress: Progress): Promise<Change> {
  const { failure } = change;
  let current = change;
  if (change.steps.length === 1) return current;
  // The last write first: going back must not exceed the limit either.
  for (const [index, step] of [...change.steps.entries()].reverse()) {
    const done = step.type === 'switch' && step.before !== undefined && step.before !== step.enabled;
    if (!done || step.takenBack === true) continue;
    await parts.faultPoint('before_write');
    await parts.wallaroo.setUserEnabled(step.userId, !step.enabled);
    await parts.faultPoint('after_write');
    const back: Step = { ...step, after: !step.enabled, takenBack: true };
    const steps = current.steps.map((kept, at) => (at === index ? back : kept));
    current = await progress(steps, current.seatReserved, failure);
  }
  return current;
}
