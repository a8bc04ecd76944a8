import type { WallarooClient } from '../../wallaroo/client.ts';
import { membershipSteps } from '../steps/membership-step.ts';
import type { Step } from '../steps/step.ts';
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
  return membershipFacts(memberships, { workspaces, users });
}

async function readEach<K, V>(keys: readonly K[], read: (key: K) => Promise<V>): Promise<ReadonlyMap<K, V>> {
  const reading = [...new Set(keys)].map(async (key) => [key, await read(key)] as const);
  return new Map(await Promise.all(reading));
}
