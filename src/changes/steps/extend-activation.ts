import * as z from 'zod';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';
import { endFault, type Gone } from './end-outcome.ts';
import type { AnyStep, StepKind, StepRun } from './step-kind.ts';

const schema = z.object({
  type: z.literal('extend'),
  /** The deactivation that waits for its time. */
  changeId: z.string(),
  label: z.string(),
  /** Whose activation it is; steps of earlier versions do not say. */
  userId: z.string().optional(),
  until: z.iso.datetime().transform((text) => new Date(text)),
  /** When it ended before, as who asked saw it; steps of earlier versions do not say. */
  before: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
  done: z.boolean(),
});

/** Moves the end of a timed activation; no platform write. */
export type ExtendStep = Readonly<z.output<typeof schema>>;

/** A step that nobody has performed yet. */
export const extendStep = ({
  changeId,
  label,
  userId,
  until,
  before,
}: Pick<ExtendStep, 'before' | 'changeId' | 'label' | 'userId' | 'until'>): ExtendStep => ({
  type: 'extend',
  changeId,
  label,
  userId,
  until,
  before,
  done: false,
});

/** The steps of a change that extend timed activations. */
export const extendSteps = (change: { readonly steps: readonly AnyStep[] }): readonly ExtendStep[] =>
  change.steps.filter((step): step is ExtendStep => step.type === 'extend');

/** Extending a timed activation. */
export const extendActivation: StepKind<ExtendStep, 'extend'> = {
  type: 'extend',
  schema,
  kinds: { extend: 'Extended.' },
  kindOf: () => 'extend',
  key: ({ changeId }) => `extend=${changeId}`,
  subject: ({ userId, label }) => ({ userId, label }),
  addresses: () => [],
  turns: () => undefined,
  seat: () => undefined,
  seatDelta: () => 0,
  asks: ({ label, until, before }) =>
    `*extend* the activation of ${code(label)} until ${dateTime(until)}${before === undefined ? '' : ` instead of ${dateTime(before)}`}`,
  asksOfMany: () => undefined,
  asksInSwap: () => undefined,
  did: ({ label, until, done }) =>
    done ? `${code(label)} stays active until ${dateTime(until)}.` : undefined,
  states: () => ({ before: undefined, after: undefined }),
  altered: ({ done }) => done,
  perform,
  takeBack: async ({ label, done }) =>
    done ? `The activation of ${quotedName(label)} stays extended: that could not be taken back.` : undefined,
  conclude: async () => undefined,
  remark: () => undefined,
  undo: () => undefined,
  unperformed: extendStep,
  affects: ({ userId, until, done }) =>
    done && userId !== undefined ? { kind: 'extended', userId, until } : undefined,
  ownWrites: () => [],
};

/** Why no end is moved: there is none any more. */
export const NOTHING_TO_EXTEND: Gone = {
  code: 'nothing_to_extend',
  sentence: 'The timed activation has ended, or no longer has an end: there is nothing to extend.',
};

async function perform(step: ExtendStep, run: StepRun<ExtendStep>): Promise<void> {
  if (step.done) return;
  const fault = endFault(await run.moveEnd(step.changeId, step.until), NOTHING_TO_EXTEND);
  if (fault !== undefined) throw fault;
  await run.store({ ...step, done: true });
}
