import { valueWithin } from '../../jobs/time-limit.ts';
import type { FormValues } from '../../slack/interaction.ts';
import { inSlices } from '../../slices.ts';
import type { WallarooClient } from '../../wallaroo/client.ts';
import { orIfDown } from '../../wallaroo/errors.ts';
import { byName, type Workspace } from '../../wallaroo/workspace.ts';
import { leaversNamed, withHandOvers } from '../steps/hand-over.ts';
import type { Step } from '../steps/step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { leavingOf, orphansIn, withPeople } from './hand-over.ts';
import { asItStands, type Left, moreToChoose, readHandOvers } from './hand-over-form.ts';

type Reads = Pick<WallarooClient, 'workspaces' | 'listUsers' | 'lastUsers' | 'account'>;

/** How long somebody who sends a form waits for how it stands by then, ms. */
const PATIENCE_MS = 5000;

/** With more users than this, all workspaces are read at once instead of each user's own. */
const FEW = 3;

/** The workspaces of which any of these users is a member, by name. */
async function readWorkspaces(
  { workspaces }: Pick<WallarooClient, 'workspaces'>,
  userIds: readonly string[],
): Promise<readonly Workspace[]> {
  const wanted = new Set(userIds);
  if (wanted.size > FEW)
    return (await workspaces()).filter(({ members }) => members.some(({ userId }) => wanted.has(userId)));
  const found = (await Promise.all(userIds.map((memberId) => workspaces({ memberId })))).flat();
  const each = [...new Map(found.map((workspace) => [workspace.id, workspace])).values()];
  return each.sort(byName);
}

/** The same; `undefined` where they cannot be read. */
export const workspacesOfAll = (
  client: Pick<WallarooClient, 'workspaces'>,
  userIds: readonly string[],
): Promise<readonly Workspace[] | undefined> => readWorkspaces(client, userIds).catch(orIfDown(undefined));

/** The steps as chosen; or what is said on top of the form that is drawn again. */
export type Settled =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly banner: string };

/**
 * The steps with what was chosen in the menus of a form done first. Not where some workspace is left without an active owner
 * that the form did not ask about, or where nobody can take over any more as it was chosen. Where Wallaroo does not tell,
 * what was chosen counts as it stands: the change looks once more before anybody leaves.
 */
export async function withChosenHeirs(
  client: Reads,
  values: FormValues,
  steps: readonly Step[],
): Promise<Settled> {
  if (turnsOf(steps).every(({ enabled }) => enabled)) return { ok: true, steps };
  const left = await valueWithin(PATIENCE_MS, () => readLeft(client, steps).catch(orIfDown(undefined)));
  const read =
    left === undefined ? asItStands(values, client.lastUsers()?.users ?? []) : readHandOvers(values, left);
  if (read.ok) return { ok: true, steps: withHandOvers(steps, read.chosen, read.isOpen) };
  return { ok: false, banner: moreToChoose(read, leaversNamed(steps)) };
}

async function readLeft(client: Reads, steps: readonly Step[]): Promise<Left> {
  const wanted = turnsOf(steps);
  const leaving = leavingOf(wanted);
  const [read, users, { userId: botUserId }] = await Promise.all([
    readWorkspaces(client, [...leaving]),
    client.listUsers({ fresh: true, evenIfCut: true }),
    client.account(),
  ]);
  const workspaces = await inSlices(withPeople(read, users));
  const orphans = orphansIn(workspaces, { users, botUserId }, wanted, steps);
  return { workspaces, users, leaving, orphans };
}
