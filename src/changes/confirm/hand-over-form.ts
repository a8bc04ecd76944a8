import { sharesName } from '../../access/workspace-rules.ts';
import { labelOf } from '../../license/user-text.ts';
import type { FormValues } from '../../slack/interaction.ts';
import { code } from '../../slack/mrkdwn.ts';
import { byIdIn } from '../../wallaroo/by-id.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { activeOwners, type Workspace } from '../../wallaroo/workspace.ts';
import { ids } from '../changes-ids.ts';
import type { HandOver } from '../steps/hand-over.ts';
import type { Orphan } from './hand-over.ts';
import { ADMINISTRATORS_CHOOSE, heirAction, restAction, WITHOUT } from './hand-over-views.ts';

/** How it stands now with the workspaces of who leaves. */
export interface Left {
  /** Those left without an active OWNER, of which the change does not say yet what becomes of them. */
  readonly orphans: readonly Orphan[];
  /** All of which somebody who leaves is a member. */
  readonly workspaces: readonly Workspace[];
  readonly users: readonly WallarooUser[];
  /** Ids of who leaves. */
  readonly leaving: ReadonlySet<string>;
}

/** What was chosen, or that a workspace needs a choice which the form did not ask for, or that cannot be any more. */
export type ReadHandOvers =
  | {
      readonly ok: true;
      readonly chosen: readonly HandOver[];
      /** The administrators are to choose for some. */
      readonly isOpen: boolean;
    }
  | {
      readonly ok: false;
      /** The workspaces that are to be asked about. */
      readonly open: readonly Orphan[];
      /** Who was chosen for some of these, and is not active any more, or leaves too; without those who were deleted. */
      readonly gone: readonly WallarooUser[];
    };

/**
 * What the menus of a form hold for the workspaces of who leaves, as these are now. A choice for a workspace of somebody else
 * counts for nothing: who leaves may have been chosen in the same form.
 */
export function readHandOvers(values: FormValues, left: Left): ReadHandOvers {
  const { orphans, workspaces, users, leaving } = left;
  const rest = orphans.filter(({ workspaceId }) => values[heirAction(workspaceId)] === undefined);
  const forRest = rest.length === 0 ? undefined : values[restAction(rest)];
  const shared = new Set(forRest === undefined ? [] : rest.map(({ workspaceId }) => workspaceId));
  const owned = workspaces.filter((one) => activeOwners(one).some(({ userId }) => leaving.has(userId)));
  const answers = owned.flatMap((workspace) => {
    const value = values[heirAction(workspace.id)] ?? (shared.has(workspace.id) ? forRest : undefined);
    return value === undefined ? [] : [{ workspace, value }];
  });
  const chosen = answers.flatMap(({ workspace, value }): readonly HandOver[] => {
    const where = {
      workspaceId: workspace.id,
      workspace: workspace.name,
      ...(sharesName(workspace, workspaces) ? { sharesName: true } : {}),
    };
    if (value === WITHOUT) return [{ ...where, to: undefined }];
    const user = byIdIn(users).get(value);
    const stays = user?.enabled === true && !leaving.has(user.id);
    return !stays ? [] : [{ ...where, to: { userId: user.id, label: labelOf(user) } }];
  });
  const open = new Set(
    answers.filter(({ value }) => value === ADMINISTRATORS_CHOOSE).map(({ workspace }) => workspace.id),
  );
  const settled = new Set(chosen.map(({ workspaceId }) => workspaceId));
  const isAnswered = ({ workspaceId }: Orphan) => settled.has(workspaceId) || open.has(workspaceId);
  const unanswered = orphans.filter((orphan) => !isAnswered(orphan));
  return unanswered.length === 0
    ? { ok: true, chosen, isOpen: open.size > 0 }
    : { ok: false, open: unanswered, gone: heirsGone(answers, unanswered, left) };
}

function heirsGone(
  answers: readonly { readonly workspace: Pick<Workspace, 'id'>; readonly value: string }[],
  unanswered: readonly Orphan[],
  { users }: Pick<Left, 'users'>,
): readonly WallarooUser[] {
  const asked = new Set(unanswered.map(({ workspaceId }) => workspaceId));
  const chosen = answers.filter(({ workspace }) => asked.has(workspace.id)).map(({ value }) => value);
  return [...new Set(chosen)].map((id) => byIdIn(users).get(id)).filter((user) => user !== undefined);
}

/** What the menus hold where nobody can tell how it stands by now, with `users` as they were listed last. */
export function asItStands(values: FormValues, users: readonly WallarooUser[]): ReadHandOvers & { ok: true } {
  const answers = Object.entries(values).flatMap(([key, value]) => {
    const [menu, id] = key.split('/');
    return menu === ids.heir ? [{ workspaceId: Number(id), value }] : [];
  });
  const chosen = answers
    .filter(({ value }) => value !== ADMINISTRATORS_CHOOSE)
    .map(({ workspaceId, value }): HandOver => {
      const user = byIdIn(users).get(value);
      const to = { userId: value, label: user === undefined ? value : labelOf(user) };
      return { workspaceId, workspace: `workspace ${workspaceId}`, to: value === WITHOUT ? undefined : to };
    });
  return { ok: true, chosen, isOpen: chosen.length < answers.length };
}

const HEIR_MENUS: readonly string[] = [ids.heir, ids.heirs];

/** Whether a form that was sent holds a choice of who takes over. */
export const asksForHeirs = (values: FormValues): boolean =>
  Object.keys(values).some((key) => HEIR_MENUS.includes(key.split('/')[0] ?? ''));

const MOST_NAMED = 10;

/** What is said on top of the form that is drawn again to ask about these; `leaving` are the labels of who leaves. */
export function moreToChoose(
  { open, gone }: Pick<ReadHandOvers & { ok: false }, 'gone' | 'open'>,
  leaving: readonly string[],
): string {
  const names = open.slice(0, MOST_NAMED).map(({ workspace }) => code(workspace, 60));
  const rest = open.length - names.length;
  const where = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const [only, ...others] = leaving;
  const what =
    only !== undefined && others.length === 0
      ? `${code(only)} is by now the last active OWNER of ${where}.`
      : `Nobody active would own ${where} any more.`;
  return `${goneText(gone)}${what} Choose who takes over, or leave ${open.length === 1 ? 'it' : 'them'} without. Nothing was changed yet. :warning:`;
}

/** Why somebody who was chosen does not take over. */
const goneText = (gone: readonly WallarooUser[]): string =>
  gone
    .slice(0, MOST_NAMED)
    .map((user) => `${code(labelOf(user))} ${user.enabled ? 'leaves, too' : 'is no longer active'}. `)
    .join('');
