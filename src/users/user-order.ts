import { fullNameOf } from '../license/known-names.ts';
import { sortedByText } from '../text-order.ts';
import { byUsername } from '../wallaroo/by-username.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, inserted, mergedWith, sorted, type Work } from '../work.ts';
import { collator, orderKey } from './plain-order.ts';

/** What a row begins with. */
const rowText = (user: WallarooUser): string => fullNameOf(user) ?? user.email ?? user.username;

/** What a key begins with. */
const ACTIVE = 'a';
const INACTIVE = 'b';

/** Orders as `inPeoplesOrder` does; `undefined` where only the collator can. */
const keyOf = (user: WallarooUser): string | undefined =>
  orderKey(user.enabled ? ACTIVE : INACTIVE, rowText(user), user.username);

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
  const [plain, keys, others]: [WallarooUser[], string[], WallarooUser[]] = [[], [], []];
  yield* forEach(users, (user) => {
    const key = keyOf(user);
    if (key === undefined) others.push(user);
    else {
      plain.push(user);
      keys.push(key);
    }
  });
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
