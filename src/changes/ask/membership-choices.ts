import type { PlainTextOption } from '@slack/types';
import { isSeenBy, sharesName, type WorkspaceViewer, whyLeftAlone } from '../../access/workspace-rules.ts';
import { endOf, type TimedEnds } from '../../license/active-until.ts';
import { activePlain, choosable } from '../../license/user-option.ts';
import { labelOf } from '../../license/user-text.ts';
import { option } from '../../slack/blocks.ts';
import { folded } from '../../texts/fold.ts';
import { searchWords } from '../../texts/search-words.ts';
import type { WallarooUser } from '../../wallaroo/user.ts';
import { activeOwners, memberIn, type Workspace } from '../../wallaroo/workspace.ts';

/** Users as choices, active ones first; those of `workspace` are left out, as they are in it. */
export const peopleChoices = (
  users: readonly WallarooUser[],
  ends: TimedEnds,
  workspace?: Workspace,
): readonly PlainTextOption[] =>
  choosable(users)
    .filter(({ id }) => workspace === undefined || memberIn(workspace, id) === undefined)
    .toSorted((one, other) => Number(other.enabled) - Number(one.enabled))
    .map((user) => option(labelOf(user), user.id, signInText(user, endOf(user, ends))));

const signInText = (user: WallarooUser, until: Date | undefined): string =>
  user.enabled ? activePlain(user, until) : 'inactive: cannot sign in yet';

/** Workspaces to which the viewer may ask to add somebody, as choices; those of which `userId` is a member are left out. */
export function workspaceChoices(
  all: readonly Workspace[],
  viewer: WorkspaceViewer,
  { typed = '', userId }: { readonly typed?: string; readonly userId?: string },
): readonly PlainTextOption[] {
  const words = searchWords(typed);
  return all
    .filter((one) => isSeenBy(one, viewer) && whyLeftAlone(one) === undefined)
    .filter((one) => userId === undefined || memberIn(one, userId) === undefined)
    .filter(({ name }) => words.every((word) => folded(name).includes(word)))
    .map((one) => option(one.name, `${one.id}`, ownedText(one, all)));
}

function ownedText(workspace: Workspace, all: readonly Workspace[]): string {
  const owners = activeOwners(workspace).flatMap(({ user }) => (user === undefined ? [] : [labelOf(user)]));
  const owned = owners.length === 0 ? 'no active owner' : `owned by ${owners.join(', ')}`;
  return sharesName(workspace, all) ? `id ${workspace.id}, ${owned}` : owned;
}
