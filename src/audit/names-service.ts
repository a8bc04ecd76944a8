import type { StoredAudit } from '../db/read-audit.ts';
import { namesAmong } from '../license/known-names.ts';
import { isSlackId } from '../slack/actor-text.ts';
import { inSlices } from '../slices.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Names } from './audit-csv.ts';

/** Where the names behind ids come from. */
export interface Directory {
  /** Users, for their names only: none where nobody can be asked. */
  readonly listUsers: () => Promise<readonly WallarooUser[]>;
  /** What somebody in Slack is called; `undefined` where Slack does not say. */
  readonly nameOf: (slackUserId: string) => Promise<string | undefined>;
}

/** The names of users, and of people once their entries were read. */
export async function namesFrom({
  listUsers,
  nameOf,
}: Directory): Promise<Names & { readonly read: (entries: readonly StoredAudit[]) => Promise<void> }> {
  const user = await inSlices(namesAmong(await listUsers()));
  const people = new Map<string, string | undefined>();
  return {
    user,
    person: (actor) => people.get(actor),
    read: async (entries) => {
      for (const actor of entries.flatMap(({ actor, requester }) => [actor, requester ?? '']))
        if (isSlackId(actor) && !people.has(actor)) people.set(actor, await nameOf(actor));
    },
  };
}
