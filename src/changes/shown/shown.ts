import * as z from 'zod';
import { placeSchema } from '../steps/membership-step.ts';

const lastSignIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('at'), at: z.coerce.date() }),
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('unknown') }),
]);

const ownedWorkspace = z.object({
  name: z.string(),
  /** How many other OWNERs it has who are active and stay. */
  otherOwners: z.number(),
  /** The user's own default workspace (contract §7.2): nobody else needs it. */
  isDefault: z.boolean(),
});

const shownUser = z.object({
  userId: z.string(),
  label: z.string(),
  active: z.boolean(),
  leaves: z.boolean(),
  lastSignIn,
  /** When their access ends at present, if it does. */
  endsAt: z.coerce.date().optional(),
  /** Of somebody who leaves: the workspaces they own; absent where that could not be read. */
  owned: z.array(ownedWorkspace).readonly().optional(),
});

const shownMembership = z.object({
  workspaceId: z.number(),
  workspace: z.string(),
  sharesName: z.boolean().optional(),
  userId: z.string(),
  label: z.string(),
  /** What the user is in the workspace: a role, `open` or `none`. */
  place: placeSchema,
  active: z.boolean(),
  /** Labels of the OWNERs who are active. */
  owners: z.array(z.string()).readonly(),
});

/** What a request shows of the users whom it concerns, as they were when it was made. Kept with the change as JSON. */
export const shownSchema = z.object({
  users: z.array(shownUser).readonly(),
  memberships: z.array(shownMembership).readonly().optional(),
  /** Slack ids of the owners who decide it, in place of the administrators. */
  deciders: z.array(z.string()).readonly().optional(),
});

export type Shown = Readonly<z.output<typeof shownSchema>>;
export type ShownUser = Readonly<z.output<typeof shownUser>>;
export type ShownMembership = Readonly<z.output<typeof shownMembership>>;
export type OwnedWorkspace = Readonly<z.output<typeof ownedWorkspace>>;

/** Workspaces that somebody has to look at before their owner leaves. */
export const ownedToMind = ({ leaves, owned = [] }: ShownUser): readonly OwnedWorkspace[] =>
  leaves ? owned.filter(({ isDefault }) => !isDefault) : [];
