import { fullNameOf } from '../license/known-names.ts';
import { sortedByText } from '../text-order.ts';
import { TextTable } from '../text-table.ts';
import { byUsername } from '../wallaroo/by-username.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, inserted, mergedWith, sorted, type Work } from '../work.ts';
import { addOrderKey, collator } from './plain-order.ts';

/** What a row begins with. */
const rowText = (user: WallarooUser): string => fullNameOf(user) ?? user.email ?? user.username;

/** What a key begins with. */
const ACTIVE = 'a';
const INACTIVE = 'b';

/** Adds what orders as `inPeoplesOrder` does; false where only the collator can. */
const addKey = (keys: TextTable, user: WallarooUser): boolean =>
  addOrderKey(keys, user.enabled ? ACTIVE : INACTIVE, rowText(user), user.username);

function inPeoplesOrder(a: WallarooUser, b: WallarooUser): number {
  if (a.enabled !== b.enabled) return a.enabled ? -1 : 1;
  return (
    collator().compare(rowText(a), rowText(b)) ||
    collator().compare(a.username, b.username) ||
    byUsername(a, b)
  );
}

/** Users in people's order: active users first, each group by what their rows begin with. */
export function* inOrder(users: readonly WallarooUser[]): Work<readonly WallarooUser[]> {
  const [plain, others]: [WallarooUser[], WallarooUser[]] = [[], []];
  const keys = new TextTable();
  yield* forEach(users, (user) => void (addKey(keys, user) ? plain : others).push(user));
  const plainInOrder = yield* sortedByText(plain, keys, byUsername);
  return yield* mergedWith(plainInOrder, yield* sorted(others, inPeoplesOrder), inPeoplesOrder);
}

/** A list in people's order, and a few more users at their places. */
export function* withMoreInOrder(
  users: readonly WallarooUser[],
  more: readonly WallarooUser[],
): Work<readonly WallarooUser[]> {
  return yield* inserted(users, yield* inOrder(more), inPeoplesOrder);
}
