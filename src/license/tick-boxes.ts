import type { Button, KnownBlock } from '@slack/types';
import { actions, box, checkboxes, context } from '../slack/blocks.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { labelOf, lastSignInPlain } from './user-text.ts';

/** A box for each of the users whose rows stand above, and the button that acts on those who are chosen. */
export const tickBoxes = (
  users: readonly WallarooUser[],
  tickId: string,
  press: Button,
): readonly KnownBlock[] =>
  users.length === 0
    ? []
    : [
        context('Several at once:'),
        ...checkboxes(
          tickId,
          users.map((user) => box(labelOf(user), user.id, lastSignInPlain(user.lastSignIn))),
        ),
        actions(press),
      ];
