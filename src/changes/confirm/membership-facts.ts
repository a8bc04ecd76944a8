import type { WallarooClient } from '../../wallaroo/client.ts';
import type { Workspace } from '../../wallaroo/workspace.ts';
import { membershipSteps } from '../steps/membership-step.ts';
import type { Step } from '../steps/step.ts';
import { turnsOf } from '../steps/steps-of.ts';
import { type MembershipFact, membershipFacts } from './memberships.ts';

/** How it stands now with the memberships that steps set. */
export async function readMemberships(
  { workspace, getUser }: Pick<WallarooClient, 'workspace' | 'getUser'>,
  steps: readonly Step[],
): Promise<readonly MembershipFact[]> {
  const memberships = membershipSteps({ steps });
  const [workspaces, users] = await Promise.all([
    readEach(
      memberships.map(({ workspaceId }) => workspaceId),
      workspace,
    ),
    readEach(
      memberships.map(({ userId }) => userId),
      getUser,
    ),
  ]);
  const comes = new Set(turnsOf(steps).flatMap(({ userId, enabled }) => (enabled ? [userId] : [])));
  return membershipFacts(memberships, { workspaces: withActive(workspaces, comes), users });
}

/** Whom the same change lets in counts as active: an owner who comes back may relieve who took over. */
const withActive = (
  workspaces: ReadonlyMap<number, Workspace | undefined>,
  comes: ReadonlySet<string>,
): ReadonlyMap<number, Workspace | undefined> =>
  new Map(
    [...workspaces].map(([id, workspace]) => {
      const members = workspace?.members.map((member) =>
        member.user !== undefined && comes.has(member.userId)
          ? { ...member, user: { ...member.user, enabled: true } }
          : member,
      );
      return [id, workspace && { ...workspace, members: members ?? [] }];
    }),
  );

async function readEach<K, V>(keys: readonly K[], read: (key: K) => Promise<V>): Promise<ReadonlyMap<K, V>> {
  const reading = [...new Set(keys)].map(async (key) => [key, await read(key)] as const);
  return new Map(await Promise.all(reading));
}
