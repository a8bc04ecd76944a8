import { z } from 'zod';
import { code } from '../../slack/mrkdwn.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { PermanentFault } from '../apply/permanent-fault.ts';
import { endSessionsOf, sessionsRemark, sessionsSchema } from './sessions.ts';
import type { AnyStep, StepKind, StepRun } from './step-kind.ts';
import { type SwitchStep, switchStep } from './switch-user.ts';

const schema = z.object({
  type: z.literal('invite'),
  email: z.string(),
  /** Set once invited. */
  userId: z.string().optional(),
  /** Kept ahead of the write, which may take effect without an answer: an account found later is ours. */
  begun: z.boolean().optional(),
  /** Others had made the account before the first try. */
  existed: z.boolean().optional(),
  /** The account was deactivated again, because the change failed for good. */
  takenBack: z.boolean().optional(),
  /** Of the account that was deactivated again. */
  sessions: sessionsSchema.optional(),
});

/** Invites a person who has no account yet. */
export type InviteStep = Readonly<z.output<typeof schema>>;

/** A step that nobody has performed yet. */
export const inviteStep = (email: string): InviteStep => ({ type: 'invite', email, userId: undefined });

/** The steps of a change that invite somebody. */
export const inviteSteps = (change: { readonly steps: readonly AnyStep[] }): readonly InviteStep[] =>
  change.steps.filter((step): step is InviteStep => step.type === 'invite');

const isDone = ({ userId }: InviteStep): boolean => userId !== undefined;
const altered = (step: InviteStep): boolean => isDone(step) && !step.existed && !step.takenBack;

/** Inviting somebody new. The platform makes an active account at once (contract §5.2). */
export const inviteUser: StepKind<InviteStep, 'invite', SwitchStep> = {
  type: 'invite',
  schema,
  kinds: { invite: 'Invited.' },
  kindOf: () => 'invite',
  key: ({ email }) => `invite=${email.toLowerCase()}`,
  subject: ({ userId, email }) => ({ userId, label: email }),
  turns: () => undefined,
  seat: ({ userId, email }) => ({ effect: 'takes', key: userId ?? email.toLowerCase() }),
  seatDelta: (step, seats) => (isDone(step) ? 0 : seats.join(step.email)),
  asks: ({ email }) => `*invite* ${code(email)}`,
  asksInSwap: ({ email }, leaves) => `*invite* ${code(email)} and *deactivate* ${code(leaves)} in exchange`,
  did,
  states: (step) => ({
    before: step.existed ? 'active' : undefined,
    after: isDone(step) ? (step.takenBack ? 'inactive' : 'active') : undefined,
  }),
  altered,
  perform,
  takeBack,
  conclude,
  remark: ({ sessions }) => sessionsRemark(sessions),
  undo: (step) =>
    altered(step) && step.userId !== undefined
      ? switchStep({ userId: step.userId, enabled: false, label: step.email })
      : undefined,
  unperformed: ({ email, begun, takenBack }) => ({
    ...inviteStep(email),
    ...(begun && !takenBack ? { begun } : {}),
  }),
  affects: (step) =>
    altered(step) && !step.takenBack && step.userId !== undefined
      ? { kind: 'invited', userId: step.userId }
      : undefined,
  ownWrites: (step) => {
    if (step.existed || !(step.begun || isDone(step))) return [];
    const subjects = [step.email, ...(step.userId === undefined ? [] : [step.userId])];
    const enabled = !step.takenBack;
    return subjects.map((subject) => ({ subject, enabled, isConfirmed: isDone(step) }));
  },
};

function did(step: InviteStep): string | undefined {
  if (!isDone(step)) return undefined;
  if (step.takenBack) return `The invitation of ${code(step.email)} was taken back: the account is inactive.`;
  return step.existed
    ? `${code(step.email)} already has an active account: nobody was invited.`
    : `${code(step.email)} *is invited.* Wallaroo sends an email that tells what to do next. The account is active and takes a seat.`;
}

async function perform(step: InviteStep, run: StepRun<InviteStep>): Promise<void> {
  if (isDone(step)) return;
  const existing = await accountOf(step, run);
  if (existing !== undefined) return run.store(found(step, existing, run));
  const begun = { ...step, begun: true };
  await run.store(begun);
  const { id } = await run.write(() => run.wallaroo.inviteUser(step.email));
  await run.store({ ...begun, userId: id });
}

/** The account of the person to be invited; a lost answer may have left one that goes by the email as its username alone. */
async function accountOf(
  step: InviteStep,
  { wallaroo }: StepRun<InviteStep>,
): Promise<WallarooUser | undefined> {
  const found = await wallaroo.findUserByEmail(step.email);
  if (found !== undefined || !step.begun) return found;
  const email = step.email.toLowerCase();
  const users = await wallaroo.listUsers({ fresh: true });
  return users.find((user) => [user.username, user.email].some((name) => name?.toLowerCase() === email));
}

/** What an account that is there means: a former try of ours made it, or others did. */
function found(step: InviteStep, { id, enabled }: WallarooUser, run: StepRun<InviteStep>): InviteStep {
  if (!enabled)
    throw new PermanentFault(
      'account_inactive',
      'This person already has an inactive account. Activate it instead.',
    );
  if (step.begun) return { ...step, userId: id };
  if (run.isOnly) return { ...step, userId: id, existed: true };
  throw new PermanentFault(
    'account_active',
    'This person already has an active account: nobody has to leave for them.',
  );
}

async function takeBack(step: InviteStep, run: StepRun<InviteStep>): Promise<string | undefined> {
  if (step.takenBack || step.existed || !(step.begun || isDone(step))) return undefined;
  const { userId } = step;
  const account = await (userId === undefined ? accountOf(step, run) : run.wallaroo.getUser(userId));
  if (account === undefined) return undefined;
  const guard = account.enabled ? await run.deactivationGuard(account) : undefined;
  if (guard !== undefined) return `The invitation of ${step.email} could not be taken back. ${guard}`;
  await run.write(() => run.wallaroo.setUserEnabled(account.id, false));
  await run.store({ ...step, userId: account.id, takenBack: true });
  return undefined;
}

/** Somebody may have signed in to it already. */
async function conclude(step: InviteStep, run: StepRun<InviteStep>): Promise<void> {
  const { userId, takenBack, sessions } = step;
  if (!takenBack || userId === undefined || sessions !== undefined) return;
  await run.store({ ...step, sessions: await endSessionsOf(userId, run) });
}
