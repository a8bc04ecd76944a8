import type { Overflow } from '@slack/types';
import { option, overflow } from '../slack/blocks.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { ids, rowChoices } from './users-ids.ts';

/** The menu of a row in a list of users. */
export const rowMenu = (user: WallarooUser): Overflow =>
  overflow(ids.rowMenu, [
    option('View', `${rowChoices.view}:${user.id}`),
    user.enabled
      ? option('Deactivate…', `${rowChoices.deactivate}:${user.id}`)
      : option('Activate…', `${rowChoices.activate}:${user.id}`),
  ]);
