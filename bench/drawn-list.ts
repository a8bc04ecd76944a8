import { listMessage } from '../src/users/list-views.ts';
import type { Standing } from '../src/users/standing.ts';
import { type ListQuery, pageOf } from '../src/users/user-list.ts';
import type { WallarooUser } from '../src/wallaroo/user.ts';

const IDLE_MS = 30 * 86_400_000;

const nothingKnown: Standing = {
  now: new Date(),
  isOwn: () => false,
  isBot: () => false,
  isProtected: () => false,
  whyNeverDeactivated: () => undefined,
  endOf: () => undefined,
  idleSince: ({ createdMs }) => createdMs,
};

/** The message with a page of the list, as Slack gets it. */
export const drawnList = (users: readonly WallarooUser[], query: ListQuery) =>
  listMessage({
    page: pageOf(users, query, { standing: nothingKnown, idleMs: IDLE_MS }),
    standing: nothingKnown,
    license: { line: undefined, meter: undefined, warning: undefined },
    idleMs: IDLE_MS,
    old: undefined,
  });
