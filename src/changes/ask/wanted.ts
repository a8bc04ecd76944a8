import type { ConfirmRefusal } from '../confirm/confirmation.ts';
import type { Turn } from '../steps/step-kind.ts';
import type { Draft } from './ask-draft.ts';

/** What is wanted, once it is clear of whom. Unlike a draft, it names users by id alone. */
export interface Wanted extends Omit<Draft, 'who'> {
  /** For a swap who leaves, then who comes. */
  readonly userIds: readonly string[];
  /** Of several who were named: those of whom it is not clear who is meant, and why. */
  readonly unclear?: readonly ConfirmRefusal[];
}

/** What is to become of each. */
export const turnsWanted = ({ kind, userIds }: Wanted): readonly Turn[] =>
  userIds.map((userId, at) => ({ userId, enabled: kind === 'swap' ? at === 1 : kind === 'activate' }));
