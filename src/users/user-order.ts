import { fullNameOf } from '../license/known-names.ts';
import { sortedByText } from '../text-order.ts';
import { byUsername } from '../wallaroo/by-username.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { forEach, mergedWith, sorted, type Work } from '../work.ts';
import { collator, orderKey } from './plain-order.ts';

/** A user with what their place in a list depends on. */
export interface Placed {
  readonly user: WallarooUser;
  /** Orders as `inPeoplesOrder` does; `undefined` where only the collator can. */
  readonly key: string | undefined;
}

/** What a row begins with. */
const rowText = (user: WallarooUser): string => fullNameOf(user) ?? user.email ?? user.username;

/** What a key begins with. */
const ACTIVE = 'a';
const INACTIVE = 'b';

const placed = (user: WallarooUser): Placed => ({
  user,
  key: orderKey(user.enabled ? ACTIVE : INACTIVE, rowText(user), user.username),
});

type Keyed = Placed & { readonly key: string };

const isKeyed = (placed: Placed): placed is Keyed => placed.key !== undefined;

/** Active users first, each group by what their rows begin with. */
export function inPeoplesOrder(a: Placed, b: Placed): number {
  if (a.key !== undefined && b.key !== undefined && a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.user.enabled !== b.user.enabled) return a.user.enabled ? -1 : 1;
  return (
    collator().compare(rowText(a.user), rowText(b.user)) ||
    collator().compare(a.user.username, b.user.username) ||
    byUsername(a.user, b.user)
  );
}

/** Users in people's order. */
export function* inOrder(users: readonly WallarooUser[]): Work<readonly Placed[]> {
  const keyed: Keyed[] = [];
  const others: Placed[] = [];
  yield* forEach(users, (user) => {
    const each = placed(user);
    if (isKeyed(each)) keyed.push(each);
    else others.push(each);
  });
  const plain = yield* sortedByText(
    keyed,
    ({ key }) => key,
    (a, b) => byUsername(a.user, b.user),
  );
  return yield* mergedWith(plain, yield* sorted(others, inPeoplesOrder), inPeoplesOrder);
}
