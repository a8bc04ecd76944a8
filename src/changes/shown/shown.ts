import { z } from 'zod';

const lastSignIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('at'), at: z.coerce.date() }),
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('unknown') }),
]);

const ownedWorkspace = z.object({
  name: z.string(),
  /** How many other OWNERs it has. */
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

/** What a request shows of the users whom it concerns, as they were when it was made. Kept with the change as JSON. */
export const shownSchema = z.object({ users: z.array(shownUser).readonly() });

export type Shown = Readonly<z.output<typeof shownSchema>>;
export type ShownUser = Readonly<z.output<typeof shownUser>>;
export type OwnedWorkspace = Readonly<z.output<typeof ownedWorkspace>>;

/** Workspaces that somebody has to look at before their owner leaves. */
export const ownedToMind = ({ leaves, owned = [] }: ShownUser): readonly OwnedWorkspace[] =>
  leaves ? owned.filter(({ isDefault }) => !isDefault) : [];
