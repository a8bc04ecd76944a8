import { z } from 'zod';
import { labelOf } from '../../license/user-text.ts';
import type { FormValues } from '../../slack/interaction.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import type { HandOver } from '../steps/hand-over.ts';
import type { Orphan } from './hand-over.ts';
import { ADMINISTRATORS_CHOOSE, heirAction, heirBlockId, MOST_ASKED, WITHOUT } from './hand-over-views.ts';

/** What a form remembers of the workspaces that it asks about; the rest is left without an owner. */
export const orphansSchema = z.array(z.object({ id: z.number(), name: z.string().optional() })).optional();
type Remembered = z.output<typeof orphansSchema>;

const LONGEST_NAME = 60;

export const rememberedOrphans = (orphans: readonly Orphan[] = []): Remembered =>
  orphans.length === 0
    ? undefined
    : orphans
        .slice(0, 60)
        .map(({ workspaceId, workspace }, at) =>
          at < MOST_ASKED ? { id: workspaceId, name: workspace.slice(0, LONGEST_NAME) } : { id: workspaceId },
        );

const asked = (orphans: Remembered) => (orphans ?? []).filter(({ name }) => name !== undefined);

/** The menus in which nothing was chosen, by block. */
export function unchosen(values: FormValues, orphans: Remembered): Readonly<Record<string, string>> {
  const open = asked(orphans).filter(({ id }) => values[heirAction(id)] === undefined);
  return Object.fromEntries(
    open.map(({ id }) => [heirBlockId(id), 'Please choose who takes over, or to leave it without.']),
  );
}

/** Whether the administrators are to choose for any of them. */
export const isLeftOpen = (values: FormValues, orphans: Remembered): boolean =>
  asked(orphans).some(({ id }) => values[heirAction(id)] === ADMINISTRATORS_CHOOSE);

/** What was chosen, with the users as they are listed now. */
export const handOversIn = (
  values: FormValues,
  orphans: Remembered,
  users: readonly WallarooUser[],
): readonly HandOver[] =>
  (orphans ?? []).flatMap(({ id: workspaceId, name = '' }): readonly HandOver[] => {
    const chosen = values[heirAction(workspaceId)];
    if (chosen === ADMINISTRATORS_CHOOSE) return [];
    const user =
      chosen === undefined || chosen === WITHOUT ? undefined : users.find(({ id }) => id === chosen);
    if (chosen !== undefined && chosen !== WITHOUT && user === undefined) return [];
    const to = user === undefined ? undefined : { userId: user.id, label: labelOf(user) };
    return [{ workspaceId, workspace: name, to }];
  });
