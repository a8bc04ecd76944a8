import * as z from 'zod';
import { code, dateTime } from '../../slack/mrkdwn.ts';
import { quotedName } from '../../texts/plain-text.ts';
import { endFault, type Gone } from './end-outcome.ts';
import type { AnyStep, StepKind, StepRun } from './step-kind.ts';

const schema = z.object({
  type: z.literal('keep'),
  /** The deactivation that waits for its time. */
  changeId: z.string(),
  label: z.string(),
  /** Whose activation it is; steps of earlier versions do not say. */
  userId: z.string().optional(),
  /** When it ended before, as who asked saw it; steps of earlier versions do not say. */
  before: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
  done: z.boolean(),
});

/** Drops the end of a timed activation; no platform write. */
export type KeepStep = Readonly<z.output<typeof schema>>;

/** A step that nobody has performed yet. */
export const keepStep = ({
  changeId,
  label,
  userId,
  before,
}: Pick<KeepStep, 'before' | 'changeId' | 'label' | 'userId'>): KeepStep => ({
  type: 'keep',
  changeId,
  label,
  userId,
  before,
  done: false,
});

/** The steps of a change that drop the ends of timed activations. */
export const keepSteps = (change: { readonly steps: readonly AnyStep[] }): readonly KeepStep[] =>
  change.steps.filter((step): step is KeepStep => step.type === 'keep');

/** Keeping a user active whose timed activation would end. */
export const keepActive: StepKind<KeepStep, 'keep'> = {
  type: 'keep',
  schema,
  kinds: { keep: 'The end was dropped.' },
  kindOf: () => 'keep',
  key: ({ changeId }) => `keep=${changeId}`,
  subject: ({ userId, label }) => ({ userId, label }),
  addresses: () => [],
  turns: () => undefined,
  seat: () => undefined,
  seatDelta: () => 0,
  asks: ({ label, before }) =>
    `*keep* ${code(label)} active without an end${before === undefined ? '' : ` instead of until ${dateTime(before)}`}`,
  asksOfMany: () => undefined,
  asksInSwap: () => undefined,
  did: ({ label, done }) => (done ? `${code(label)} stays active without an end.` : undefined),
  states: () => ({ before: undefined, after: undefined }),
  altered: ({ done }) => done,
  perform,
  takeBack: async ({ label, done }) =>
    done
      ? `The activation of ${quotedName(label)} no longer has an end: that could not be taken back.`
      : undefined,
  conclude: async () => undefined,
  remark: () => undefined,
  undo: () => undefined,
  unperformed: keepStep,
  affects: ({ userId, done }) => (done && userId !== undefined ? { kind: 'kept', userId } : undefined),
  ownWrites: () => [],
};

/** Why no end is dropped: there is none any more. */
export const NOTHING_TO_KEEP: Gone = {
  code: 'nothing_to_keep',
  sentence: 'The timed activation has ended, or no longer has an end: there is nothing to keep.',
};

async function perform(step: KeepStep, run: StepRun<KeepStep>): Promise<void> {
  if (step.done) return;
  const fault = endFault(await run.dropEnd(step.changeId), NOTHING_TO_KEEP);
  if (fault !== undefined) throw fault;
  await run.store({ ...step, done: true });
}
