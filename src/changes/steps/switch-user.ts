import * as z from 'zod';
import { code, escapeMrkdwn, marksLast } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';
import { USER_IS_GONE } from '../../texts/said-often.ts';
import { PermanentFault } from '../apply/permanent-fault.ts';
import { drawnNames, quotedNames } from './orphan-names.ts';
import { endSessionsOf, sessionsRemark, sessionsSchema, sessionsText } from './sessions.ts';
import type { AnyStep, StepKind, StepRun, StepWrite } from './step-kind.ts';

const schema = z.object({
  type: z.literal('switch'),
  userId: z.string(),
  enabled: z.boolean(),
  /** Email, or the username where there is none: for people, never to find the user by. */
  label: z.string(),
  /** `enabled` as read just before the write; kept through a crash. */
  before: z.boolean().optional(),
  /** `enabled` as read back after the write; set once the step is done. */
  after: z.boolean().optional(),
  /** Taken back because a later step failed for good. */
  takenBack: z.boolean().optional(),
  /** Found as before when it was to be taken back: its write, refused or without an answer, had changed nothing. */
  asBefore: z.boolean().optional(),
  /** Of somebody whom it left inactive. */
  sessions: sessionsSchema.optional(),
  /**
   * Ids of workspaces that may be left without an active OWNER, as somebody chose; any other keeps the user active. Absent
   * where nobody could be asked, as at the end of a timed activation: then it is told.
   */
  without: z.array(z.number()).readonly().optional(),
  /** Names of workspaces in which the user was the last active OWNER, as read for a reminder or just before the write. */
  orphans: z.array(z.string()).readonly().optional(),
});

/** Sets one user's `enabled`. */
export type SwitchStep = Readonly<z.output<typeof schema>>;

/** A step that nobody has performed yet. */
export const switchStep = ({
  userId,
  enabled,
  label,
}: Pick<SwitchStep, 'userId' | 'enabled' | 'label'>): SwitchStep => ({
  type: 'switch',
  userId,
  enabled,
  label,
  before: undefined,
  after: undefined,
});

/** The steps of a change that switch users. */
export const switchSteps = (change: { readonly steps: readonly AnyStep[] }): readonly SwitchStep[] =>
  change.steps.filter((step): step is SwitchStep => step.type === 'switch');

const word = (enabled: boolean): string => (enabled ? 'active' : 'inactive');
const wordIfKnown = (enabled: boolean | undefined): string | undefined =>
  enabled === undefined ? undefined : word(enabled);

/** Done, and the user is otherwise than before. */
const altered = ({ before, after }: SwitchStep): boolean =>
  before !== undefined && after !== undefined && before !== after;

/** Begun, and it would alter its user: `before` is stored ahead of the write, which may take effect without an answer. */
const mayHaveWritten = ({ before, enabled }: SwitchStep): boolean =>
  before !== undefined && before !== enabled;

const SEAT_IS_GONE =
  'The user who was to leave could not be put back: somebody outside Slack has taken the seat meanwhile.';

/** Switching a user on or off. */
export const switchUser: StepKind<SwitchStep, 'activate' | 'deactivate' | 'swap'> = {
  type: 'switch',
  schema,
  kinds: { activate: 'Activated.', deactivate: 'Deactivated.', swap: 'Exchanged.' },
  kindOf: ({ enabled }, inSwap) => (inSwap ? 'swap' : enabled ? 'activate' : 'deactivate'),
  key: ({ enabled, userId }) => `${enabled ? 'on' : 'off'}=${userId}`,
  subject: ({ userId, label }) => ({ userId, label }),
  addresses: () => [],
  turns: ({ userId, enabled }) => ({ userId, enabled }),
  seat: ({ userId, enabled }) => ({ effect: enabled ? 'takes' : 'frees', key: userId }),
  // One that is done is not done again, whatever others made of the user since: the list shows how they are.
  seatDelta: ({ userId, enabled, after }, seats) => (after === enabled ? 0 : seats.turn(userId, enabled)),
  asks: ({ enabled, label }, lasting) =>
    `*${enabled ? 'activate' : 'deactivate'}* ${code(label)}${lasting === undefined ? '' : ` ${lasting}`}`,
  asksOfMany: ({ enabled }, names) => `*${enabled ? 'activate' : 'deactivate'}* ${names}`,
  asksInSwap: ({ label }, leaves) => `*replace* ${code(leaves)} with ${code(label)}`,
  did,
  states: ({ before, after }) => ({ before: wordIfKnown(before), after: wordIfKnown(after ?? before) }),
  altered,
  perform,
  takeBack,
  conclude,
  remark: remarkOf,
  undo: (step) => (altered(step) ? switchStep({ ...step, enabled: !step.enabled }) : undefined),
  unperformed: (step) => ({
    ...switchStep(step),
    ...(step.without === undefined ? {} : { without: step.without }),
    // What a try without an answer may have done is still ours: it can be undone, and it ends when it was to end.
    ...(mayHaveWritten(step) && step.after === undefined ? { before: step.before } : {}),
  }),
  affects: (step) =>
    altered(step) && !step.takenBack
      ? { kind: step.enabled ? 'activated' : 'deactivated', userId: step.userId }
      : undefined,
  ownWrites,
};

function did(step: SwitchStep, briefly = false): string | undefined {
  const { label, after, sessions, asBefore } = step;
  if (after === undefined) return undefined;
  const remark = sessionsRemark(sessions);
  const rest =
    briefly || asBefore
      ? remark && `${escapeMrkdwn(remark)} :warning:`
      : sessions && sessionsText(sessions, remark);
  const is = isText(step, `*${word(after)}*`);
  const left = orphansText(step);
  const said = [`${code(label)} ${is}.`, left && `${left} :warning:`, rest];
  return marksLast(said.filter((text) => text !== undefined).join(' '));
}

function isText({ before, after, takenBack, asBefore }: SwitchStep, state: string): string {
  if (asBefore) return `is ${state}, as before`;
  if (takenBack) return `was put back and is ${state} again`;
  return before === after ? `was ${state} already` : `is now ${state}`;
}

/** The workspaces that it left without an active OWNER. */
const orphaned = (step: SwitchStep): readonly string[] =>
  altered(step) && !step.takenBack ? (step.orphans ?? []) : [];

function orphansText(step: SwitchStep, draw = drawnNames): string | undefined {
  const names = orphaned(step);
  return names.length === 0 ? undefined : `No active OWNER is left in ${draw(names)}.`;
}

function remarkOf(step: SwitchStep): string | undefined {
  const remarks = [orphansText(step, quotedNames), sessionsRemark(step.sessions)];
  const said = remarks.filter((text) => text !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}

async function perform(step: SwitchStep, run: StepRun<SwitchStep>): Promise<void> {
  if (step.after !== undefined) return;
  const { userId, enabled } = step;
  const user = await run.wallaroo.getUser(userId);
  if (user === undefined) throw new PermanentFault('not_found', USER_IS_GONE);
  const before = step.before ?? user.enabled;
  if (user.enabled === enabled) return run.store({ ...step, before, after: user.enabled });
  const guard = enabled ? undefined : await run.deactivationGuard(user);
  if (guard !== undefined) throw new PermanentFault('guarded', guard);
  const begun = { ...step, before, ...(enabled ? {} : { orphans: await orphansLeft(step, run) }) };
  await run.store(begun);
  const { after } = await run.write(() => run.wallaroo.setUserEnabled(userId, enabled));
  await run.store({ ...begun, after: after.enabled });
}

/** Names of the workspaces that are left without an active OWNER, if nobody minds (design, rule 13). */
async function orphansLeft(
  { userId, label, without }: SwitchStep,
  run: StepRun<SwitchStep>,
): Promise<readonly string[]> {
  const orphans = await run.orphansOf(userId);
  const unforeseen = orphans.filter(({ id }) => without !== undefined && !without.includes(id));
  if (unforeseen.length === 0) return orphans.map(({ name }) => name);
  const names = unforeseen.map(({ name }) => quotedName(name)).join(', ');
  throw new PermanentFault(
    'last_owner',
    `${quotedName(label)} is by now the last active OWNER of ${names}. Choose who takes over, or leave ${unforeseen.length === 1 ? 'it' : 'them'} without.`,
  );
}

async function takeBack(step: SwitchStep, run: StepRun<SwitchStep>): Promise<string | undefined> {
  if (!mayHaveWritten(step) || step.takenBack) return undefined;
  const enabled = !step.enabled;
  if (enabled && !(await run.seatIsFree({ ...step, enabled }))) return SEAT_IS_GONE;
  const { before } = await run.write(() => run.wallaroo.setUserEnabled(step.userId, enabled));
  const asBefore = step.after === undefined && before.enabled === enabled;
  await run.store({ ...step, after: enabled, takenBack: true, ...(asBefore ? { asBefore } : {}) });
  return undefined;
}

/** Whom the step leaves inactive has no session any more. */
async function conclude(step: SwitchStep, run: StepRun<SwitchStep>): Promise<void> {
  if (step.sessions !== undefined || step.after !== false || !altered({ ...step, after: step.enabled }))
    return;
  await run.store({ ...step, sessions: await endSessionsOf(step.userId, run) });
}

function ownWrites(step: SwitchStep): readonly StepWrite[] {
  if (!mayHaveWritten(step)) return [];
  const write = { subject: step.userId, enabled: step.enabled, isConfirmed: step.after !== undefined };
  return step.takenBack ? [write, { ...write, enabled: !step.enabled }] : [write];
}
