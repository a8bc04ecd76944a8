import type { Button, KnownBlock } from '@slack/types';
import { actions, box, checkboxes, context } from '../slack/blocks.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { activePlain, choosable } from './user-option.ts';
import { labelOf } from './user-text.ts';

/** Boxes of a list that may have pages. */
interface Ticks {
  readonly actionId: string;
  /** From 0 on. */
  readonly page: number;
  /** Ids of the users whose boxes are ticked already. */
  readonly ticked: readonly string[];
  /** How many are ticked on other pages. */
  readonly elsewhere: number;
  /** When the activation of a user ends, if it does. */
  readonly until: (user: WallarooUser) => Date | undefined;
}

const NO_BOX = 'An id of this list is too long for a box here: change that user from their card.';

/** A box for each of the users whose rows stand above, and the button that acts on those who are chosen. */
export function tickBoxes(
  users: readonly WallarooUser[],
  { actionId, page, ticked, elsewhere, until }: Ticks,
  press: Button,
): readonly KnownBlock[] {
  if (users.length === 0) return [];
  const offered = choosable(users);
  const boxes = offered.map((user) => box(labelOf(user), user.id, activePlain(user, until(user))));
  const others = elsewhere === 0 ? '' : ` ${elsewhere} chosen on other pages.`;
  return [
    context(`Several at once:${others}`),
    ...checkboxes(actionId, boxes, { page, ticked }),
    actions(press),
    ...(offered.length < users.length ? [context(NO_BOX)] : []),
  ];
}
