import { KeptOfList } from '../wallaroo/kept-of-list.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import type { Work } from '../work.ts';
import { names } from './user-names.ts';
import { inOrder, withMoreInOrder } from './user-order.ts';

/** What finding users asks of a list again and again, worked out once for each list. */
export interface UserIndex {
  /** Active users first, each group as people sort. */
  readonly inOrder: readonly WallarooUser[];
  /** Those whose id, email or username this is; `name` is a `nameKey`. */
  named(name: string): readonly WallarooUser[];
  /** Those whose first and last name this is, in either order; `name` is a `fullNameKey`. */
  fullyNamed(name: string): readonly WallarooUser[];
  /**
   * Those of `group` in whose email, username or name every word occurs, accents and capitals aside: at the start of a
   * word of theirs, or anywhere from three letters on. `words` are folded.
   */
  matching(group: readonly WallarooUser[], words: readonly string[]): readonly WallarooUser[];
  /** Everything that a user may be called, folded: to tell how near a typed name is. */
  calledNames(user: WallarooUser): readonly string[];
}

/** The index of a list: at once, so ask for what is needed of a long list to be `indexed` before. */
export function indexOf(users: readonly WallarooUser[]): UserIndex {
  return {
    get inOrder() {
      return orders.of(users);
    },
    named: (name) => names.of(users).named(name),
    fullyNamed: (name) => names.of(users).fullyNamed(name),
    matching: (group, words) => {
      const { called } = names.of(users);
      const occurs = words.map(occurrence);
      return group.filter((user) => occurs.every((occursIn) => occursIn(called(user))));
    },
    calledNames: (user) => calledNames(names.of(users).called(user)),
  };
}

/** Makes ready what of the index is needed: the order for a list, the names to look for somebody. */
export function* indexed(
  users: readonly WallarooUser[],
  { order = false, names: byNames = false }: { readonly order?: boolean; readonly names?: boolean },
): Work<void> {
  if (order) yield* orders.ready(users);
  if (byNames) yield* names.ready(users);
}

const orders = new KeptOfList<readonly WallarooUser[]>(function* (users, earlier, exchanged) {
  if (earlier === undefined || exchanged === undefined) return yield* inOrder(users);
  const stay = earlier.filter((user) => !exchanged.gone.has(user));
  return yield* withMoreInOrder(stay, exchanged.come);
});

function calledNames(text: string): readonly string[] {
  const [username = '', email = '', first = '', last = ''] = text.split('\n');
  const names = [
    username,
    email,
    username.split('@')[0] ?? '',
    email.split('@')[0] ?? '',
    first,
    last,
    `${first} ${last}`,
  ];
  const called = [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
  return called.length > 0 ? called : [''];
}

const FEWEST_WITHIN = 3;

/** Whether a folded word occurs in a text: anywhere if it is long enough, else where a word begins. */
function occurrence(word: string): (text: string) => boolean {
  if ([...word].length >= FEWEST_WITHIN) return (text) => text.includes(word);
  const atStart = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, 'u');
  return (text) => text.includes(word) && atStart.test(text);
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
