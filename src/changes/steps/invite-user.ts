import { z } from 'zod';
import { code } from '../../slack/mrkdwn.ts';
import type { AnyStep, StepKind, StepRun } from './step-kind.ts';

const schema = z.object({
  type: z.literal('invite'),
  email: z.string(),
  /** Set once invited. */
  userId: z.string().optional(),
});

/** Invites a person who has no account yet. */
export type InviteStep = Readonly<z.output<typeof schema>>;

/** A step that nobody has performed yet. */
export const inviteStep = (email: string): InviteStep => ({ type: 'invite', email, userId: undefined });

/** The steps of a change that invite somebody. */
export const inviteSteps = (change: { readonly steps: readonly AnyStep[] }): readonly InviteStep[] =>
  change.steps.filter((step): step is InviteStep => step.type === 'invite');

const isDone = ({ userId }: InviteStep): boolean => userId !== undefined;

/** Inviting somebody new. The platform makes an active account at once (contract §5.2). */
export const inviteUser: StepKind<InviteStep, 'invite'> = {
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
  asksInSwap: ({ email }, leaves) =>
    `*invite* ${code(email)} in exchange for ${code(leaves)} (deactivate the one, invite the other)`,
  did: (step) =>
    isDone(step)
      ? `${code(step.email)} *is invited.* Wallaroo sends an email that tells what to do next. The account is active and takes a seat.`
      : undefined,
  states: (step) => ({ before: undefined, after: isDone(step) ? 'active' : undefined }),
  altered: isDone,
  perform,
  takeBack: async (step) =>
    isDone(step) ? `The invitation of ${step.email} could not be taken back.` : undefined,
  undo: () => undefined,
  unperformed: ({ email }) => inviteStep(email),
  ownWrites: ({ email, userId }) =>
    [email, ...(userId === undefined ? [] : [userId])].map((subject) => ({
      subject,
      enabled: true,
      isConfirmed: userId !== undefined,
    })),
};

async function perform(step: InviteStep, run: StepRun<InviteStep>): Promise<void> {
  if (isDone(step)) return;
  // A crash after the platform's answer leaves the person invited: found here, not invited twice.
  const existing = await run.wallaroo.findUserByEmail(step.email);
  if (existing !== undefined) return run.store({ ...step, userId: existing.id });
  const { id } = await run.write(() => run.wallaroo.inviteUser(step.email));
  await run.store({ ...step, userId: id });
}
