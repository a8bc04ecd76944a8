import { z } from 'zod';
import type { StepKind } from '../../../src/changes/steps/step-kind.ts';
import { code } from '../../../src/slack/mrkdwn.ts';

const schema = z.object({
  type: z.literal('toy_add'),
  userId: z.string(),
  label: z.string(),
  workspace: z.string(),
  isMember: z.boolean(),
  done: z.boolean(),
});
type AddStep = z.output<typeof schema>;

/** Members of the toy's workspaces, `workspace/userId`. */
export const members = new Set<string>();

const doing = ({ isMember }: AddStep): string => (isMember ? 'add' : 'remove');

/** A kind of step that the bot does not have: with this file and a line in the list, it works. */
export const addToWorkspace: StepKind<AddStep, 'toy_membership'> = {
  type: 'toy_add',
  schema,
  kinds: { toy_membership: 'Membership changed.' },
  kindOf: () => 'toy_membership',
  key: ({ userId, workspace, isMember }) => `${workspace}/${userId}=${isMember}`,
  subject: ({ userId, label }) => ({ userId, label }),
  addresses: () => [],
  turns: () => undefined,
  seat: () => undefined,
  seatDelta: () => 0,
  asks: (step) => `*${doing(step)}* ${code(step.label)} in ${code(step.workspace)}`,
  asksOfMany: () => undefined,
  asksInSwap: () => undefined,
  did: ({ label, workspace, isMember, done }) =>
    done ? `${code(label)} is *${isMember ? 'a member' : 'no member'}* of ${code(workspace)}.` : undefined,
  states: ({ isMember, done }) => ({
    before: done ? (isMember ? 'none' : 'COLLABORATOR') : undefined,
    after: done ? (isMember ? 'COLLABORATOR' : 'none') : undefined,
  }),
  altered: ({ done }) => done,
  perform: async (step, run) => {
    if (step.done) return;
    await run.write(async () => {
      const key = `${step.workspace}/${step.userId}`;
      if (step.isMember) members.add(key);
      else members.delete(key);
    });
    await run.store({ ...step, done: true });
  },
  takeBack: async () => undefined,
  conclude: async () => undefined,
  remark: () => undefined,
  undo: (step) => (step.done ? { ...step, isMember: !step.isMember, done: false } : undefined),
  unperformed: (step) => ({ ...step, done: false }),
  affects: () => undefined,
  ownWrites: () => [],
};
