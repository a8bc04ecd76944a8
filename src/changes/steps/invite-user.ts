import * as z from 'zod';
import { code, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';
import { WallarooRefused } from '../../wallaroo/errors.ts';
import { mailReasons } from '../../wallaroo/mail-reasons.ts';
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
  /** Made in Keycloak, as the platform refused; kept ahead of the write. */
  inKeycloak: z.boolean().optional(),
  /** What became of Keycloak's mail with which somebody so invited sets a password. */
  mail: z.enum(['sent', 'no_mail_server', 'not_sent', 'unknown']).optional(),
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
  addresses: () => [],
  turns: () => undefined,
  seat: ({ userId, email }) => ({
    effect: 'takes',
    key: userId ?? email.toLowerCase(),
    invited: email.toLowerCase(),
  }),
  seatDelta: (step, seats) => (isDone(step) ? 0 : seats.join(step.email)),
  asks: ({ email }) => `*invite* ${code(email)}`,
  asksOfMany: () => undefined,
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
  remark: (step) => mailRemark(step) ?? sessionsRemark(step.sessions),
  undo: (step) =>
    altered(step) && step.userId !== undefined
      ? switchStep({ userId: step.userId, enabled: false, label: step.email })
      : undefined,
  unperformed: ({ email, begun, inKeycloak, takenBack }) => ({
    ...inviteStep(email),
    ...(begun && !takenBack ? { begun, ...(inKeycloak ? { inKeycloak } : {}) } : {}),
  }),
  // Whom nobody mailed a way to sign in has nothing to be told yet.
  affects: (step) =>
    altered(step) && mailRemark(step) === undefined && step.userId !== undefined
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
  if (step.existed) return `${code(step.email)} already has an active account: nobody was invited.`;
  const isActive = 'The account is active.';
  const remark = mailRemark(step);
  if (remark !== undefined)
    return `${code(step.email)} *has an account now.* ${isActive} ${escapeMrkdwn(remark)} :warning:`;
  const mail = step.inKeycloak
    ? 'Keycloak has sent an email with a link to set a password and confirm the address.'
    : 'Wallaroo sends an email that tells what to do next.';
  return `${code(step.email)} *is invited.* ${mail} ${isActive}`;
}

/** That nobody mailed the person how to set a password, and what to do; `undefined` where somebody did, or somebody else invites. */
const mailRemark = ({ mail, takenBack }: InviteStep): string | undefined =>
  mail === undefined || mail === 'sent' || takenBack ? undefined : mailReasons[mail];

async function perform(step: InviteStep, run: StepRun<InviteStep>): Promise<void> {
  if (isDone(step)) return;
  const existing = await accountOf(step, run);
  if (existing !== undefined) return run.store(found(step, existing, run));
  const begun = { ...step, begun: true };
  await run.store(begun);
  await run.store(await invited(begun, run));
}

/** Done by the platform or, where it leaves users to Keycloak as Enterprise does (contract §5.2), there. */
async function invited(begun: InviteStep, run: StepRun<InviteStep>): Promise<InviteStep> {
  const { wallaroo } = run;
  try {
    const { id } = await run.write(() => wallaroo.inviteUser(begun.email));
    return { ...begun, userId: id };
  } catch (error) {
    if (!(error instanceof WallarooRefused) || error.code !== 'user_management_unsupported') throw error;
  }
  const step = { ...begun, inKeycloak: true };
  await run.store(step);
  const made = await run.write(() => wallaroo.inviteInKeycloak(begun.email));
  return { ...step, userId: made.id, mail: made.mailSent ? 'sent' : made.why };
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
  // Whether Keycloak has mailed them, the try that made the account took with it.
  if (step.begun) return { ...step, userId: id, ...(step.inKeycloak ? { mail: 'unknown' } : {}) };
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
  if (guard !== undefined)
    return `The invitation of ${quotedName(step.email)} could not be taken back. ${guard}`;
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
