import { code } from '../../slack/mrkdwn.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import { PermanentFault } from '../apply/permanent-fault.ts';
import { accountPlain, accountText, isRenamed, keptUsername, renamedText } from './account-words.ts';
import { type AccountRecord, type FixStep, fixSchema, fixStep, recordOf } from './fix-step.ts';
import type { AnyStep, StepKind, StepRun } from './step-kind.ts';

/** The steps of a change that fix an account. */
export const fixSteps = (change: { readonly steps: readonly AnyStep[] }): readonly FixStep[] =>
  change.steps.filter((step): step is FixStep => step.type === 'fix_account');

const altered = ({ before, after }: FixStep): boolean =>
  before !== undefined && after !== undefined && accountPlain(before) !== accountPlain(after);

/** Mending an account whose uploads may fail (contract §2.2, §7.4). */
export const fixAccount: StepKind<FixStep, 'fix_account'> = {
  type: 'fix_account',
  schema: fixSchema,
  kinds: { fix_account: 'Account fixed.' },
  kindOf: () => 'fix_account',
  key: ({ userId, to }) => `fix=${userId}=${accountPlain(to)}`,
  subject: ({ userId, label }) => ({ userId, label }),
  // Whose address it is to become: the account may be theirs under another name.
  addresses: ({ to }) => [to.email, to.username].filter((text) => text !== undefined),
  turns: () => undefined,
  seat: () => undefined,
  seatDelta: () => 0,
  asks: ({ label, to, was, putsBack }) =>
    `*${putsBack ? 'put back' : 'fix'}* the account of ${code(label)}: ${accountText(to)}${
      was === undefined ? '' : ` (so far: ${accountText(was)})`
    }`,
  asksOfMany: () => undefined,
  asksInSwap: () => undefined,
  did,
  states: ({ before, after = before }) => ({
    before: before && accountPlain(before),
    after: after && accountPlain(after),
  }),
  altered,
  perform,
  takeBack,
  conclude: async () => undefined,
  remark: keptUsername,
  undo: (step) =>
    altered(step) && step.before !== undefined && step.after !== undefined
      ? fixStep({
          userId: step.userId,
          label: step.after.email ?? step.after.username,
          to: step.before,
          was: step.after,
          putsBack: true,
        })
      : undefined,
  unperformed: (step) => ({
    ...fixStep(step),
    // What a try without an answer may have done is still ours: it can be undone.
    ...(step.before !== undefined && step.after === undefined ? { before: step.before } : {}),
  }),
  affects: (step) =>
    altered(step) && step.putsBack !== true
      ? { kind: 'account_fixed', userId: step.userId, address: step.after?.email }
      : undefined,
  ownWrites: () => [],
};

function did(step: FixStep): string | undefined {
  const { label, after, putsBack } = step;
  if (after === undefined) return undefined;
  const kept = keptUsername(step);
  const has = altered(step) ? (putsBack ? 'has again' : 'now has') : 'already has';
  return `The account of ${code(label)} ${has}: ${accountText(after)}.${kept === undefined ? '' : ` ${kept}`}`;
}

async function perform(step: FixStep, run: StepRun<FixStep>): Promise<void> {
  if (step.after !== undefined) return;
  const user = await run.wallaroo.getUser(step.userId);
  if (user === undefined) throw new PermanentFault('not_found', USER_IS_GONE);
  const now = recordOf(user);
  if (isRenamed(step, now)) throw new PermanentFault('account_renamed', renamedText(now));
  const before = step.before ?? now;
  await run.store({ ...step, before });
  await run.store({ ...step, before, after: await write(step, run) });
}

/** The account as read back. */
async function write(
  { userId, to }: Pick<FixStep, 'userId' | 'to'>,
  run: StepRun<FixStep>,
): Promise<AccountRecord> {
  const { email, username, emailVerified, asksToVerify } = to;
  const fix = { email, username, emailVerified, asksToVerify };
  const { after } = await run.write(() => run.wallaroo.fixAccount(userId, fix));
  return recordOf(after);
}

async function takeBack(step: FixStep, run: StepRun<FixStep>): Promise<string | undefined> {
  const { before, userId } = step;
  if (before === undefined) return undefined;
  const after = await write({ userId, to: before }, run);
  await run.store({ ...step, before: after, after });
  return undefined;
}
