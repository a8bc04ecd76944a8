import type { StoredAudit } from '../db/read-audit.ts';
import { isSlackId } from '../slack/actor-text.ts';
import { inSlices } from '../slices.ts';
import { orIfDown } from '../wallaroo/errors.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach } from '../work.ts';
import type { Names } from './audit-csv.ts';

/** Where the names behind ids come from. */
export interface Directory {
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** What somebody in Slack is called; `undefined` where Slack does not say. */
  readonly nameOf: (slackUserId: string) => Promise<string | undefined>;
}

/** The names of users, and of people once their entries were read. Who cannot be asked takes away only what they would tell. */
export async function namesFrom({
  listUsers,
  nameOf,
}: Directory): Promise<Names & { readonly read: (entries: readonly StoredAudit[]) => Promise<void> }> {
  const users = new Map<string, string>();
  const listed = await listUsers().catch(orIfDown([]));
  await inSlices(forEach(listed, (user) => users.set(user.id, nameIn(user))));
  const people = new Map<string, string | undefined>();
  return {
    user: (id) => users.get(id),
    person: (actor) => people.get(actor),
    read: async (entries) => {
      for (const actor of entries.flatMap(({ actor, requester }) => [actor, requester ?? '']))
        if (isSlackId(actor) && !people.has(actor)) people.set(actor, await nameOf(actor));
    },
  };
}

const nameIn = ({ firstName, lastName }: WallarooUser): string =>
  [firstName, lastName].filter((part) => part).join(' ');
